"""The list of each story, taken from its pool: nothing twice, and nobody everywhere.

Who is left out of a list as a repeat depends on that list only. A hub, which would stand in too many, stands in those
that it fits best; so who is left out as a hub depends on all lists that would have it, and on nothing else.
"""

from __future__ import annotations

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.plain import Record
from sitegen.site.related.kept import LISTED
from sitegen.site.related.pooled import NOBODY, AllPools, Pools
from sitegen.site.related.pools import enough
from sitegen.site.related.ranking import places
from sitegen.site.related.table import Facts
from sitegen.site.related.vectors import Ints, distinct

__all__ = ["all_lists", "shown", "update"]

_LEFT_OUT, _HUB = 0, 2
"""What else than `LISTED` is said of a story in a pool."""
_SAME_RUBRIC = 3
"""Stories with one headline, but for its numbers, that a list has at most: a weekly digest is like all others."""
_LISTS = 4
"""A story stands in at most so many times as many lists as a list is long."""
_LINES = 1 << 14
"""Pools that are looked at together: to look at all of them takes as much memory as they do, several times."""


class _Listed(Record, frozen=True):
    """Who stands where in which pools, and how well it fits."""

    line: Ints
    place: Ints
    story: Ints
    score: Ints


def all_lists(pools: Pools, facts: Facts, settings: RelatedConfig) -> tuple[AllPools, Ints]:
    """The pools of all stories, with who is listed, and the number of lists that each stands in, or would."""
    _without_repeats(pools, facts, settings)
    appearances = _appearances(pools, len(facts.order))
    hubs = np.flatnonzero(appearances > _LISTS * settings.count)
    return _without_hubs(AllPools(pools, len(pools.complete)), hubs, facts, settings)[0], appearances


def update(
    before: AllPools, appearances: Ints, rows: Ints, pools: Pools, changed: Ints, facts: Facts, settings: RelatedConfig
) -> tuple[AllPools, Ints, Ints]:
    """The pools of all stories, with who is listed, where those of these `rows` are not what they were `before`, some
    of stories that `changed` themselves.

    `appearances` are of the index as it was; the new ones come back, and the rows where somebody is listed who was not,
    or the other way.
    """
    _without_repeats(pools, facts, settings)
    was, most = before.of(rows), _LISTS * settings.count
    now = appearances - _appearances(was, len(appearances)) + _appearances(pools, len(appearances))
    concerned = _stay_as_they_were(was, pools, np.searchsorted(rows, changed))
    hubs = concerned[(now[concerned] > most) | (appearances[concerned] > most)]
    after, others = _without_hubs(before.with_(rows, pools), hubs, facts, settings)
    return after, now, distinct(rows, others)


def shown(pools: Pools, settings: RelatedConfig) -> Ints:
    """The lists taken from some pools, filled up with `NOBODY`."""
    stories = np.where(pools.standing == LISTED, pools.stories, NOBODY)
    first = np.argsort(stories == NOBODY, axis=1, kind="stable")[:, : settings.count]
    return np.take_along_axis(stories, first, axis=1)


def _appearances(pools: Pools, stories: int) -> Ints:
    """In how many of these lists each of so many stories stands, or would."""
    return np.bincount(pools.stories[pools.standing != _LEFT_OUT], minlength=stories)


def _without_repeats(pools: Pools, facts: Facts, settings: RelatedConfig) -> None:
    """List of each pool the first, but not two copies or translations of one story, and few of one rubric."""
    counted = ((facts.copy, 1), (facts.translation, 1), (facts.rubric, _SAME_RUBRIC))
    keys = [(np.where(_shared(key, number), key, 0), number) for key, number in counted]
    for start in range(0, len(pools.stories), _LINES):
        some = slice(start, start + _LINES)
        stories, standing = pools.stories[some, : enough(settings)], pools.standing[some]
        line, place = np.nonzero(stories != NOBODY)
        for key, number in keys:
            kept = _at_most(number, line, key[stories[line, place]])
            line, place = line[kept], place[kept]
        standing[:] = _LEFT_OUT
        standing[line, place] = LISTED


def _shared(key: Ints, most: int) -> Ints:
    """Whether more than so many stories have the key of each, or may have: keys are counted in lots, which is quicker
    than to sort them.
    """
    lot = key % (8 * len(key) + 1)
    found: Ints = (np.bincount(lot) > most)[lot]
    return found


def _at_most(most: int, line: Ints, key: Ints) -> Ints:
    """Whether an entry is among the first so many of its line with its key; one without a key always is."""
    kept = np.ones(len(line), bool)
    keyed = np.flatnonzero(key)
    order = keyed[np.lexsort((key[keyed], line[keyed]))]  # stable: the better ones stay in front
    if len(order):
        same = np.concatenate(([False], (line[order][1:] == line[order][:-1]) & (key[order][1:] == key[order][:-1])))
        kept[order] = places(np.cumsum(~same)) < most
    return kept


def _stay_as_they_were(before: Pools, pools: Pools, changed: Ints) -> Ints:
    """Say of those that are listed as before what was said of them. Comes back with the other stories: listed where
    they were not or the other way, with another score, or where the story, being on one of the lines that `changed`,
    may have another place in the order of all.
    """
    was, now = _listed(before), _listed(pools)
    lines = len(pools.complete)
    pairs, new, old = np.intersect1d(
        now.story * lines + now.line, was.story * lines + was.line, assume_unique=True, return_indices=True
    )
    same = now.score[new] == was.score[old]
    new, old = new[same], old[same]
    pools.standing[now.line[new], now.place[new]] = before.standing[was.line[old], was.place[old]]
    others = [np.delete(now.story, new), np.delete(was.story, old)]
    again = pairs[same]
    return distinct(*others, again[np.isin(again % lines, changed)] // lines)


def _listed(pools: Pools) -> _Listed:
    line, place = np.nonzero(pools.standing != _LEFT_OUT)
    return _Listed(line, place, pools.stories[line, place].astype(np.int64), pools.scores[line, place])


def _without_hubs(pools: AllPools, hubs: Ints, facts: Facts, settings: RelatedConfig) -> tuple[AllPools, Ints]:
    """Leave these stories out of the lists beyond so many. Comes back with the rows where that is otherwise now."""
    if not len(hubs):
        return pools, hubs
    every, place = pools.places_of(hubs)
    rows = distinct(every)
    some, line = pools.of(rows), np.searchsorted(rows, every)
    listed = some.standing[line, place] != _LEFT_OUT
    every, line, place = every[listed], line[listed], place[listed]
    hub, score = some.stories[line, place], some.scores[line, place]
    order = np.lexsort((facts.order[every], -score, hub))
    every, line, place = every[order], line[order], place[order]
    standing = np.where(places(hub[order]) < _LISTS * settings.count, LISTED, _HUB)
    other = some.standing[line, place] != standing
    some.standing[line, place] = standing
    changed = np.searchsorted(rows, distinct(every[other]))
    return pools.with_(rows[changed], some.of(changed)), rows[changed]
