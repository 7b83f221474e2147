"""How well a story fits under another one.

Similarity is multiplied by 2^(-age / half-life), where the age is how much older the other story is, and halved if it
is newer: writers link to what was there, and a new story shall enter few lists. So the order depends on no date but
those of the two stories. Of equals the newer stands first, then the first by URL, as everywhere.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.plain import Record
from sitegen.site.related.table import Facts
from sitegen.site.related.vectors import ONE, Ints

__all__ = ["Fitting", "Ranking", "places"]


_FRESH = 1 << 16
_OLDEST = 15_000
"""Days; what is older is not staler."""
_SCORE_BITS = 27
_TOP = (1 << _SCORE_BITS) - 1
_LEVEL_BITS = 10
"""Of a score, those that tell roughly how good it is."""


class Fitting(Record, frozen=True):
    """Stories that may stand in the lists of others: the row of the one, that of the other, and how well it fits."""

    row: Ints
    other: Ints
    score: Ints

    def only(self, these: Ints) -> Fitting:
        """Some of them."""
        return Fitting(self.row[these], self.other[these], self.score[these])


class Ranking:
    """Ranks the public stories."""

    def __init__(self, facts: Facts, settings: RelatedConfig) -> None:
        self._facts = facts
        self._newer = settings.newer
        self._least = max(1, int(settings.minimum * ONE))
        self._fresh = _freshness(settings.half_life_days)
        public = np.flatnonzero(facts.order >= 0)
        self._order_bits = len(public).bit_length()
        self._by_order = np.empty(len(public), np.int64)
        self._by_order[facts.order[public]] = public

    def fitting(self, row: Ints, other: Ints, similarity: Ints) -> Fitting:
        """Those pairs that may be listed."""
        enough = np.flatnonzero(similarity >= self._least)
        row, other, score = row[enough], other[enough], similarity[enough].astype(np.int64)
        fits = self._fit(row, other)
        row, other, score = row[fits], other[fits], score[fits]
        facts = self._facts
        score >>= (facts.language[row] != facts.language[other]).astype(np.int64)
        age = np.clip(facts.day[row] - facts.day[other], 0, _OLDEST)
        score = (score * self._fresh[age]) // _FRESH
        score >>= (facts.order[other] < facts.order[row]).astype(np.int64)
        known = np.flatnonzero(score > 0)
        return Fitting(row[known], other[known], np.minimum(score[known], _TOP))

    def _fit(self, row: Ints, other: Ints) -> Ints:
        """Whether the one story may stand under the other."""
        facts = self._facts
        fits: Ints = (row != other) & (facts.order[row] >= 0) & (facts.order[other] >= 0)
        for key in (facts.sponsored, facts.edition):
            fits &= key[row] == key[other]
        for key in (facts.copy, facts.translation):
            fits &= (key[row] != key[other]) | (key[row] == 0)
        if not self._newer:
            fits &= facts.order[other] > facts.order[row]
        return np.flatnonzero(fits)

    def keys(self, other: Ints, score: Ints) -> Ints:
        """Numbers in the order of a list, best first."""
        found: Ints = ((_TOP - score.astype(np.int64)) << self._order_bits) | self._facts.order[other]
        return found

    def best(self, found: Fitting, count: int) -> Fitting:
        """Without most of those that so many of their row fit better than: to sort them all would take much longer."""
        rows, number = self._numbered(found.row)
        level = found.score >> (_SCORE_BITS - _LEVEL_BITS)
        levels = np.bincount(number << _LEVEL_BITS | level, minlength=len(rows) << _LEVEL_BITS)
        so_many = levels.reshape(-1, 1 << _LEVEL_BITS)[:, ::-1].cumsum(axis=1) < count
        lowest = (1 << _LEVEL_BITS) - 1 - so_many.sum(axis=1)
        return found.only(np.flatnonzero(level >= lowest[number]))

    def sorted(self, found: Fitting) -> Fitting:
        """Row by row, best first."""
        rows, number = self._numbered(found.row)
        # One number for each, since these sort many times faster than pairs.
        keys = number << (self._order_bits + _SCORE_BITS) | self.keys(found.other, found.score)
        keys.sort()
        other = self._by_order[keys & ((1 << self._order_bits) - 1)]
        score = _TOP - ((keys >> self._order_bits) & _TOP)
        return Fitting(rows[keys >> (self._order_bits + _SCORE_BITS)], other, score)

    def _numbered(self, row: Ints) -> tuple[Ints, Ints]:
        """The rows that are there, and which of them each entry is in."""
        numbers = np.zeros(len(self._facts.order), np.int64)
        numbers[row] = 1
        rows = np.flatnonzero(numbers)
        numbers[rows] = np.arange(len(rows))
        return rows, numbers[row]


def places(row: Ints) -> Ints:
    """The place of each entry within its row, of entries that stand row by row."""
    first = np.concatenate(([True], row[1:] != row[:-1])) if len(row) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    found: Ints = np.arange(len(row)) - np.repeat(starts, np.diff(np.append(starts, len(row))))
    return found


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
