"""Where the pools of all stories are: an update adds those that are not what they were, and copies no others."""

from __future__ import annotations

from copy import copy

import numpy as np
from msgspec.structs import astuple

from sitegen.plain import Record
from sitegen.site.related.vectors import Ints

__all__ = ["NOBODY", "AllPools", "Pools", "among", "no_pools", "room_for"]

NOBODY = -1
"""Stands where there is no story."""
_FEW = 4
"""Stories each of which is looked for: for more it is quicker to look up all that stand there."""
_ROOM = 8
"""Of so many pools one may be added until all are copied."""


class Pools(Record, frozen=True):
    """Some pools, one on each line: the stories most like one, best first, filled up with `NOBODY`
    (`sitegen.site.related.pools`).
    """

    stories: Ints
    scores: Ints
    standing: Ints
    """Whether each may be shown (`sitegen.site.related.lists`)."""
    complete: Ints
    """Whether no other story is like it."""

    def of(self, lines: Ints) -> Pools:
        """A copy of some of them."""
        return Pools(self.stories[lines], self.scores[lines], self.standing[lines], self.complete[lines])

    def put(self, lines: Ints | slice, pools: Pools) -> None:
        """Have others on some lines."""
        for name in self.__struct_fields__:
            getattr(self, name)[lines] = getattr(pools, name)


class AllPools:
    """The pools of all stories. Never changed: an update makes another one.

    Both have lines in common. The later one has its own behind those that were there, and knows on which line to look
    for which row: like the "fat nodes" of J. R. Driscoll et al., "Making Data Structures Persistent" (1989).
    """

    def __init__(self, lines: Pools, size: int) -> None:
        """The pool of each of so many rows is on the line of the same number; lines behind them are room for others."""
        self._lines = lines
        self._row_of = np.arange(len(lines.complete))
        self._line_of = np.arange(size)
        self._end = size
        self._used = [size]
        """How many lines are in use by all that have them in common."""

    def __len__(self) -> int:
        return len(self._line_of)

    @property
    def width(self) -> int:
        """How many stories a pool has at most."""
        width: int = self._lines.stories.shape[1]
        return width

    @property
    def complete(self) -> Ints:
        """By row, whether no story is like it beside those in its pool."""
        complete: Ints = self._lines.complete[self._line_of]
        return complete

    def of(self, rows: Ints | slice) -> Pools:
        """A copy of the pools of some rows, in this order."""
        return self._lines.of(self._line_of[rows])

    def grown(self, size: int) -> AllPools:
        """With empty pools for new rows, so that there are so many."""
        new = np.arange(len(self), size)
        return self.with_(new, no_pools(len(new), self.width))

    def with_(self, rows: Ints, pools: Pools) -> AllPools:
        """With other pools for some rows, each only once, or for those that come next."""
        if not len(rows):
            return self
        start, end = self._used[0], self._used[0] + len(rows)
        size = max(len(self), int(rows.max()) + 1)
        if end > len(self._row_of):
            later = self._copied(size)
            later._lines.put(rows, pools)
            return later
        later = copy(self)
        later._end = self._used[0] = end
        later._line_of = np.resize(self._line_of, size)
        later._line_of[rows] = np.arange(start, end)
        self._lines.put(slice(start, end), pools)
        self._row_of[start:end] = rows
        return later

    def _copied(self, size: int) -> AllPools:
        """A copy with the line of its number for each of so many rows, and room behind them."""
        lines = room_for(size, self.width)
        for part, there in zip(astuple(self._lines), astuple(lines), strict=True):
            np.take(part, self._line_of, axis=0, out=there[: len(self)], mode="clip")
        return AllPools(lines, size)

    def places_of(self, stories: Ints) -> tuple[Ints, Ints]:
        """Where some stories are: the rows, and the places in their pools."""
        there = among(self._lines.stories[: self._end], stories, len(self))
        line, place = np.divmod(np.flatnonzero(there), self.width)
        row = self._row_of[line]
        mine = self._line_of.take(row, mode="clip") == line
        return row[mine], place[mine]


def among(stories: Ints, some: Ints, size: int) -> Ints:
    """Where some of the `size` stories stand in an array of rows, with `NOBODY` where there is none."""
    if 0 < len(some) <= _FEW:
        found: Ints = stories == some[0]
        for one in some[1:].tolist():
            found |= stories == one
        return found
    wanted = np.zeros(size + 1, bool)  # the last one is for `NOBODY`
    wanted[some] = True
    return wanted.take(stories, mode="wrap")


def room_for(size: int, width: int) -> Pools:
    """Lines with nothing on them, for so many rows and for what updates add."""
    lines = size + size // _ROOM
    shape = lines, width
    return Pools(np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.uint8), np.empty(lines, bool))


def no_pools(size: int, width: int) -> Pools:
    """Of rows without a story."""
    stories = np.full((size, width), NOBODY, np.int32)
    return Pools(stories, stories.copy(), np.zeros((size, width), np.uint8), np.ones(size, bool))
