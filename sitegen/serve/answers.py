"""What a preview answers."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from sitegen.engine.engine import Engine
from sitegen.files import ChangedWhileReading
from sitegen.plain import Record
from sitegen.serve.media import media_type
from sitegen.site.routes import Route

__all__ = ["Answer", "copied", "keep"]

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


def copied(engine: Engine, folder: Path, route: Route) -> Answer:
    """A file as it lies in the folder of the site; it may be too large to be held."""
    path = str(route.subject[0])
    try:
        mark = engine.read("file", path) or ""
    except (OSError, ChangedWhileReading):  # it is being written, so nobody may keep what he gets
        mark = ""
    return Answer(200, media_type(route.url), b"", mark, file=folder / path)


def keep(found: dict[str, T], url: str, value: T) -> None:
    """Keeps what was looked at last: somebody may walk through all of a large site."""
    found.pop(url, None)
    found[url] = value
    if len(found) > _MOST:
        del found[next(iter(found))]
