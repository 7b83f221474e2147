"""Bringing the index up to date: from what it was and what is new to what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from msgspec.structs import replace

from sitegen.config import RelatedConfig
from sitegen.content.likeness import Likeness
from sitegen.plain import fingerprint
from sitegen.site.related import lists, pools
from sitegen.site.related.kept import BLOCK
from sitegen.site.related.pooled import AllPools, no_pools
from sitegen.site.related.ranking import Ranking
from sitegen.site.related.stories import with_order, with_stories, with_vectors
from sitegen.site.related.table import Table, no_facts, no_weights
from sitegen.site.related.vectors import Ints, distinct
from sitegen.text.terms import COLUMNS

__all__ = ["updated"]

_FEW = 256
"""If more stories are not what they were, everything is compared anew: that takes no longer."""


def updated(
    before: Table | None,
    fresh: Iterable[tuple[str, Likeness | None]],
    known: Collection[str] | None,
    order: Mapping[str, int] | None,
    settings: RelatedConfig,
    jobs: int = 1,
) -> tuple[Table, Collection[str]]:
    """The index, and the paths of the public stories that have another list than before.

    `fresh` is what those are like, by path, that are not what they were (None: no story), `known` are the paths of all
    files, and `order` are the places of the public stories among them (None: both are as they were). So many processes
    work if there is much to do.
    """
    mark = fingerprint(settings)
    comparable = before is not None and before.settings == mark
    before = before or _EMPTY
    before = before if comparable else _without_lists(before, settings)
    table, touched = with_stories(before, fresh, known)
    table, moved = with_order(before, table, order)
    table, reweighed = with_vectors(before, table, distinct(touched, moved))
    changed = distinct(moved, reweighed) if comparable else np.arange(len(table.paths))
    table = replace(table, settings=mark)
    if len(changed) <= _FEW:
        table, rows = _again(before, table, changed, settings)
    else:
        table, rows = _anew(table, settings, jobs)
    others = _with_other_lists(before, table, rows, settings) if comparable else rows
    return table, [table.paths[row] for row in others.tolist() if table.facts.order[row] >= 0]


_NOBODY = np.zeros(0, np.int64)
_EMPTY = Table(
    "",
    (),
    {},
    no_facts(0),
    np.zeros(COLUMNS + 1, np.int16),
    (),
    (),
    no_weights(0),
    AllPools(no_pools(0, 1), 0),
    appearances=_NOBODY,
)


def _without_lists(table: Table, settings: RelatedConfig) -> Table:
    size = len(table.paths)
    none = AllPools(no_pools(size, pools.width(settings)), size)
    return replace(table, pools=none, appearances=np.zeros(size, np.int64))


def _anew(table: Table, settings: RelatedConfig, jobs: int) -> tuple[Table, Ints]:
    """The index with all lists made anew, and all rows."""
    found = pools.all_pools(table, Ranking(table.facts, settings), settings, jobs)
    listed, appearances = lists.all_lists(found, table.facts, settings)
    rows = np.arange(len(table.paths))
    return _with_pools(replace(table, appearances=appearances, pools=listed), rows), rows


def _again(before: Table, table: Table, changed: Ints, settings: RelatedConfig) -> tuple[Table, Ints]:
    """The index with those lists made anew that stories that `changed` can be seen in, and the rows of these lists."""
    was = before.pools.grown(len(table.paths))
    appeared = np.concatenate((before.appearances, np.zeros(len(table.paths) - len(before.paths), np.int64)))
    rows, found = pools.update(was, changed, table, Ranking(table.facts, settings), settings)
    listed, appearances, rows = lists.update(was, appeared, rows, found, changed, table.facts, settings)
    return _with_pools(replace(table, appearances=appearances, pools=listed), rows), rows


def _with_pools(table: Table, rows: Ints) -> Table:
    return replace(table, unsaved_pools=table.unsaved_pools.union(distinct(rows // BLOCK).tolist()))


def _with_other_lists(before: Table, table: Table, rows: Ints, settings: RelatedConfig) -> Ints:
    """Those of the rows in which another list is shown, or one where there was none."""
    old = rows[rows < len(before.paths)]
    was, now = (lists.shown(each.pools.of(old), settings) for each in (before, table))
    other = (was != now).any(axis=1)
    other |= before.facts.order[old] < 0
    return np.concatenate((old[other], rows[rows >= len(before.paths)]))
