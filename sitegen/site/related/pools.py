"""The pool of each story: those most like it, from which its list is taken.

Scores of pairs depend on the two stories only. So when stories change, they leave the pools that they are in, and enter
those in which they now stand ahead of somebody: all other pools are what they were. A pool may shrink in this way, as
long as the list can be taken from it; only then all candidates are looked at again.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pickle import dumps, loads

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.files.meanwhile import Look, meanwhile
from sitegen.site.related.alike import alike, all_alike, matrices
from sitegen.site.related.pooled import NOBODY, AllPools, Pools, among, no_pools
from sitegen.site.related.ranking import Fitting, Ranking, joined, places
from sitegen.site.related.table import Table
from sitegen.site.related.vectors import Ints, distinct

__all__ = ["all_pools", "enough", "update", "width"]

_SPARE = 18
"""Stories that are looked at beyond those that are shown, to stand in for those that are left out."""
_SLACK = 12
"""Stories that may leave a pool before all candidates are looked at again."""
_WORTH = 2_000
"""Stories that are worth a second process."""


def enough(settings: RelatedConfig) -> int:
    """How many stories of a pool a list is taken from."""
    return settings.count + _SPARE


def width(settings: RelatedConfig) -> int:
    """How many stories a pool has at most."""
    return enough(settings) + _SLACK


def all_pools(table: Table, ranking: Ranking, settings: RelatedConfig, jobs: int) -> Pools:
    """The pools of all stories, made by so many processes; those that are not public have empty ones."""
    pools = no_pools(len(table.paths), width(settings))
    public = np.flatnonzero(table.facts.order >= 0)
    if not len(public):
        return pools
    vectors = matrices(table)

    def made(rows: Ints) -> Pools:
        found, lines = no_pools(len(rows), width(settings)), _lines(rows, len(table.paths))
        for row, other, similarity in all_alike(vectors, rows, ranking.least):
            _fill(found, lines, ranking, ranking.best(row, other, similarity, width(settings) + 1))
        return found

    def told(rows: Ints) -> bytes:
        return dumps(made(rows))

    parts = np.array_split(public, jobs if len(public) >= _WORTH else 1)
    with ExitStack() as end:
        others = [Look(partial(told, rows)) for rows in parts[1:]]
        for look in others:
            end.enter_context(meanwhile(look))
        pools.put(parts[0], made(parts[0]))
        for rows, other in zip(parts[1:], others, strict=True):
            pools.put(rows, loads(other.found()))  # noqa: S301 (from a fork of this process)
    return pools


def update(
    before: AllPools, changed: Ints, table: Table, ranking: Ranking, settings: RelatedConfig
) -> tuple[Ints, Pools]:
    """The rows whose pools may be others, and these pools. `changed` are the stories that are not what they were, or
    not there or not public any more.
    """
    everybody, own, entering = np.arange(len(table.paths)), [], []
    for row in changed[table.facts.order[changed] >= 0].tolist():
        there, back = alike(table, row)
        this = np.full_like(everybody, row)
        own.append(ranking.best(this, everybody, there, width(settings) + 1))
        entering.append(ranking.fitting(everybody, this, back))
    found = joined(entering)
    found = found.only(~among(found.row, changed, len(everybody)))
    left = distinct(changed, before.places_of(changed)[0])
    rows = distinct(left, found.row)
    pools, lines = before.of(rows), _lines(rows, len(everybody))
    _leave(pools, lines, left, changed)
    found = _ahead(pools, lines, ranking, found)
    others = distinct(left, found.row)
    pools, lines = pools.of(lines[others]), _lines(others, len(everybody))
    kept = _entries(pools, others)
    pools.stories[:], pools.scores[:] = NOBODY, NOBODY
    _fill(pools, lines, ranking, joined([kept, found, *own]))
    short = others[~pools.complete & (pools.stories[:, enough(settings) - 1] == NOBODY)]
    _look_again(pools, lines, short, table, ranking)
    return others, pools


def _lines(rows: Ints, size: int) -> Ints:
    """By row of all, the line on which it stands among these."""
    found = np.empty(size, np.intp)
    found[rows] = np.arange(len(rows))
    return found


def _leave(pools: Pools, lines: Ints, rows: Ints, changed: Ints) -> None:
    """Takes the stories that changed out of the pools of these rows, and empties their own."""
    some, own = lines[rows], lines[changed]
    stories = pools.stories[some]
    stories[among(stories, changed, len(lines))] = NOBODY
    pools.stories[some] = stories
    pools.stories[own], pools.scores[own], pools.complete[own] = NOBODY, NOBODY, True


def _ahead(pools: Pools, lines: Ints, ranking: Ranking, found: Fitting) -> Fitting:
    """Those that stand ahead of somebody in a pool, or whose pool is complete. The others may be behind somebody who
    was left out.
    """
    if not len(found.row):
        return found
    last = pools.stories.shape[1] - 1 - np.argmax(pools.stories[:, ::-1] != NOBODY, axis=1)
    every = np.arange(len(last))
    last_story, last_score = pools.stories[every, last], pools.scores[every, last]
    line = lines[found.row]
    bound = ranking.keys(last_story[line], last_score[line])
    ahead = (ranking.keys(found.other, found.score) < bound) & (last_story[line] != NOBODY)
    return found.only(np.flatnonzero(ahead | pools.complete[line]))


def _entries(pools: Pools, rows: Ints) -> Fitting:
    """Who stands in the pools of these rows."""
    line, place = np.nonzero(pools.stories != NOBODY)
    return Fitting(rows[line], pools.stories[line, place].astype(np.int64), pools.scores[line, place].astype(np.int64))


def _fill(pools: Pools, lines: Ints, ranking: Ranking, found: Fitting) -> None:
    """Puts stories into empty pools, as many as there is room for. The pool of a row is on the line that `lines` says;
    one more than there is room for tells that there was no room for all.
    """
    most, found = pools.stories.shape[1], ranking.sorted(found)
    place, line = places(found.row), lines[found.row]
    fits = place < most
    pools.stories[line[fits], place[fits]] = found.other[fits]
    pools.scores[line[fits], place[fits]] = found.score[fits]
    pools.complete[line[~fits]] = False


def _look_again(pools: Pools, lines: Ints, rows: Ints, table: Table, ranking: Ranking) -> None:
    some = lines[rows]
    pools.stories[some], pools.scores[some], pools.complete[some] = NOBODY, NOBODY, True
    everybody = np.arange(len(table.paths))
    for row in rows.tolist():
        similarity, _ = alike(table, row)
        this = np.full_like(everybody, row)
        _fill(pools, lines, ranking, ranking.best(this, everybody, similarity, pools.stories.shape[1] + 1))
