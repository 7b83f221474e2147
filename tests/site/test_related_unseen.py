"""What is found without numpy is what the whole index finds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.content.likeness import Likeness
from sitegen.site.related.kept import COPIES, NOTE, Copies, rows_of
from sitegen.site.related.stored import loaded, notes
from sitegen.site.related.unseen import unseen
from sitegen.site.related.update import updated
from tests.site.test_related_index import CONFIG, Archive

TEXTS = st.integers(0, 6)
"""Stands for the text of a story; 0 is none."""
EDIT = st.tuples(st.sampled_from([0, 0, 0, 1]), st.integers(0, 5), TEXTS)


def archive_of(texts: list[int]) -> Archive:
    """Stories with these texts, and their index, as it is kept."""
    archive = Archive()
    for number, text in enumerate(texts):
        path = f"s{number}"
        archive.stories[path] = number, 5
        archive.fresh[path] = replace(archive.like(path), copy=text)
    archive.update()
    archive.restart()
    return archive


def found(archive: Archive, fresh: Mapping[str, Likeness | None]) -> Copies | None:
    kept = archive.notes[NOTE]
    return unseen(kept, rows_of(kept.paths), lambda name, kind: archive.notes[name], fresh)


@given(st.lists(TEXTS, min_size=6, max_size=6), st.lists(EDIT, min_size=1, max_size=4))
def test_what_no_list_shows_is_what_an_update_would_keep(texts: list[int], edits: list[tuple[int, int, int]]) -> None:
    archive = archive_of(texts)
    assert archive.table is not None
    fresh = {}
    for subject, number, text in edits:
        path = f"s{number}"
        archive.stories[path] = number, 5 + subject
        fresh[path] = replace(archive.like(path), copy=text)
    copies = found(archive, fresh)
    if copies is None:
        return
    table, told = updated(archive.table, fresh.items(), None, None, CONFIG)
    assert not told
    changed = {name: note for name, note in notes(table) if note != archive.notes[name]}
    assert changed == ({COPIES: copies} if copies != archive.notes[COPIES] else {})
    kept = archive.notes[NOTE]
    assert loaded(kept, copies, lambda name, kind: archive.notes[name]).facts.copy.tolist() == table.facts.copy.tolist()


@pytest.mark.parametrize(
    ("texts", "number", "text", "stays"),
    [
        ([1, 2, 3], 0, 9, True),
        ([1, 2, 3], 0, 1, True),
        ([1, 2, 3], 0, 2, False),
        ([1, 1, 3], 0, 9, False),
        ([1, 1, 3], 2, 9, True),
    ],
)
def test_a_text_that_is_a_copy_or_was_one_counts(texts: list[int], number: int, text: int, *, stays: bool) -> None:
    archive = archive_of(texts)
    path = f"s{number}"
    assert (found(archive, {path: replace(archive.like(path), copy=text)}) is not None) == stays


def test_new_stories_and_other_words_count() -> None:
    archive = archive_of([1, 2, 3])
    archive.stories |= {"s1": (1, 6), "s9": (1, 5)}
    assert found(archive, {"s1": replace(archive.like("s1"), copy=2)}) is None
    assert found(archive, {"s9": replace(archive.like("s9"), copy=9)}) is None
    assert found(archive, {"s0": None}) is None
