"""Where a text is broken into lines, and how large it can be.

Widths are those of the shaped text (HarfBuzz).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import uharfbuzz as hb

from sitegen.content.cards.faces import Face, runs
from sitegen.content.cards.words import clusters, words
from sitegen.plain import Record
from sitegen.regex import regex

__all__ = ["Block", "block"]

_TALL = regex(r"[\u0590-\u0dff\u0e00-\u109f\u1780-\u17ff]")
"""Scripts with marks above and below."""


class Block(Record, frozen=True):
    """A text as it is set: its lines, the size of its letters, and how far lines are apart, in pixels."""

    lines: tuple[str, ...]
    size: int
    step: int


class _Piece(Record, frozen=True):
    """What stays on one line. Widths are in ems: with the blank behind it, and without."""

    text: str
    wide: float
    seen: float


def block(text: str, faces: tuple[Face, ...], sizes: Sequence[int], width: int, height: int) -> Block:
    """The text in the largest of these sizes in which it fits; in the last one it is cut at a word."""
    pieces = [_piece(word, faces) for word in words(text, faces)]
    widest = max((piece.seen for piece in pieces), default=0.0)
    leading = 1.42 if _TALL.search(text) else 1.16
    for size in sizes:
        lines = _filled(pieces, width / size)
        if widest * size <= width and len(lines) * round(size * leading) <= height:
            return Block(_balanced(pieces, width / size, len(lines)), size, round(size * leading))
    step = round(size * leading)
    return Block(_cut(pieces, faces, width / size, max(1, height // step)), size, step)


def _piece(text: str, faces: tuple[Face, ...]) -> _Piece:
    return _Piece(text, _width(text, faces), _width(text.rstrip(), faces))


def _width(text: str, faces: tuple[Face, ...]) -> float:
    return sum(_advance(face, part) / face.upem for face, part in runs(text, faces))


@lru_cache(maxsize=8192)
def _advance(face: Face, text: str) -> int:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions)


def _filled(pieces: Sequence[_Piece], width: float) -> list[str]:
    """Lines that are as full as can be; a piece that is too wide has one for itself."""
    lines: list[str] = []
    line, filled = "", 0.0
    for piece in pieces:
        if line and filled + piece.seen > width:
            lines.append(line.rstrip())
            line, filled = "", 0.0
        line, filled = line + piece.text, filled + piece.wide
    return [*lines, line.rstrip()] if line else lines


def _balanced(pieces: Sequence[_Piece], width: float, count: int) -> tuple[str, ...]:
    """As many lines, as equal as can be."""
    narrow, wide = max((piece.seen for piece in pieces), default=0.0), width
    while wide - narrow > 0.1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_filled(pieces, middle)) <= count else (middle, wide)
    return tuple(_filled(pieces, wide))


def _cut(pieces: Sequence[_Piece], faces: tuple[Face, ...], width: float, most: int) -> tuple[str, ...]:
    """The first lines, the last one cut at a word; what is wider than a line is broken."""
    short = [part for piece in pieces for part in _broken(piece, faces, width)]
    lines = _filled(short, width)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and _width(f"{last}…", faces) > width:
        last = _shorter(last, faces)
    return (*lines[: most - 1], last.rstrip(" ,;:–—-") + "…")


def _shorter(line: str, faces: tuple[Face, ...]) -> str:
    """The line without its last word; of a single word without its last character."""
    pieces = list(words(line, faces))
    return "".join((pieces if len(pieces) > 1 else clusters(line, faces))[:-1])


def _broken(piece: _Piece, faces: tuple[Face, ...], width: float) -> list[_Piece]:
    if piece.seen <= width:
        return [piece]
    parts = [""]
    for character in clusters(piece.text, faces):
        if parts[-1] and _width(parts[-1] + character, faces) > width:
            parts.append("")
        parts[-1] += character
    return [_piece(part, faces) for part in parts]
