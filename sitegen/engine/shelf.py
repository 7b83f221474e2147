"""Where the values of answers lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from sitegen.plain import unpack

__all__ = ["Loaded", "Memory", "Shelf"]

T = TypeVar("T")


class Shelf(Protocol):
    """Values by their places, each under its digest too, so that damage is found."""

    def put(self, data: bytes) -> int: ...
    def get(self, place: int, mark: str) -> bytes: ...

    def get_all(self, wanted: Mapping[int, str]) -> Mapping[str, bytes]:
        """Several at once, which takes less time, by their digests."""

    def free(self, place: int) -> None:
        """Nobody needs the value at this place any more."""

    def share(self) -> None:
        """From now on forks see all that was put here."""


class Loaded:
    """Values that were taken from a shelf not long ago: some are asked for by every page, and all would not fit into
    memory.
    """

    room = 1 << 20
    """Bytes that they may take, as they are stored, before all of them are let go."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, type], Any] = {}
        self._used = 0
        self._foreseen: dict[str, bytes] = {}

    def foresee(self, shelf: Shelf, wanted: Mapping[int, str]) -> None:
        """Take values from a shelf that will soon be asked for, all at once."""
        self._foreseen = {**shelf.get_all(wanted)}

    def value(self, shelf: Shelf, place: int, mark: str, kind: type[T]) -> T:
        """The value of this kind at a place of the shelf. It is not to be changed."""
        found: T | None = self._values.get((mark, kind))
        if found is None:
            data = self._foreseen.pop(mark, None) or shelf.get(place, mark)
            if self._used + len(data) > self.room:
                self.clear()
            found = self._values[mark, kind] = unpack(data, kind)
            self._used += len(data)
        return found

    def clear(self) -> None:
        """Let go of all."""
        self._values.clear()
        self._foreseen.clear()
        self._used = 0


class Memory:
    """A shelf that lives as long as the process; below it may be another one, which it leaves as it is.

    Its own places are negative, and below those of such a shelf beneath it.
    """

    def __init__(self, below: Shelf | None = None) -> None:
        self._below = below
        self._top = below.bottom if isinstance(below, Memory) else 0
        self._data: dict[int, bytes] = {}
        self.bottom: int = self._top
        """The place that was given last."""

    def put(self, data: bytes) -> int:
        self.bottom -= 1
        self._data[self.bottom] = data
        return self.bottom

    def get(self, place: int, mark: str) -> bytes:
        if place < self._top:
            return self._data[place]
        assert self._below is not None
        return self._below.get(place, mark)

    def get_all(self, wanted: Mapping[int, str]) -> Mapping[str, bytes]:
        found = {mark: self._data[place] for place, mark in wanted.items() if place < self._top}
        below = {place: mark for place, mark in wanted.items() if place >= self._top}
        return {**found, **self._below.get_all(below)} if self._below and below else found

    def free(self, place: int) -> None:
        self._data.pop(place, None)

    def share(self) -> None:
        pass

    def take(self, place: int) -> bytes:
        """The data at a place of its own, which is given away."""
        return self._data.pop(place)
