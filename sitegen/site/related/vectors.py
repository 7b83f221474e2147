"""Stories as vectors: how much each term says of a story, seen beside all others.

All arithmetic is on whole numbers, so the result depends neither on the order of anything nor on the processor.

How rare a term is must not change with every new story, or all lists would. So it is counted in the older stories only
(`counted`), and in steps: it is the same for up to 8 stories, up to 32, up to 128 and so on. Only the vectors of
stories with a term that moves to another step change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from sitegen.content.likeness import TERMS

__all__ = ["COLUMNS", "ONE", "Ints", "Vectors", "counted", "vectors"]

Ints: TypeAlias = NDArray[Any]
COLUMNS = 1 << 20
"""Terms are numbers below this one, which itself stands for no term."""
ONE = 1 << 24
"""The similarity of a story with itself, but for what its headline adds."""
_UNIT = 1 << 12
"""The length of a vector."""
_HEADLINE = _UNIT * 2 // 5
"""How much more a story is like another one whose headline it repeats."""
_KEPT = 80
"""Terms of a story that are looked at: those that say most."""
_MANY = 2_000
_FEW = 16
"""A term that no more stories have is never too common to say something."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row for each story. The similarity of a story to another is a row of `asking` times one of `answering`."""

    asking: csr_matrix
    answering: csr_matrix
    marks: Ints
    """A number for each row; the row is what it was if that is."""


def counted(order: Ints, lot: Ints) -> Ints:
    """Whether each story counts for the rarity of terms: the oldest do, up to a round number of them.

    Of many, every eighth does, chosen by `lot`, so that even an old one that is added seldom matters. `order` are the
    places of the public stories, the newest first.
    """
    stories = int((order >= 0).sum())
    eighth = max(1 << max(stories.bit_length() - 4, 0), 1)
    oldest = order >= stories % eighth
    return oldest if stories < _MANY else oldest & (lot % 8 == 0)


def vectors(columns: Ints, levels: Ints, public: Ints, counted: Ints) -> Vectors:
    """The vectors of stories with these terms. Only what is `public` has a vector."""
    rarity = _rarity(columns, public, counted)
    said = (levels >> 1).astype(np.int16) * rarity  # at most 127 · 32
    least = np.partition(said, TERMS - _KEPT, axis=1)[:, TERMS - _KEPT, None]
    said *= said >= least
    headline = rarity * (levels & 1)
    there = (said | headline) > 0
    terms = columns[there]
    ends = np.concatenate(([0], np.cumsum(there.sum(axis=1))))
    asking = _unit(said, there, _UNIT)
    answering = asking + _unit(headline, there, _HEADLINE)
    return Vectors(
        csr_matrix((asking, terms, ends), shape=(len(columns), COLUMNS)),
        csr_matrix((answering, terms, ends), shape=(len(columns), COLUMNS)),
        _marks((asking + 8192 * answering).astype(np.uint64) * _mixed(terms), ends),
    )


def _rarity(columns: Ints, public: Ints, counted: Ints) -> Ints:
    """How rare each term is, from 1 up; 0 for one that is in so many stories that it says nothing."""
    stories = np.bincount(columns[counted].ravel(), minlength=COLUMNS + 1)
    stories[COLUMNS] = 0
    steps = _steps(int(counted.sum()))
    rarity: Ints = steps[stories][columns] * public[:, None]
    return rarity


def _steps(stories: int) -> Ints:
    """The rarity of a term by the number of stories that have it."""
    bits = max(stories - 1, 1).bit_length()
    steps = np.empty(stories + 1, np.int16)
    bound, rarity = 0, bits - 2
    while bound <= stories:
        until = 8 * 4 ** ((bits - 2 - rarity) // 2)
        steps[bound : until + 1] = max(rarity, 1)
        bound, rarity = until + 1, rarity - 2
    most = max(3 * 2**bits // 16, _FEW)
    steps[most + 1 :] = 0
    return steps


def _unit(rows: Ints, there: Ints, length: int) -> Ints:
    """What is `there` of the rows, each made about so long. Square roots are exact to the last bit (IEEE 754)."""
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int64).astype(np.float64)
    factors = length / np.sqrt(np.maximum(squares, 1))
    unit: Ints = (rows[there] * np.repeat(factors, there.sum(axis=1))).astype(np.int32)
    return unit


def _mixed(terms: Ints) -> Ints:
    mixed = (terms.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) | np.uint64(1)


def _marks(values: Ints, ends: Ints) -> Ints:
    """The sum of each row, modulo 2^64."""
    sums: Ints = np.add.reduceat(np.append(values, np.uint64(0)), ends[:-1])
    sums[ends[1:] == ends[:-1]] = 0  # `reduceat` takes the next value for an empty row
    return sums
