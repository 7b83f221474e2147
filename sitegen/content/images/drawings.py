"""SVG without anything that could run or call out (svg-hush keeps only what it knows to be harmless)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from py_svg_hush import filter_svg

__all__ = ["cleaned", "drawn_size"]

_INLINE = {"image": ["avif", "gif", "jpeg", "png", "webp"]}
"""What may be inside a drawing as `data:`."""
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")


def cleaned(data: bytes) -> bytes:
    """The drawing as it is published. Raises `ValueError` for what is no SVG, or defines entities."""
    result: bytes = filter_svg(data, keep_data_url_mime_types=_INLINE)
    return result


def drawn_size(data: bytes) -> tuple[int, int]:
    """Width and height in CSS pixels of a drawing that is `cleaned`; (0, 0) if it does not say."""
    root = ElementTree.fromstring(data)  # noqa: S314 (entities are gone)
    found = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    sides = [float(length[1]) for length in found if length]
    if len(sides) < 2:
        sides = _view_box(root.get("viewBox", ""))
    return (round(sides[0]), round(sides[1])) if len(sides) == 2 else (0, 0)


def _view_box(text: str) -> list[float]:
    try:
        return [float(part) for part in re.split(r"[\s,]+", text.strip())][2:]
    except ValueError:
        return []
