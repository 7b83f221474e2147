"""Where the values of answers lie."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Memory", "Shelf"]


class Shelf(Protocol):
    """Values by their places, each under its digest too, so that damage is found."""

    def put(self, data: bytes) -> int: ...
    def get(self, place: int, mark: str) -> bytes: ...

    def free(self, place: int) -> None:
        """Nobody needs the value at this place any more."""

    def share(self) -> None:
        """From now on forks see all that was put here."""


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

    def free(self, place: int) -> None:
        self._data.pop(place, None)

    def share(self) -> None:
        pass

    def take(self, place: int) -> bytes:
        """The data at a place of its own, which is given away."""
        return self._data.pop(place)
