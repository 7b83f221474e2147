"""Telling how far a long stage has come. Whoever runs it decides whether and how that is shown."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "silent"]

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how many items are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Shows nothing."""
