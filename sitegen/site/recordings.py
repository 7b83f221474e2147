"""Sound files that players will not play."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sitegen.content.recordings import RECORDINGS
from sitegen.errors import Problem, Span
from sitegen.files import ChangedWhileReading

__all__ = ["recording_problems"]


def recording_problems(media: Iterable[str], read: Callable[..., Any]) -> Iterator[Problem]:
    """A warning for each file among `media` that is called a recording and cannot be read as one."""
    for path in media:
        if path.lower().endswith(RECORDINGS) and _is_silent(path, read):
            message = "this is no recording, or a damaged one: how long it is cannot be told"
            hint = "does its name end in what it is? If so, save it again"
            yield Problem("warning", "bad-audio", message, Span(path), hint=hint)


def _is_silent(path: str, read: Callable[..., Any]) -> bool:
    try:
        return not read("recording", path).duration
    except (OSError, ChangedWhileReading):
        return False  # it cannot be read at all, which whoever copies it will tell
