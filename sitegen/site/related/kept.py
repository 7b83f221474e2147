"""What is kept of the index between builds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.plain import Arrays

__all__ = [
    "BLOCK",
    "COPIES",
    "LATER",
    "LISTED",
    "NOTE",
    "Copies",
    "Kept",
    "PoolBlock",
    "TermBlock",
    "WeighedBlock",
    "pool_block",
    "rows_of",
    "shown_of",
    "term_block",
    "weighed_block",
]

NOTE = "related"
COPIES = f"{NOTE} copies"
BLOCK = 512
"""Stories that are saved together."""
LISTED = 1
"""Says of a story in a pool that it may be shown."""


class Kept(Arrays, frozen=True):
    """All of the index but copies and blocks, one row for each story, public or not. Arrays are bytes."""

    settings: str
    """Stands for the `[related]` settings."""
    paths: tuple[str, ...]
    """Empty for a row that no story has."""
    columns: Mapping[str, bytes]
    """What there is one number of for each story, by name."""
    terms: bytes
    """Those terms that are less rare than can be, and how rare each is."""
    rarity: bytes
    rarest: int
    width: int
    """How many stories a pool has at most."""


class Copies(Arrays, frozen=True):
    """The same number for stories with the same text. It is another one whenever somebody mends a sentence."""

    numbers: bytes


class TermBlock(Arrays, frozen=True):
    """The terms of some stories, row by row."""

    terms: bytes
    levels: bytes


class WeighedBlock(Arrays, frozen=True):
    """Those of them that weigh anything, story by story, and how many each has."""

    terms: bytes
    levels: bytes
    counts: bytes


class PoolBlock(Arrays, frozen=True):
    """What may stand in the lists of some stories, row by row (`sitegen.site.related.pools`)."""

    stories: bytes
    scores: bytes
    standing: bytes


LATER = (TermBlock, WeighedBlock)
"""Most of the index, which nobody asks for before the next session."""


def term_block(number: int) -> str:
    """Where a block of terms is kept."""
    return f"{NOTE} terms {number}"


def weighed_block(number: int) -> str:
    """Where what weighs anything of a block of terms is kept."""
    return f"{NOTE} weighed {number}"


def pool_block(number: int) -> str:
    """Where a block of pools is kept."""
    return f"{NOTE} pools {number}"


def rows_of(paths: Sequence[str]) -> dict[str, int]:
    """The row of each story."""
    return {path: row for row, path in enumerate(paths) if path}


def shown_of(block: PoolBlock, place: int, width: int, count: int) -> list[int]:
    """The rows of the stories in one list of a block. It needs no numpy."""
    start, end = width * place, width * (place + 1)
    rows = memoryview(block.stories).cast("i")[start:end]
    pairs = zip(rows, block.standing[start:end], strict=True)
    return [row for row, standing in pairs if standing == LISTED][:count]
