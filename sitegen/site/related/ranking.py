"""The stories that are most like each story, best first.

Similarity is multiplied by 2^(-age / half-life), where the age is how much older the other story is, and halved if it
is newer: writers link to what was there, and a new story shall enter few lists. So the order depends on no date but
those of the two stories. Of equals the newer stands first, then the first by URL, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from sitegen.config import RelatedConfig
from sitegen.site.related.vectors import ONE, Ints, Vectors

__all__ = ["NOBODY", "Facts", "Ranking", "Rows"]

NOBODY = -1
"""Stands where there is no story."""
_BLOCK, _CANDIDATES = 128, 4_000_000
"""Stories whose lists are made together: fewer in a large site, so that memory is bounded."""
_SAME_RUBRIC = 3
"""Stories with one headline, but for its numbers, that a list has at most: a weekly digest is like all others."""
_FRESH = 1 << 16
_OLDEST = 15_000
"""Days; what is older is not staler."""
_ORDER_BITS, _SCORE_BITS = 25, 27
_TOP = (1 << _SCORE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the stories beside their terms, one number each (`sitegen.content.likeness`)."""

    order: Ints
    """Place among the public stories, the newest first; `NOBODY` for the others."""
    lot: Ints
    day: Ints
    language: Ints
    sponsored: Ints
    edition: Ints
    copy: Ints
    translation: Ints
    rubric: Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """For some stories those most like them, and how much, both filled up with `NOBODY`."""

    stories: Ints
    scores: Ints


class Ranking:
    """Ranks the public stories."""

    def __init__(self, vectors: Vectors, facts: Facts, settings: RelatedConfig, depth: int) -> None:
        """Lists are as long as `depth`."""
        self._vectors = vectors
        self._facts = facts
        self._newer = settings.newer
        self._least = max(1, int(settings.minimum * ONE))
        self._fresh = _freshness(settings.half_life_days)
        self._depth = depth
        self._by_order = np.full(max(int(facts.order.max(initial=-1)) + 1, 1), NOBODY)
        shown = np.flatnonzero(facts.order >= 0)
        self._by_order[facts.order[shown]] = shown

    def rows(self, stories: Ints) -> Rows:
        """The lists of these stories."""
        found = np.full((len(stories), self._depth), NOBODY, np.int32)
        scores = np.full((len(stories), self._depth), NOBODY, np.int32)
        for start, keys in self._blocks(stories):
            row, score, other = self._unpacked(keys)
            row, score, other = self._without_repeats(row, score, other)
            place = _places(row)
            kept = place < self._depth
            found[start + row[kept], place[kept]] = other[kept]
            scores[start + row[kept], place[kept]] = score[kept]
        return Rows(found, scores)

    def _blocks(self, stories: Ints) -> Iterator[tuple[int, Ints]]:
        """For each block of these stories, where it starts, and the candidates as numbers in the order of the lists."""
        answering = self._vectors.answering.T.tocsr()
        size = max(1, min(_BLOCK, _CANDIDATES // len(self._facts.order))) if len(stories) else _BLOCK
        for start in range(0, len(stories), size):
            block = stories[start : start + size]
            alike = self._vectors.asking[block] @ answering
            row, other, score = self.scored(alike, block)
            keys = (row << (_ORDER_BITS + _SCORE_BITS)) | ((_TOP - score) << _ORDER_BITS) | self._facts.order[other]
            yield start, np.sort(keys)

    def scored(self, alike: csr_matrix, stories: Ints, others: Ints | None = None) -> tuple[Ints, Ints, Ints]:
        """Row, candidate and score of what may stand in the lists of `stories`, out of their similarities to `others`
        (None: to all).
        """
        row = np.repeat(np.arange(len(stories)), np.diff(alike.indptr))
        enough = alike.data >= self._least
        row, score = row[enough], alike.data[enough].astype(np.int64)
        other = alike.indices[enough] if others is None else others[alike.indices[enough]]
        here = stories[row]
        fits = self._fit(here, other)
        row, score, other, here = row[fits], score[fits], other[fits], here[fits]
        facts = self._facts
        score >>= (facts.language[here] != facts.language[other]).astype(np.int64)
        age = np.clip(facts.day[here] - facts.day[other], 0, _OLDEST)
        score = (score * self._fresh[age]) // _FRESH
        score >>= (facts.order[other] < facts.order[here]).astype(np.int64)
        known = score > 0
        return row[known], other[known], np.minimum(score[known], _TOP)

    def _fit(self, here: Ints, other: Ints) -> Ints:
        """Whether the one story may stand under the other."""
        facts = self._facts
        fits: Ints = (here != other) & (facts.order[other] >= 0)
        for key in (facts.sponsored, facts.edition):
            fits &= key[here] == key[other]
        for key in (facts.copy, facts.translation):
            fits &= (key[here] != key[other]) | (key[here] == 0)
        if not self._newer:
            fits &= facts.order[other] > facts.order[here]
        return fits

    def _unpacked(self, keys: Ints) -> tuple[Ints, Ints, Ints]:
        row = keys >> (_ORDER_BITS + _SCORE_BITS)
        score = _TOP - ((keys >> _ORDER_BITS) & _TOP)
        pool = _places(row) < 2 * self._depth  # what stands further behind comes into no list
        return row[pool], score[pool], self._by_order[keys[pool] & ((1 << _ORDER_BITS) - 1)]

    def _without_repeats(self, row: Ints, score: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
        facts = self._facts
        for key, most in ((facts.copy, 1), (facts.translation, 1), (facts.rubric, _SAME_RUBRIC)):
            kept = _at_most(most, row, key[other])
            row, score, other = row[kept], score[kept], other[kept]
        return row, score, other


def _places(row: Ints) -> Ints:
    """The place of each entry within its row, of entries that stand row by row."""
    first = np.concatenate(([True], row[1:] != row[:-1])) if len(row) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    places: Ints = np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row))))
    return places


def _at_most(most: int, row: Ints, key: Ints) -> Ints:
    """Whether an entry is among the first so many of its row with its key; one without a key always is."""
    kept = np.ones(len(row), bool)
    keyed = np.flatnonzero(key)
    order = keyed[np.lexsort((key[keyed], row[keyed]))]  # stable: the better ones stay in front
    if len(order):
        same = np.concatenate(([False], (row[order][1:] == row[order][:-1]) & (key[order][1:] == key[order][:-1])))
        kept[order] = _places(np.cumsum(~same)) < most
    return kept


@cache
def _freshness(half_life: float) -> Ints:
    """By age in days, what similarity is multiplied with, in 65536ths: worked out so that all machines agree."""
    with localcontext() as context:
        context.prec = 40
        daily = Decimal(2) ** (Decimal(-1) / Decimal(half_life))
        factor, factors = Decimal(_FRESH), []
        for _ in range(_OLDEST + 1):
            factors.append(int(factor))
            factor *= daily
    return np.array(factors, np.int64)
