"""Comparing all stories at once finds what comparing one pair after the other finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.config import RelatedConfig
from sitegen.site.related import alike as module
from sitegen.site.related.alike import alike, all_alike, matrices
from sitegen.site.related.ranking import Fitting, Ranking, places
from sitegen.site.related.table import Facts
from tests.site.test_related_index import Archive

STORIES = 40
LEVEL = 1 << 15


def facts(copies: int, languages: int, hidden: int) -> Facts:
    """Of some stories: so many are copies of one, so many languages, so many not public."""
    numbers = np.arange(STORIES)
    none = np.zeros(STORIES, np.int64)
    order = np.where(numbers < hidden, -1, numbers - hidden)
    copy = np.where(numbers % 2 & (numbers < 2 * copies), 7, 0)
    return Facts(order, none, 40 * (STORIES - numbers), numbers % languages, none, none, copy, none, none)


def first(ranking: Ranking, found: Fitting, count: int) -> list[tuple[int, int, int]]:
    """So many of each row, best first."""
    found = ranking.sorted(found)
    columns = zip(found.row.tolist(), found.other.tolist(), found.score.tolist(), strict=True)
    return [entry for entry, place in zip(columns, places(found.row), strict=True) if place < count]


@settings(max_examples=150, database=None)
@given(
    st.lists(st.integers(0, 60 * LEVEL), min_size=3 * STORIES, max_size=3 * STORIES),
    st.tuples(st.integers(0, 20), st.integers(1, 2), st.integers(0, 5)),
    st.integers(1, 12),
    st.booleans(),
)
def test_the_best_are_those_of_all(similarity: list[int], kind: tuple[int, int, int], count: int, newer: bool) -> None:
    ranking = Ranking(facts(*kind), RelatedConfig(newer=newer, minimum=0.005))
    row, other = np.repeat(np.array([3, 9, 31]), STORIES), np.tile(np.arange(STORIES), 3)
    some = np.array(similarity, np.int32)
    best = ranking.best(row, other, some, count)
    assert first(ranking, best, count) == first(ranking, ranking.fitting(row, other, some), count)


@pytest.mark.parametrize(("sums", "sparse"), [(1, 6), (50, 6), (400_000, 6), (400_000, 0)])
def test_all_are_as_alike_as_each(sums: int, sparse: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SUMS", sums)
    monkeypatch.setattr(module, "_SPARSE", sparse)
    monkeypatch.setattr(module, "_TOGETHER", 7)
    archive = Archive()
    archive.fresh = archive.edit((3, 1, 20))
    archive.update()
    table = archive.table
    assert table is not None
    rows = np.array([*range(5, 20), 2])
    each = [(row, other, int(there[other])) for row in rows for there in [alike(table, row)[0]] for other in range(20)]
    found = [np.concatenate(column) for column in zip(*all_alike(matrices(table), rows, 1000), strict=True)]
    pairs = list(zip(*(column.tolist() for column in found), strict=True))
    assert sorted(pairs) == sorted(one for one in each if one[2] >= 1000)


def test_stories_without_words_are_like_none() -> None:
    archive = Archive()
    archive.fresh = archive.edit((3, 1, 5))
    archive.fresh = {path: replace(like, columns=b"", levels=b"") for path, like in archive.fresh.items() if like}
    archive.update()
    assert archive.table is not None
    assert [len(other) for _, other, _ in all_alike(matrices(archive.table), np.arange(5), 1)] == [0]
