"""Telling how far a long stage has come. Whoever runs it decides whether and how that is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

__all__ = ["Progress", "silent", "tracked"]

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how many items are done, and how many there are."""
T = TypeVar("T")


def silent(stage: str, done: int, total: int) -> None:
    """Shows nothing."""


def tracked(items: Collection[T], stage: str, progress: Progress) -> Iterator[T]:
    """The items, one by one, with `progress` told after each."""
    total = len(items)
    for done, item in enumerate(items, 1):
        yield item
        progress(stage, done, total)
