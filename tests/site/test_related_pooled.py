"""The pools of all stories: each version of them keeps what it had, whatever becomes of the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.site.related import pooled
from sitegen.site.related.pooled import NOBODY, AllPools, Pools, among, no_pools

WIDTH = 3
Model = dict[int, list[int]]
steps = st.lists(
    st.tuples(st.integers(0, 99), st.sets(st.integers(0, 11), max_size=6), st.integers(0, 2), st.integers(0, 20)),
    max_size=20,
)


def of(stories: list[list[int]]) -> Pools:
    pools = no_pools(len(stories), WIDTH)
    pools.stories[:] = np.array(stories, np.int32).reshape(-1, WIDTH)
    there = pools.stories != NOBODY
    pools.scores[there] = pools.stories[there] * 2
    pools.standing[there] = pools.stories[there] % 2
    pools.complete[:] = ~there[:, 0] | (pools.stories[:, 0] % 2 == 0)
    return pools


def same(pools: AllPools, model: Model) -> None:
    rows = sorted(model)
    assert len(pools) == len(rows)
    there, wanted = pools.of(np.array(rows, np.intp)), of([model[row] for row in rows])
    for name in Pools.__struct_fields__:
        assert getattr(there, name).tolist() == getattr(wanted, name).tolist()
    assert pools.complete.tolist() == wanted.complete.tolist()
    for story in range(4):
        places = zip(*(part.tolist() for part in pools.places_of(np.array([story]))), strict=True)
        found = [(row, place) for row in rows for place in range(WIDTH) if model[row][place] == story]
        assert sorted(places) == found


@pytest.mark.parametrize("room", [1, 8])
@settings(max_examples=100, database=None)
@given(history=steps)
def test_versions_keep_what_they_had(history: list[Any], room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pooled, "_ROOM", room)
        first: Model = {row: [row % 4, NOBODY, NOBODY] for row in range(4)}
        versions = [(AllPools(of([*first.values()]), len(first)), first)]
        for which, some, more, seed in history:
            pools, model = versions[which % len(versions)]
            pools, model = pools.grown(len(model) + more), dict(model)
            model.update({row: [NOBODY] * WIDTH for row in range(len(model), len(model) + more)})
            rows = sorted(row for row in some if row < len(model))
            model.update({row: [(seed + row) % 4, (seed * row) % 4, NOBODY] for row in rows})
            versions.append((pools.with_(np.array(rows, np.intp), of([model[row] for row in rows])), model))
        for pools, model in versions:
            same(pools, model)


def test_some_stories_are_found_as_many_are() -> None:
    stories = np.array([[0, 1, NOBODY], [5, 2, 6], [7, NOBODY, NOBODY]])
    for some in ([], [1], [5, 2], [0, 1, 2, 5, 6, 7]):
        found = [[story in some for story in line] for line in stories.tolist()]
        assert among(stories, np.array(some, np.intp), 8).tolist() == found
