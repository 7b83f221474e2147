"""SVG without anything that could run or call out (svg-hush keeps only what it knows to be harmless)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from py_svg_hush import filter_svg

from sitegen.regex import regex

__all__ = ["cleaned", "drawn_size"]

_INLINE = {"image": ["avif", "gif", "jpeg", "png", "webp"]}
"""What may be inside a drawing as `data:`."""
_LENGTH = regex(r"(\d+(?:\.\d+)?)(?:px)?")
_DEEPEST = 200
"""Elements inside one another. Each is indented, so what is written grows with the square of the depth."""
_LARGEST = 1_000_000


def cleaned(data: bytes) -> bytes:
    """The drawing as it is published.

    Raises `ValueError` or `SyntaxError` for what is no SVG, defines entities, or is nested without measure.
    """
    ElementTree.XMLParser(target=_Levels()).feed(data)  # noqa: S314 (expat bounds what entities grow to)
    result: bytes = filter_svg(data, keep_data_url_mime_types=_INLINE)
    return result


class _Levels:
    """Counts levels as a parser comes by them."""

    def __init__(self) -> None:
        self._level = 0

    def start(self, *_: object) -> None:
        """An element begins. Raises `ValueError` if it lies too deep."""
        self._level += 1
        if self._level > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} elements lie inside one another")

    def end(self, *_: object) -> None:
        """An element ends."""
        self._level -= 1


def drawn_size(data: bytes) -> tuple[int, int]:
    """Width and height in CSS pixels of a drawing that is `cleaned`; (0, 0) if it does not say."""
    root = ElementTree.fromstring(data)  # noqa: S314 (entities are gone)
    found = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    sides = [float(length[1]) for length in found if length]
    if len(sides) < 2:
        sides = _view_box(root.get("viewBox", ""))
    if len(sides) < 2 or not all(0 < side < _LARGEST for side in sides):  # nor is NaN a length
        return 0, 0
    return round(sides[0]), round(sides[1])


def _view_box(text: str) -> list[float]:
    try:
        return [float(part) for part in re.split(r"[\s,]+", text.strip())][2:]
    except ValueError:
        return []
