"""The lists of all stories, brought up to date: only those are ranked anew that may have changed.

A list depends on the story it stands under, on the stories in it, and on any story that would stand in it. So after an
edit three kinds of lists are looked at: those under stories that are not what they were, those that hold one, and those
that one is similar enough to enter.
"""

from __future__ import annotations

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.site.related.ranking import NOBODY, Facts, Ranking, Rows
from sitegen.site.related.vectors import Ints, Vectors

__all__ = ["brought_up_to_date", "depth", "shown"]

_SPARE = 14
"""Stories that are ranked beyond those that are shown, to stand in for hubs."""
_HUB = 4
"""A story stands in at most so many times as many lists as a list is long: those that it fits best."""
_MANY = 4
"""If one in so many stories changed, all lists are ranked anew."""


def depth(settings: RelatedConfig) -> int:
    """How many stories are ranked for each."""
    return settings.count + _SPARE


def brought_up_to_date(
    before: Rows | None, changed: Ints, vectors: Vectors, facts: Facts, settings: RelatedConfig
) -> Rows:
    """The lists of all public stories; those of the others are empty. `changed` says of each story whether it is not
    what it was, or not public any more; None `before`: nothing is known.
    """
    ranking = Ranking(vectors, facts, settings, depth(settings))
    public: Ints = facts.order >= 0
    if before is None or changed.sum() * _MANY > len(changed):
        affected: Ints = np.ones(len(public), bool)
        nobody = np.full((len(public), depth(settings)), NOBODY, np.int32)
        before = Rows(nobody, nobody.copy())
    else:
        affected = np.array(changed)
        affected |= _holding(before, changed)
        affected |= _entered(before, changed & public, ranking, vectors)
    stories = np.flatnonzero(affected & public)
    new = ranking.rows(stories)
    for rows, fresh in ((before.stories, new.stories), (before.scores, new.scores)):
        rows[~public] = NOBODY
        rows[stories] = fresh
    return before


def _holding(lists: Rows, changed: Ints) -> Ints:
    """Whether each list holds a changed story."""
    with_nobody = np.append(changed, False)  # which `NOBODY` is the index of
    found: Ints = np.asarray(with_nobody[lists.stories].any(axis=1), bool)
    return found


def _entered(lists: Rows, changed: Ints, ranking: Ranking, vectors: Vectors) -> Ints:
    """Whether a changed story is similar enough to enter each list."""
    entered = np.zeros(len(changed), bool)
    new = np.flatnonzero(changed)
    if len(new):
        every = np.arange(len(changed))
        alike = (vectors.asking @ vectors.answering[new].T.tocsr()).tocsr()
        row, _, score = ranking.scored(alike, every, new)
        entered[row[score >= lists.scores[row, -1]]] = True
    return entered


def shown(lists: Rows, facts: Facts, settings: RelatedConfig) -> Ints:
    """What of the lists is shown: each story in a limited number of lists only."""
    stories = lists.stories.copy()
    most = _HUB * settings.count
    appearances = np.bincount(stories[stories >= 0], minlength=1)
    hubs = np.flatnonzero(appearances > most)
    if len(hubs):
        is_hub = np.zeros(len(facts.order) + 1, bool)
        is_hub[hubs] = True
        row, place = np.nonzero(is_hub[stories])
        hub, score = stories[row, place], lists.scores[row, place]
        order = np.lexsort((facts.order[row], -score, hub))
        starts = np.searchsorted(hub[order], hub[order])
        beyond = order[np.arange(len(order)) - starts >= most]
        stories[row[beyond], place[beyond]] = NOBODY
        left = np.argsort(stories == NOBODY, axis=1, kind="stable")
        stories = np.take_along_axis(stories, left, axis=1)
    return stories[:, : settings.count]
