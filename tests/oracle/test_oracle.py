"""The promise: after any sequence of edits, an incremental build leaves exactly the bytes of a clean build.

`SITEGEN_HISTORIES=5000 pytest tests/oracle -n auto` runs it for longer.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.histories import EditStep, replay
from tests.oracle.model import EDITS

HISTORIES = int(os.environ.get("SITEGEN_HISTORIES", "300"))
SHARDS = 4

steps = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 7), st.integers(0, 7))


def shard(number: int) -> object:
    """One of several tests that share the histories, so that they can run side by side."""

    @settings(
        max_examples=HISTORIES // SHARDS,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(steps, min_size=1, max_size=6))
    def test(history: list[EditStep]) -> None:
        replay(history)

    return test


for _number in range(SHARDS):
    globals()[f"test_incremental_equals_clean_{_number}"] = shard(_number)


def test_every_edit_alone() -> None:
    for name in EDITS:
        replay([(name, 0, 1), (name, 1, 2), ("nothing", 0, 0)])
