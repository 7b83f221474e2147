"""The pool of each story: those most like it, from which its list is taken.

Scores of pairs depend on the two stories only. So when stories change, they leave the pools that they are in, and enter
those in which they now stand ahead of somebody: all other pools are what they were. A pool may shrink in this way, as
long as the list can be taken from it; only then all candidates are looked at again.
"""

from __future__ import annotations

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.site.related.alike import alike, all_alike
from sitegen.site.related.ranking import Fitting, Ranking, joined, places
from sitegen.site.related.table import NOBODY, Pools, Table, among, no_pools
from sitegen.site.related.vectors import Ints, distinct

__all__ = ["all_pools", "enough", "update", "width"]

_SPARE = 18
"""Stories that are looked at beyond those that are shown, to stand in for those that are left out."""
_SLACK = 12
"""Stories that may leave a pool before all candidates are looked at again."""


def enough(settings: RelatedConfig) -> int:
    """How many stories of a pool a list is taken from."""
    return settings.count + _SPARE


def width(settings: RelatedConfig) -> int:
    """How many stories a pool has at most."""
    return enough(settings) + _SLACK


def all_pools(table: Table, ranking: Ranking, settings: RelatedConfig) -> Pools:
    """The pools of all public stories."""
    pools = no_pools(len(table.paths), width(settings))
    public = np.flatnonzero(table.facts.order >= 0)
    for row, other, similarity in all_alike(table, public, ranking.least) if len(public) else ():
        _fill(pools, ranking, ranking.best(row, other, similarity, _more_than(pools)))
    return pools


def update(pools: Pools, changed: Ints, table: Table, ranking: Ranking, settings: RelatedConfig) -> Ints:
    """Bring the pools up to date; comes back with the rows of those that may be others. `changed` are the stories that
    are not what they were, or not there or not public any more.
    """
    everybody, own, entering = np.arange(len(table.paths)), [], []
    for row in changed[table.facts.order[changed] >= 0].tolist():
        there, back = alike(table, row)
        this = np.full_like(everybody, row)
        own.append(ranking.best(this, everybody, there, _more_than(pools)))
        entering.append(ranking.fitting(everybody, this, back))
    left = _leave(pools, changed)
    found = _ahead(pools, ranking, joined(entering))
    found = found.only(~among(found.row, changed, len(everybody)))
    other = distinct(left, found.row)
    kept = _entries(pools, other)
    pools.stories[other], pools.scores[other] = NOBODY, NOBODY
    _fill(pools, ranking, joined([kept, found, *own]))
    short = other[~pools.complete[other] & (pools.stories[other, enough(settings) - 1] == NOBODY)]
    _look_again(pools, short, table, ranking)
    return other


def _leave(pools: Pools, changed: Ints) -> Ints:
    """Takes the stories out of all pools, and empties theirs; comes back with the rows of these pools."""
    pools.stories[changed], pools.scores[changed], pools.complete[changed] = NOBODY, NOBODY, True
    row, place = np.nonzero(among(pools.stories, changed, len(pools.complete)))
    pools.stories[row, place] = NOBODY
    return distinct(changed, row)


def _ahead(pools: Pools, ranking: Ranking, found: Fitting) -> Fitting:
    """Those that stand ahead of somebody in a pool, or whose pool is complete. The others may be behind somebody who
    was left out.
    """
    if not len(found.row):
        return found
    last = pools.stories.shape[1] - 1 - np.argmax(pools.stories[:, ::-1] != NOBODY, axis=1)
    last_story = pools.stories[np.arange(len(last)), last]
    last_score = pools.scores[np.arange(len(last)), last]
    near = (found.score >= last_score[found.row]) & (last_story[found.row] != NOBODY) | pools.complete[found.row]
    found = found.only(np.flatnonzero(near))
    bound = ranking.keys(last_story[found.row], last_score[found.row])
    ahead = ranking.keys(found.other, found.score) < bound
    return found.only(np.flatnonzero(ahead | pools.complete[found.row]))


def _entries(pools: Pools, rows: Ints) -> Fitting:
    """Who stands in some pools."""
    stories = pools.stories[rows]
    row, place = np.nonzero(stories != NOBODY)
    return Fitting(rows[row], stories[row, place].astype(np.int64), pools.scores[rows][row, place].astype(np.int64))


def _fill(pools: Pools, ranking: Ranking, found: Fitting) -> None:
    """Puts stories into empty pools, as many as there is room for."""
    most, found = pools.stories.shape[1], ranking.sorted(found)
    place = places(found.row)
    fits = place < most
    pools.stories[found.row[fits], place[fits]] = found.other[fits]
    pools.scores[found.row[fits], place[fits]] = found.score[fits]
    pools.complete[found.row[~fits]] = False


def _look_again(pools: Pools, rows: Ints, table: Table, ranking: Ranking) -> None:
    pools.stories[rows], pools.scores[rows], pools.complete[rows] = NOBODY, NOBODY, True
    everybody = np.arange(len(table.paths))
    for row in rows.tolist():
        similarity, _ = alike(table, row)
        this = np.full_like(everybody, row)
        _fill(pools, ranking, ranking.best(this, everybody, similarity, _more_than(pools)))


def _more_than(pools: Pools) -> int:
    """One more than there is room for: it tells that there was no room for all."""
    width: int = pools.stories.shape[1]
    return width + 1
