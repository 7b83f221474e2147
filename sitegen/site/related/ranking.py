"""How well a story fits under another one.

Similarity is multiplied by 2^(-age / half-life), where the age is how much older the other story is, and halved if it
is newer: writers link to what was there, and a new story shall enter few lists. So the order depends on no date but
those of the two stories. Of equals the newer stands first, then the first by URL, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cache

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.plain import Record
from sitegen.site.related.table import Facts
from sitegen.site.related.vectors import ONE, Ints

__all__ = ["Fitting", "Ranking", "joined", "places"]


_FRESH_BITS = 16
_OLDEST = 15_000
"""Days; what is older is not staler."""
_SCORE_BITS = 27
"""Enough for twice the similarity of a story with itself, and for more."""
_TOP = (1 << _SCORE_BITS) - 1
_LEVEL_BITS, _LEVELS = 15, 1024
"""The bits of a score that do not matter if one tells roughly how good it is, and how many are told apart then: all
above stand for one."""


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
        self.least = max(1, int(settings.minimum * ONE))
        """The least similarity of a pair that may be listed."""
        self._fresh = _freshness(settings.half_life_days)
        self._languages = bool((facts.language != facts.language[:1]).any())
        public = np.flatnonzero(facts.order >= 0)
        self._order_bits = len(public).bit_length()
        self._by_order = np.empty(len(public), np.int64)
        self._by_order[facts.order[public]] = public

    def fitting(self, row: Ints, other: Ints, similarity: Ints) -> Fitting:
        """Those pairs that may be listed."""
        return self._listable(self._scored(row, other, similarity))

    def best(self, row: Ints, other: Ints, similarity: Ints, count: int) -> Fitting:
        """Of those pairs that may be listed all that are among so many of their row that fit best, and few others.

        Most pairs may be listed, so twice as many are asked; the others only where too few of these may.
        """
        found = self._scored(row, other, similarity)
        rows, numbers = self._numbered(found.row)
        number, level = numbers[found.row], np.minimum(found.score >> _LEVEL_BITS, _LEVELS - 1)
        high = level >= _lowest(number, level, 2 * count, len(rows))[number]
        listable = self._listable(found.only(high))
        short = np.bincount(numbers[listable.row], minlength=len(rows)) < count
        low = np.flatnonzero(short[number] & ~high)
        return joined([listable, self._listable(found.only(low))]) if len(low) else listable

    def _scored(self, row: Ints, other: Ints, similarity: Ints) -> Fitting:
        """Those pairs that are similar enough, whether or not they may be listed."""
        enough = np.flatnonzero(similarity >= self.least)
        row, other, score = row.take(enough), other.take(enough), similarity.take(enough).astype(np.int64)
        day, order, language = self._facts.day, self._facts.order, self._facts.language
        score *= self._fresh.take(np.clip(day.take(row) - day.take(other), 0, _OLDEST))
        score >>= _FRESH_BITS
        score >>= order.take(other) < order.take(row)
        if self._languages:
            score >>= language.take(row) != language.take(other)
        return Fitting(row, other, score)

    def _listable(self, found: Fitting) -> Fitting:
        """Those of them where the one story may stand under the other."""
        facts, row, other = self._facts, found.row, found.other
        fits: Ints = (found.score > 0) & (row != other) & (facts.order[row] >= 0) & (facts.order[other] >= 0)
        for key in (facts.sponsored, facts.edition):
            fits &= key[row] == key[other]
        for key in (facts.copy, facts.translation):
            fits &= (key[row] != key[other]) | (key[row] == 0)
        if not self._newer:
            fits &= facts.order[other] > facts.order[row]
        return found.only(fits)

    def keys(self, other: Ints, score: Ints) -> Ints:
        """Numbers in the order of a list, best first."""
        found: Ints = ((_TOP - score.astype(np.int64)) << self._order_bits) | self._facts.order[other]
        return found

    def sorted(self, found: Fitting) -> Fitting:
        """Row by row, best first."""
        rows, numbers = self._numbered(found.row)
        # One number for each, since these sort many times faster than pairs.
        keys = numbers[found.row] << (self._order_bits + _SCORE_BITS) | self.keys(found.other, found.score)
        keys.sort()
        other = self._by_order[keys & ((1 << self._order_bits) - 1)]
        score = _TOP - ((keys >> self._order_bits) & _TOP)
        return Fitting(rows[keys >> (self._order_bits + _SCORE_BITS)], other, score)

    def _numbered(self, row: Ints) -> tuple[Ints, Ints]:
        """The rows that are there, and by row, which of them it is."""
        numbers = np.zeros(len(self._facts.order), np.int64)
        numbers[row] = 1
        rows = np.flatnonzero(numbers)
        numbers[rows] = np.arange(len(rows))
        return rows, numbers


def _lowest(number: Ints, level: Ints, count: int, rows: int) -> Ints:
    """Of each row the highest level such that so many entries have it or a higher one; -1 if there are not so many."""
    having = np.bincount(number * _LEVELS + level, minlength=rows * _LEVELS).reshape(rows, _LEVELS)
    found: Ints = _LEVELS - 1 - (having[:, ::-1].cumsum(axis=1) < count).sum(axis=1)
    return found


def joined(parts: Sequence[Fitting]) -> Fitting:
    """All of them."""
    if not parts:
        none = np.zeros(0, np.int64)
        return Fitting(none, none, none)
    columns = ([part.row for part in parts], [part.other for part in parts], [part.score for part in parts])
    return Fitting(*map(np.concatenate, columns))


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
        factor, factors = Decimal(1 << _FRESH_BITS), []
        for _ in range(_OLDEST + 1):
            factors.append(int(factor))
            factor *= daily
    return np.array(factors, np.int64)
