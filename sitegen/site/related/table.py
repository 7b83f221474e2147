"""The index in memory: one row for each story, public or not, and empty ones that no story has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from msgspec import field

from sitegen.plain import Record
from sitegen.site.related.kept import BLOCK, LISTED
from sitegen.site.related.pooled import AllPools
from sitegen.site.related.vectors import Ints, Vector, Weights, vector

__all__ = ["Facts", "Table", "Terms", "Weighed", "grown", "no_facts", "no_weights"]


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


class Weighed(Record, frozen=True):
    """Those of the terms of some stories that weigh anything in their vectors, story by story, and their levels."""

    terms: Ints
    levels: Ints
    starts: Ints
    """Where those of each story begin, and the last ones end."""


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
    terms: tuple[Callable[[], Terms], ...]
    """In blocks of so many stories as are saved together; mostly left on disk, for only who weighs needs them."""
    weighed: tuple[Weighed, ...]
    """In the same blocks."""
    weights: Weights
    pools: AllPools
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
        pool = self.pools.of(slice(row, row + 1))
        listed = pool.stories[pool.standing == LISTED]
        return tuple([self.paths[other] for other in listed[:count].tolist()])

    def blocks(self) -> Iterator[tuple[slice, Weighed]]:
        """The terms of all stories that weigh anything, with the rows that they are of."""
        for number, block in enumerate(self.weighed):
            yield slice(number * BLOCK, number * BLOCK + len(block.starts) - 1), block

    def all_terms(self) -> Iterator[tuple[slice, Terms]]:
        """The terms of all stories, with the rows that they are of."""
        for number, load in enumerate(self.terms):
            block = load()
            yield slice(number * BLOCK, number * BLOCK + len(block.terms)), block

    def vector(self, row: int) -> Vector:
        """Of the story in a row."""
        block, place = self.weighed[row // BLOCK], row % BLOCK
        own = slice(block.starts[place], block.starts[place + 1])
        terms = block.terms[own]
        return vector(terms, block.levels[own], self.rarity[terms], row, self.weights)


def no_facts(size: int) -> Facts:
    """Of rows without a story."""
    zeros = [np.zeros(size, np.int64) for _ in Facts.__struct_fields__]
    zeros[0] -= 1
    return Facts(*zeros)


def no_weights(size: int) -> Weights:
    """Of rows without a story."""
    return Weights(np.zeros(size, np.int16), np.zeros(size), np.zeros(size))


def grown(rows: Any, more: Any) -> Any:
    """A record of arrays with more rows."""
    pairs = ((getattr(rows, name), getattr(more, name)) for name in rows.__struct_fields__)
    return type(rows)(*(np.concatenate(pair) for pair in pairs))
