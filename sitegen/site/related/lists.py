"""The list of each story, taken from its pool: nothing twice, and nobody everywhere.

Who is left out of a list as a repeat depends on that list only. A hub, which would stand in too many, stands in those
that it fits best; so who is left out as a hub depends on all lists that would have it, and on nothing else.
"""

from __future__ import annotations

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.plain import Record
from sitegen.site.related.kept import LISTED
from sitegen.site.related.pools import enough
from sitegen.site.related.ranking import places
from sitegen.site.related.table import NOBODY, Facts, Pools, among
from sitegen.site.related.vectors import Ints, distinct

__all__ = ["all_lists", "shown", "update"]

_LEFT_OUT, _HUB = 0, 2
"""What else than `LISTED` is said of a story in a pool."""
_SAME_RUBRIC = 3
"""Stories with one headline, but for its numbers, that a list has at most: a weekly digest is like all others."""
_LISTS = 4
"""A story stands in at most so many times as many lists as a list is long."""


class _Listed(Record, frozen=True):
    """Who stands where in which pools, and how well it fits."""

    row: Ints
    place: Ints
    story: Ints
    score: Ints


def all_lists(pools: Pools, facts: Facts, settings: RelatedConfig) -> Ints:
    """Say of all pools who is listed. Comes back with the number of lists that each story stands in, or would."""
    every = np.arange(len(facts.order))
    _without_repeats(pools, every, facts, settings)
    appearances = _appearances(pools, every)
    _without_hubs(pools, np.flatnonzero(appearances > _LISTS * settings.count), facts, settings)
    return appearances


def update(
    before: Pools, appearances: Ints, pools: Pools, rows: Ints, changed: Ints, facts: Facts, settings: RelatedConfig
) -> tuple[Ints, Ints]:
    """Say who is listed where pools are not what they were: in these `rows`, some of stories that `changed` themselves.

    `before` and `appearances` are of the index as it was; the new `appearances` come back, and the rows where somebody
    is listed who was not, or the other way.
    """
    _without_repeats(pools, rows, facts, settings)
    now = appearances - _appearances(before, rows) + _appearances(pools, rows)
    most = _LISTS * settings.count
    concerned = _stay_as_they_were(before, pools, rows, changed)
    hubs = concerned[(now[concerned] > most) | (appearances[concerned] > most)]
    return now, distinct(rows, _without_hubs(pools, hubs, facts, settings))


def shown(pools: Pools, rows: Ints, settings: RelatedConfig) -> Ints:
    """The lists of some stories, filled up with `NOBODY`."""
    stories = np.where(pools.standing[rows] == LISTED, pools.stories[rows], NOBODY)
    first = np.argsort(stories == NOBODY, axis=1, kind="stable")[:, : settings.count]
    return np.take_along_axis(stories, first, axis=1)


def _appearances(pools: Pools, rows: Ints) -> Ints:
    listed = pools.stories[rows][pools.standing[rows] != _LEFT_OUT]
    return np.bincount(listed, minlength=len(pools.complete))


def _without_repeats(pools: Pools, rows: Ints, facts: Facts, settings: RelatedConfig) -> None:
    """List of each pool the first, but not two copies or translations of one story, and few of one rubric."""
    most = enough(settings)
    row, place = np.nonzero(pools.stories[rows, :most] != NOBODY)
    row = rows[row]
    for key, number in ((facts.copy, 1), (facts.translation, 1), (facts.rubric, _SAME_RUBRIC)):
        kept = _at_most(number, row, np.where(_shared(key, number), key, 0)[pools.stories[row, place]])
        row, place = row[kept], place[kept]
    pools.standing[rows] = _LEFT_OUT
    pools.standing[row, place] = LISTED


def _shared(key: Ints, most: int) -> Ints:
    """Whether more than so many stories have the key of each, or may have: keys are counted in lots, which is quicker
    than to sort them.
    """
    lot = key % (8 * len(key) + 1)
    found: Ints = (np.bincount(lot) > most)[lot]
    return found


def _at_most(most: int, row: Ints, key: Ints) -> Ints:
    """Whether an entry is among the first so many of its row with its key; one without a key always is."""
    kept = np.ones(len(row), bool)
    keyed = np.flatnonzero(key)
    order = keyed[np.lexsort((key[keyed], row[keyed]))]  # stable: the better ones stay in front
    if len(order):
        same = np.concatenate(([False], (row[order][1:] == row[order][:-1]) & (key[order][1:] == key[order][:-1])))
        kept[order] = places(np.cumsum(~same)) < most
    return kept


def _stay_as_they_were(before: Pools, pools: Pools, rows: Ints, changed: Ints) -> Ints:
    """Say of those that are listed as before what was said of them. Comes back with the other stories: listed where
    they were not or the other way, with another score, or where the story may have another place in the order of all.
    """
    was, now = _listed(before, rows), _listed(pools, rows)
    size = len(pools.complete)
    pairs, new, old = np.intersect1d(
        now.row * size + now.story, was.row * size + was.story, assume_unique=True, return_indices=True
    )
    same = now.score[new] == was.score[old]
    new, old = new[same], old[same]
    pools.standing[now.row[new], now.place[new]] = before.standing[was.row[old], was.place[old]]
    others = [np.delete(now.story, new), np.delete(was.story, old)]
    again = pairs[same]
    return distinct(*others, again[np.isin(again // size, changed)] % size)


def _listed(pools: Pools, rows: Ints) -> _Listed:
    row, place = np.nonzero(pools.standing[rows] != _LEFT_OUT)
    return _Listed(rows[row], place, pools.stories[rows][row, place], pools.scores[rows][row, place])


def _without_hubs(pools: Pools, hubs: Ints, facts: Facts, settings: RelatedConfig) -> Ints:
    """Leave these stories out of the lists beyond so many. Comes back with the rows where that is otherwise now."""
    if not len(hubs):
        return hubs
    is_hub = among(pools.stories, hubs, len(facts.order))
    row, place = np.nonzero(is_hub & (pools.standing != _LEFT_OUT))
    hub, score = pools.stories[row, place], pools.scores[row, place]
    order = np.lexsort((facts.order[row], -score, hub))
    row, place = row[order], place[order]
    standing = np.where(places(hub[order]) < _LISTS * settings.count, LISTED, _HUB)
    other = pools.standing[row, place] != standing
    pools.standing[row, place] = standing
    return distinct(row[other])
