"""What a preview answers."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from sitegen.plain import Record

__all__ = ["Answer", "keep"]

T = TypeVar("T")
_MOST = 200
"""Answers that are kept at a time."""


class Answer(Record, frozen=True):
    """What is at a URL. With a `problem` the body is that of the last time without one, or empty."""

    status: int
    type: str
    body: bytes
    mark: str
    """Stands for the body."""
    problem: str = ""
    """In words, as the terminal shows it."""
    location: str = ""
    """Where the browser should look instead, for status 308."""
    leads_to: str = ""
    """Where the page leads browsers that read it: to the address of the site, which is elsewhere."""
    file: Path | None = None
    """The file that the body was copied from, if it was."""


def keep(found: dict[str, T], url: str, value: T) -> None:
    """Keeps what was looked at last: somebody may walk through all of a large site."""
    found.pop(url, None)
    found[url] = value
    if len(found) > _MOST:
        del found[next(iter(found))]
