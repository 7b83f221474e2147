"""Stories as vectors: how much each term says of a story, seen beside all others.

All arithmetic is on whole numbers, or exact to the last bit (IEEE 754), so the result depends neither on the order of
anything nor on the processor.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sitegen.content.likeness import TERMS
from sitegen.plain import Record
from sitegen.text.terms import COLUMNS

__all__ = ["ONE", "Ints", "Vector", "Weights", "distinct", "most_terms", "vector", "weights"]

Ints: TypeAlias = NDArray[Any]
ONE = 1 << 24
"""The similarity of a story with itself, but for what its headline adds."""
_UNIT = 1 << 12
"""The length of a vector."""
_HEADLINE = _UNIT * 2 // 5
"""How much more a story is like another one whose headline it repeats."""
_MOST, _MOST_OF_LARGE = 80, 48
"""Terms of a story that are looked at: those that say most. The work grows with the square of them, and in a large site
there are enough stories that share the rarest.
"""
_RAREST = 10
"""How rare a term can be at most in a site that is not large: of 32,768 stories or fewer (`rarity`)."""


def distinct(*parts: Ints) -> Ints:
    """All numbers in these arrays, sorted, each once. `numpy.unique` would import masked arrays, which takes long."""
    found: Ints = np.sort(np.concatenate(parts))
    first = np.ones(len(found), bool)
    first[1:] = found[1:] != found[:-1]
    return found[first]


class Weights(Record, frozen=True):
    """What makes vectors of terms and their rarity, one number for each story.

    The similarity of a story to another is its vector for asking times that of the other for answering.
    """

    least: Ints
    """A term that says less is not looked at."""
    text: Ints
    """What the others are multiplied with, so that the vector for asking has its length."""
    headline: Ints
    """The same for what the headline adds to the vector for answering."""

    def asking(self, said: Ints, row: Ints) -> Ints:
        """How much terms that say so much weigh in the vectors of stories that ask."""
        known: Ints = (np.where(said >= self.least[row], said, 0) * self.text[row]).astype(np.int32)
        return known

    def answering(self, asking: Ints, in_headline: Ints, row: Ints) -> Ints:
        """The same of stories that answer. `in_headline` is the rarity of terms that stand there, 0 of others."""
        known: Ints = asking + (in_headline * self.headline[row]).astype(np.int32)
        return known


class Vector(Record, frozen=True):
    """The vectors of one story: what its terms weigh."""

    terms: Ints
    rarity: Ints
    asking: Ints
    answering: Ints


def most_terms(rarity: Ints) -> int:
    """How many terms of each story are looked at in a site in which terms are so rare."""
    return _MOST if rarity.max() <= _RAREST else _MOST_OF_LARGE


def weights(levels: Ints, rarity: Ints, most: int) -> Weights:
    """Of stories whose terms have these levels and are so rare, row by row; at `most` so many are looked at."""
    said = (levels >> 1).astype(np.int16) * rarity  # at most 127 · 32
    least = np.partition(said, TERMS - most, axis=1)[:, TERMS - most]
    said *= said >= least[:, None]
    return Weights(least, _factors(said, _UNIT), _factors(rarity * (levels & 1), _HEADLINE))


def _factors(rows: Ints, length: int) -> Ints:
    """What makes each row so long."""
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int64).astype(np.float64)
    factors: Ints = length / np.sqrt(np.maximum(squares, 1))
    return factors


def vector(terms: Ints, levels: Ints, rarity: Ints, row: int, of: Weights) -> Vector:
    """The vectors of the story in one row, that has these terms at these levels."""
    rows = np.full(len(terms), row)
    asking = of.asking((levels >> 1).astype(np.int16) * rarity, rows)
    answering = of.answering(asking, rarity * (levels & 1), rows)
    there = (answering > 0) & (terms < COLUMNS)
    return Vector(terms[there], rarity[there], asking[there], answering[there])
