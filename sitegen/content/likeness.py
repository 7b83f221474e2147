"""What a story is like, as far as ranking related stories needs it: plain numbers."""

from __future__ import annotations

from sitegen.plain import Arrays

__all__ = ["TERMS", "Likeness"]

TERMS = 192
"""Terms that are kept of a story at most."""


class Likeness(Arrays, frozen=True):
    """One story. Keys are numbers that stand for texts; 0 is none."""

    columns: bytes = b""
    """Numbers of its terms (`array("I")`)."""
    levels: bytes = b""
    """How much of each term is in the story: on a logarithmic scale, doubled, plus 1 if it stands in the headline."""
    lot: int = 0
    """A number that its path draws."""
    day: int = 0
    """Days since 1970-01-01 (UTC); far below 0 without a date."""
    language: int = 0
    sponsored: bool = False
    copy: int = 0
    """The same for stories with the same text."""
    edition: int = 0
    translation: int = 0
    """The same for translations of one story."""
    rubric: int = 0
    """The same for stories whose headlines differ in numbers and months only."""
