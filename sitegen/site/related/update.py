"""Bringing the index up to date: from what was kept and what is new to what is kept next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.content.likeness import TERMS, Likeness
from sitegen.plain import fingerprint
from sitegen.site.related.kept import Block, Kept
from sitegen.site.related.lists import brought_up_to_date, depth, shown
from sitegen.site.related.ranking import NOBODY, Facts, Rows
from sitegen.site.related.vectors import COLUMNS, Ints, counted, vectors

__all__ = ["loaded", "updated"]

_BLOCK = 512
"""Stories whose terms are saved together."""
_FACTS = tuple(field.name for field in fields(Facts))
_OF_LIKENESS = tuple(name for name in _FACTS if name != "order")


@dataclass(slots=True)
class _Table:
    """One row for each story."""

    paths: list[str]
    columns: Ints
    levels: Ints
    facts: dict[str, Ints]
    marks: Ints
    lists: Rows
    shown: Ints

    def put(self, row: int, story: Likeness) -> None:
        """What a story is like now."""
        count = len(story.levels)
        self.columns[row], self.levels[row] = COLUMNS, 0
        self.columns[row, :count] = np.frombuffer(story.columns, np.uint32)
        self.levels[row, :count] = np.frombuffer(story.levels, np.uint8)
        for name in _OF_LIKENESS:
            self.facts[name][row] = getattr(story, name)


def updated(
    before: Kept | None,
    block: Callable[[int], Block | None],
    fresh: Mapping[str, Likeness | None],
    known: Collection[str],
    order: Mapping[str, int],
    settings: RelatedConfig,
) -> tuple[Kept, Mapping[int, Block | None], Collection[str]]:
    """The index, its blocks of terms that have changed, and the paths of stories that have another list than before.

    `order` are the places of the public stories among them.
    """
    mark = fingerprint(settings)
    same = before is not None and before.settings == mark
    table = loaded(before, block, fresh, settings, same=same)
    known = set(known)
    there = np.array([path in known and fresh.get(path, True) is not None for path in table.paths], bool)
    touched = ~there
    rows = {path: row for row, path in enumerate(table.paths)}
    for path, story in fresh.items():
        if story is not None:
            table.put(rows[path], story)
            touched[rows[path]] = True
    was = table.facts["order"]
    table.facts["order"] = np.array([order.get(path, NOBODY) for path in table.paths], np.int64)
    now = Facts(**table.facts)
    public = now.order >= 0
    seen = vectors(table.columns, table.levels, public, counted(now.order, now.lot))
    changed = touched | (public != (was >= 0)) | (public & (seen.marks != table.marks))
    lists = brought_up_to_date(table.lists if same else None, changed, seen, now, settings)
    visible = shown(lists, now, settings)
    others = (visible != table.shown).any(axis=1) | (public != (was >= 0)) if same else public
    paths = [table.paths[row] for row in np.flatnonzero(others & public)]
    table.marks, table.lists, table.shown = seen.marks, lists, visible
    blocks = dict.fromkeys((np.flatnonzero(touched) // _BLOCK).tolist())
    return _kept(table, there, mark, blocks, 0 if before is None else len(before.paths), paths)


def loaded(
    before: Kept | None,
    block: Callable[[int], Block | None],
    fresh: Mapping[str, Likeness | None],
    settings: RelatedConfig,
    *,
    same: bool,
) -> _Table:
    """What was kept, with empty rows for stories that are new."""
    known = before.paths if before else ()
    old = dict.fromkeys(known)
    new = [path for path, story in fresh.items() if story is not None and path not in old]
    size, total = len(known), len(known) + len(new)
    columns = np.full((total, TERMS), COLUMNS, np.uint32)
    levels = np.zeros((total, TERMS), np.uint8)
    for start in range(0, size, _BLOCK):
        terms = block(start // _BLOCK)
        assert terms is not None
        columns[start : start + _BLOCK][: size - start] = np.frombuffer(terms.columns, np.uint32).reshape(-1, TERMS)
        levels[start : start + _BLOCK][: size - start] = np.frombuffer(terms.levels, np.uint8).reshape(-1, TERMS)

    def grown(data: bytes, kind: type, width: int | None, fill: int) -> Ints:
        rows: Ints = np.full(total if width is None else (total, width), fill, kind)
        if data:
            rows[:size] = np.frombuffer(data, kind).reshape(size if width is None else (size, width))
        return rows

    kept = before if same else None
    deep = depth(settings)
    return _Table(
        paths=[*known, *new],
        columns=columns,
        levels=levels,
        facts={
            name: grown(before.facts[name] if before else b"", np.int64, None, NOBODY if name == "order" else 0)
            for name in _FACTS
        },
        marks=grown(kept.marks if kept else b"", np.uint64, None, 0),
        lists=Rows(
            grown(kept.stories if kept else b"", np.int32, deep, NOBODY),
            grown(kept.scores if kept else b"", np.int32, deep, NOBODY),
        ),
        shown=grown(kept.shown if kept else b"", np.int32, settings.count, NOBODY),
    )


def _kept(
    table: _Table, there: Ints, mark: str, touched: Mapping[int, None], size: int, changed: Collection[str]
) -> tuple[Kept, Mapping[int, Block | None], Collection[str]]:
    """The table as it is saved, without the rows that are gone, and the blocks of terms that are not what they were."""
    if not there.all():
        first = int(np.flatnonzero(~there)[0])
        touched = dict.fromkeys(range(first // _BLOCK, -(-len(there) // _BLOCK)))
        table = _without(table, there)
    blocks: dict[int, Block | None] = dict.fromkeys(range(-(-len(table.paths) // _BLOCK), -(-size // _BLOCK)))
    for number in touched:
        rows = slice(number * _BLOCK, (number + 1) * _BLOCK)
        if number * _BLOCK < len(table.paths):
            blocks[number] = Block(table.columns[rows].tobytes(), table.levels[rows].tobytes())
    kept = Kept(
        settings=mark,
        paths=tuple(table.paths),
        facts={name: values.tobytes() for name, values in table.facts.items()},
        marks=table.marks.tobytes(),
        stories=table.lists.stories.tobytes(),
        scores=table.lists.scores.tobytes(),
        shown=table.shown.tobytes(),
    )
    return kept, blocks, changed


def _without(table: _Table, there: Ints) -> _Table:
    """The table without the rows that are gone; no list holds one of them."""
    number = np.full(len(there) + 1, NOBODY, np.int32)  # the last one is for `NOBODY` itself
    number[:-1][there] = np.arange(int(there.sum()))
    return _Table(
        paths=[path for path, stays in zip(table.paths, there.tolist(), strict=True) if stays],
        columns=table.columns[there],
        levels=table.levels[there],
        facts={name: values[there] for name, values in table.facts.items()},
        marks=table.marks[there],
        lists=Rows(number[table.lists.stories[there]], table.lists.scores[there]),
        shown=number[table.shown[there]],
    )
