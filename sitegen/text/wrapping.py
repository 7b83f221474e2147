"""Lines for plain text: as wide as a reader's window, whatever the script."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width

from sitegen.regex import regex

__all__ = ["wrap"]

_PIECE = regex(r"\S+")
_CLOSING = ("Pe", "Pf", "Po")
"""Categories of what never begins a line: closing brackets and quotation marks, stops."""
_OPENING = ("Ps", "Pi")


def wrap(text: str, width: int = 72) -> str:
    """The text in lines of at most `width` columns, each paragraph for itself; a longer word has a line of its own.

    A wide character (Unicode Standard Annex 11) takes two columns, and a line may end after it.
    """
    return "\n".join(_lines(paragraph, width) for paragraph in text.splitlines())


def _lines(paragraph: str, width: int) -> str:
    lines, line = [], ""
    for blank, piece in _pieces(paragraph):
        joined = f"{line}{blank if line else ''}{piece}"
        if line and _columns(joined) > width:
            lines.append(line)
            line = piece
        else:
            line = joined
    return "\n".join([*lines, line])


def _columns(text: str) -> int:
    """How wide a text is, in columns of a terminal or a fixed font."""
    return sum(0 if category(letter) in ("Mn", "Me", "Cf") else 1 + _is_wide(letter) for letter in text)


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What must stay in one line, each with the blank before it."""
    for word in _PIECE.finditer(text):
        blank, piece = " ", ""
        for letter in word[0]:
            if piece and _may_part(piece[-1], letter):
                yield blank, piece
                blank, piece = "", ""
            piece += letter
        yield blank, piece


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no blank parts."""
    if not (_is_wide(before) or _is_wide(after)):
        return False
    return category(after) not in (*_CLOSING, "Mn") and category(before) not in _OPENING
