"""Where a text is broken into lines, and how large it can be.

Lines break between words, and in scripts that do not part them between characters, but for punctuation that may not
begin a line (Unicode Standard Annex 14, as far as headlines need it). Widths are those of the shaped text (HarfBuzz).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from sitegen.content.cards.faces import Face, runs

__all__ = ["Block", "block"]

_DENSE = re.compile(
    "[\u0e00-\u0eff\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
"""Scripts in which a line may end after nearly any character."""
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》〟’”…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;!?)]}%")
_NOT_LAST = frozenset("（「『【〔〈《‘“([{")
_TALL = re.compile(r"[\u0590-\u0dff\u0e00-\u109f\u1780-\u17ff]")
"""Scripts with marks above and below."""


@dataclass(frozen=True, slots=True)
class Block:
    """A text as it is set: its lines, the size of its letters, and how far lines are apart, in pixels."""

    lines: tuple[str, ...]
    size: int
    step: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays on one line. Widths are in ems: with the blank behind it, and without."""

    text: str
    wide: float
    seen: float


def block(text: str, faces: tuple[Face, ...], sizes: Sequence[int], width: int, height: int) -> Block:
    """The text in the largest of these sizes in which it fits; in the last one it is cut at a word."""
    pieces = [_piece(word, faces) for word in _words(text)]
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


def _words(text: str) -> Iterator[str]:
    """The parts of a text between which a line may break, each with the blank behind it."""
    for word in re.findall(r"\S+\s*", " ".join(text.split())):
        yield from _parts(word) if _DENSE.search(word) else (word,)


def _parts(word: str) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and _may_break(parts[-1][-1], character):
            parts.append(character)
        else:
            parts[-1] += character
    return parts


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NOT_FIRST or before in _NOT_LAST or _is_mark(after):
        return False
    return bool(_DENSE.match(before) or _DENSE.match(after))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


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
        last = last.rpartition(" ")[0] or last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,;:–—-") + "…")


def _broken(piece: _Piece, faces: tuple[Face, ...], width: float) -> list[_Piece]:
    if piece.seen <= width:
        return [piece]
    parts = [""]
    for character in piece.text:
        if parts[-1] and not _is_mark(character) and _width(parts[-1] + character, faces) > width:
            parts.append("")
        parts[-1] += character
    return [_piece(part, faces) for part in parts]
