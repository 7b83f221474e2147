"""What a card says. It is all that its bytes depend on beside fonts and libraries, so it stands in the route."""

from __future__ import annotations

import json

from sitegen.plain import Record, digest

__all__ = ["HEIGHT", "WIDTH", "Card"]

WIDTH, HEIGHT = 1200, 630
"""Pixels (Open Graph: what large cards are made of)."""
_DIGITS = 16


class Card(Record, frozen=True):
    """Texts are plain; colours are `#rrggbb`."""

    headline: str
    language: str
    name: str = ""
    """Of the paper, at the foot."""
    label: str = ""
    """Above the headline: the section."""
    font: str = "serif"
    background: str = "#fdfcf9"
    ink: str = "#1b1a17"
    accent: str = "#a3161e"

    @property
    def spec(self) -> str:
        """All of it in one text."""
        return json.dumps([getattr(self, name) for name in self.__struct_fields__], ensure_ascii=False)

    @classmethod
    def read(cls, spec: str) -> Card:
        """The card with this `spec`."""
        return cls(*json.loads(spec))

    @property
    def mark(self) -> str:
        """Stands for all of it."""
        return digest(self.spec.encode("utf-8", "surrogatepass"))[:_DIGITS]
