"""From what a card says to its bytes: a pure function, for one version of the libraries and fonts."""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape

from msgspec.structs import replace

from sitegen.content.cards.card import HEIGHT, WIDTH, Card
from sitegen.content.cards.faces import WEIGHT, Face, faces_for, runs
from sitegen.content.cards.lines import Block, block
from sitegen.content.images.rasters import drawn
from sitegen.text.language import direction

__all__ = ["card_bytes", "card_svg"]

_MARGIN, _RULE = 72, 10
_SIZES = (112, 98, 84, 76, 68, 60, 54, 48, 42)
"""Of a headline, in pixels, the largest first."""
_LABEL, _NAME = 30, 38
_TOP, _FOOT = 84, 556
_RIGHT_TO_LEFT, _END = "\u202b", "\u202c"
"""Unicode Bidirectional Algorithm (Annex 9): resvg takes each line for one that begins on the left."""


def card_bytes(card: Card) -> bytes:
    """The card as PNG."""
    card = replace(card, **{name: _visible(getattr(card, name)) for name in ("headline", "label", "name")})
    faces = {face for text in (card.headline, card.label, card.name) for face, _ in _pieces(card, text)}
    return drawn(card_svg(card), font_files=sorted(str(face.path) for face in faces))


def _visible(text: str) -> str:
    """The text without what is no character, or none that anybody agrees upon: a drawing may not hold all of that."""
    return "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs"))


def _pieces(card: Card, text: str) -> list[tuple[Face, str]]:
    return list(runs(text, faces_for(card.font, card.language)))


def card_svg(card: Card) -> str:
    """The card as a drawing, its letters as text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{card.background}"/>',
        f'<rect width="{WIDTH}" height="{_RULE}" fill="{card.accent}"/>',
    ]
    top = _TOP
    if card.label:
        parts.append(_line(card, card.label, _LABEL, top + _LABEL, card.accent))
        top += 2 * _LABEL
    room = _FOOT - 2 * _NAME - top if card.name else HEIGHT - _MARGIN - top
    faces = faces_for(card.font, card.language)
    set_ = block(card.headline, faces, _SIZES, WIDTH - 2 * _MARGIN, room)
    parts += _lines(card, set_, top)
    if card.name:
        parts.append(
            f'<rect x="{_MARGIN}" y="{_FOOT - 56}" width="{WIDTH - 2 * _MARGIN}" height="2" fill="{card.ink}"/>'
        )
        parts.append(_line(card, card.name, _NAME, _FOOT, card.ink))
    return "".join([*parts, "</svg>"])


def _lines(card: Card, text: Block, top: int) -> list[str]:
    first = top + text.size
    return [
        _line(card, line, text.size, first + number * text.step, card.ink) for number, line in enumerate(text.lines)
    ]


def _line(card: Card, text: str, size: int, base: int, colour: str) -> str:
    """One line of letters, on the side on which the language begins."""
    backward = direction(card.language) == "rtl"
    x, anchor = (WIDTH - _MARGIN, "end") if backward else (_MARGIN, "start")
    pieces = [f"<tspan font-family=\"'{face.family}'\">{escape(piece)}</tspan>" for face, piece in _pieces(card, text)]
    inside = "".join([_RIGHT_TO_LEFT, *pieces, _END] if backward else pieces)
    look = f'text-anchor="{anchor}" font-size="{size}" font-weight="{WEIGHT}" fill="{colour}"'
    return f'<text xml:space="preserve" x="{x}" y="{base}" {look}>{inside}</text>'
