"""The numbers of questions, and what is known by them.

Every question has a number, a multiple of `STEP`; the numbers between one question and the next stand for parts of its
answer (the fields of a record). So a trace is an array of numbers, and those of a whole site fit into a few megabytes.

Numbers come in pages, each for questions of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TypeVar

__all__ = ["PAGE", "STEP", "WHOLE", "Numbered", "numbers_on"]

T = TypeVar("T")
STEP = 64
"""The first number stands for the whole answer; so a record may have one field less than this."""
WHOLE = -STEP
"""`number & WHOLE` is the number of the question that a part belongs to."""
_ROOM = 32
PAGE = _ROOM * STEP
"""Numbers that share a page."""


def numbers_on(page: int) -> range:
    """The numbers of all questions that there may be on a page."""
    return range(page * PAGE, (page + 1) * PAGE, STEP)


class Numbered(MutableMapping[int, T]):
    """Something of questions by their numbers, never None: in lists, which take ten bytes for each, where a dictionary
    takes more than fifty, and copies all of them when it has to grow.
    """

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        self._pages: dict[int, list[T | None]] = {}

    def __getitem__(self, number: int) -> T:
        page = self._pages.get(number // PAGE)
        value = page[number % PAGE // STEP] if page else None
        if value is None:
            raise KeyError(number)
        return value

    def get(self, number: int, default: T | None = None) -> T | None:  # type: ignore[override]  # one default is enough
        page = self._pages.get(number // PAGE)
        value = page[number % PAGE // STEP] if page else None
        return default if value is None else value

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.get(number) is not None

    def __setitem__(self, number: int, value: T) -> None:
        page = self._pages.get(number // PAGE)
        if page is None:
            page = self._pages[number // PAGE] = [None] * _ROOM
        page[number % PAGE // STEP] = value

    def __delitem__(self, number: int) -> None:
        self[number]  # as a dictionary, it complains
        self._pages[number // PAGE][number % PAGE // STEP] = None

    def __iter__(self) -> Iterator[int]:
        for page, values in self._pages.items():
            yield from [number for number, value in zip(numbers_on(page), values, strict=True) if value is not None]

    def __len__(self) -> int:
        return sum(_ROOM - values.count(None) for values in self._pages.values())

    def clear(self) -> None:
        self._pages.clear()

    def pages(self) -> list[int]:
        """All pages with something on them."""
        return [*self._pages]

    def forget_page(self, page: int) -> None:
        """Let go of all on a page."""
        self._pages.pop(page, None)
