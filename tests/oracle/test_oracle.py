"""The promise: after any sequence of edits, an incremental build leaves exactly the bytes of a clean build.

`SITEGEN_HISTORIES=5000 pytest tests/oracle -n auto` runs it for longer.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.histories import EditStep, Way, in_a_fresh_process, in_processes, replay
from tests.oracle.model import EDITS

HISTORIES = int(os.environ.get("SITEGEN_HISTORIES", "300"))
SHARDS = 4

steps = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 7), st.integers(0, 7))


def histories(count: int, check: Callable[[list[EditStep]], None]) -> Callable[[], None]:
    """A test that checks so many histories."""

    @settings(
        max_examples=max(1, count),
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(steps, min_size=1, max_size=6))
    def test(history: list[EditStep]) -> None:
        check(history)

    return test


for _number in range(SHARDS):
    globals()[f"test_incremental_equals_clean_{_number}"] = histories(HISTORIES // SHARDS, replay)

test_where_processes_do_the_work = histories(HISTORIES // 50, partial(replay, way=in_processes))
test_where_each_build_is_a_fresh_process = histories(HISTORIES // 100, partial(replay, way=in_a_fresh_process))
test_where_the_site_is_copied_before_each_build = histories(HISTORIES // 20, partial(replay, copied=True))


@pytest.mark.parametrize("way", [None, in_processes])
def test_every_edit_alone(way: Way | None) -> None:
    for name in EDITS:
        replay([(name, 0, 1), (name, 1, 2), ("nothing", 0, 0)], way)


def test_a_picture_that_something_else_has_asked_for_first() -> None:
    replay([("partner", 2, 1), ("repaint", 0, 0)])  # the cover of a podcast, which is looked at before all pictures are
