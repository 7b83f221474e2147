"""What is kept of the index between sessions."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.plain import Record

__all__ = ["NOTE", "Block", "Kept", "block_name"]

NOTE = "related"


class Kept(Record, frozen=True):
    """All of the index but the terms, one row for each story, public or not. Arrays are bytes."""

    settings: str
    """Stands for the `[related]` settings."""
    paths: tuple[str, ...]
    facts: Mapping[str, bytes]
    """The numbers of `Facts`, by name."""
    marks: bytes
    """Those of the vectors."""
    stories: bytes
    """The lists, as numbers of rows, with stories to spare."""
    scores: bytes
    shown: bytes
    """What of the lists is shown, as numbers of rows."""


class Block(Record, frozen=True):
    """The terms of some stories, row by row."""

    columns: bytes
    levels: bytes


def block_name(number: int) -> str:
    """Where a block is kept."""
    return f"{NOTE} {number}"
