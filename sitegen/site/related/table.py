"""The index in memory: one row for each story, public or not, and empty ones that no story has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from msgspec import field

from sitegen.plain import Record
from sitegen.site.related.kept import BLOCK, LISTED
from sitegen.site.related.vectors import Ints, Vector, Weights, vector

__all__ = ["NOBODY", "Facts", "Pools", "Table", "Terms", "among", "grown", "no_facts", "no_pools", "no_weights"]

NOBODY = -1
"""Stands where there is no story."""
_FEW = 4
"""Stories each of which is looked for: for more it is quicker to look up all that stand there."""


class Facts(Record, frozen=True):
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


class Terms(Record, frozen=True):
    """The terms of some stories, one row each, filled up with `COLUMNS`, and their levels (`Likeness`)."""

    terms: Ints
    levels: Ints


class Pools(Record, frozen=True):
    """For each story those most like it, best first, filled up with `NOBODY` (`sitegen.site.related.pools`)."""

    stories: Ints
    scores: Ints
    standing: Ints
    """Whether each may be shown (`sitegen.site.related.lists`)."""
    complete: Ints
    """Whether no other story is like it."""

    def copy(self) -> Pools:
        """The same, to be changed."""
        return Pools(self.stories.copy(), self.scores.copy(), self.standing.copy(), self.complete.copy())


class Table(Record, frozen=True):
    """All of it. Nothing in it is ever changed: an update makes another one, and shares what stays."""

    settings: str
    """Stands for the `[related]` settings."""
    paths: tuple[str, ...]
    """Empty for a row that no story has."""
    rows: Mapping[str, int]
    """The row of each story."""
    facts: Facts
    rarity: Ints
    """How rare each term is."""
    terms: tuple[Terms, ...]
    """In blocks of so many stories as are saved together."""
    weights: Weights
    pools: Pools
    appearances: Ints
    """In how many lists each story stands, or would if it were no hub."""
    unsaved_terms: frozenset[int] = field(default_factory=frozenset)
    """Numbers of blocks that are not what was kept."""
    unsaved_pools: frozenset[int] = field(default_factory=frozenset)

    def shown(self, path: str, count: int) -> tuple[str, ...]:
        """The list of so many stories at most under one of the stories."""
        row = self.rows.get(path)
        if row is None:
            return ()
        listed = self.pools.stories[row][self.pools.standing[row] == LISTED]
        return tuple([self.paths[other] for other in listed[:count].tolist()])

    def blocks(self) -> Iterator[tuple[slice, Terms]]:
        """The terms of all stories, with the rows that they are of."""
        for number, block in enumerate(self.terms):
            yield slice(number * BLOCK, number * BLOCK + len(block.terms)), block

    def vector(self, row: int) -> Vector:
        """Of the story in a row."""
        block, place = self.terms[row // BLOCK], row % BLOCK
        terms = block.terms[place]
        return vector(terms, block.levels[place], self.rarity[terms], row, self.weights)


def among(stories: Ints, some: Ints, size: int) -> Ints:
    """Where some of the `size` stories stand in an array of rows, with `NOBODY` where there is none."""
    if len(some) <= _FEW:
        found = np.zeros(stories.shape, bool)
        for one in some.tolist():
            found |= stories == one
        return found
    wanted = np.zeros(size + 1, bool)  # the last one is for `NOBODY`
    wanted[some] = True
    return wanted[stories]


def no_facts(size: int) -> Facts:
    """Of rows without a story."""
    zeros = [np.zeros(size, np.int64) for _ in Facts.__struct_fields__]
    zeros[0] -= 1
    return Facts(*zeros)


def no_weights(size: int) -> Weights:
    """Of rows without a story."""
    return Weights(np.zeros(size, np.int16), np.zeros(size), np.zeros(size))


def no_pools(size: int, width: int) -> Pools:
    """Of rows without a story."""
    stories = np.full((size, width), NOBODY, np.int32)
    return Pools(stories, stories.copy(), np.zeros((size, width), np.uint8), np.ones(size, bool))


def grown(rows: Any, more: Any) -> Any:
    """A record of arrays with more rows."""
    pairs = ((getattr(rows, name), getattr(more, name)) for name in rows.__struct_fields__)
    return type(rows)(*(np.concatenate(pair) for pair in pairs))
