"""Stable pagination: numbered pages count from the oldest story and never change once they exist.

A list of n stories at p a page has max(0, n // p - 1) numbered pages, each full for ever. The unnumbered index shows
the rest, between one and two pages' worth. The number after the last is a redirect to the index, so that the link
"newer" can always point to the next number and no page changes when its successor comes into being.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["number_url", "numbered_pages", "stories_of_page"]


def numbered_pages(stories: int, size: int) -> int:
    """How many numbered pages a list has."""
    return max(0, stories // size - 1)


def stories_of_page(newest_first: Sequence[str], size: int, number: int | None) -> tuple[str, ...]:
    """The stories of one page, newest first; `number` None is the index."""
    count = len(newest_first)
    if number is None:
        return tuple(newest_first[: count - numbered_pages(count, size) * size])
    return tuple(newest_first[count - number * size : count - (number - 1) * size])


def number_url(url: str, number: int | None) -> str:
    """The URL of one page of the list at `url`."""
    return url if number is None else f"{url}page/{number}/"
