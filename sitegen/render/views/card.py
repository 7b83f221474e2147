"""What templates see of the picture that stands for a page where it is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["CardView", "card_of_picture"]

_RATIO = "1200:630"
_SHOWN = ("", "image/jpeg", "image/png", "image/gif", "image/webp")
"""Media types that other sites show; none of a picture of another host, which may be any."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A picture. `width` and `height` are pixels, 0 if unknown; `type` may be empty."""

    absolute_src: str
    type: str
    width: int
    height: int
    alt: str


def card_of_picture(image: Any) -> CardView | None:
    """The crop of a picture that other sites want (Open Graph); None if they would not show it."""
    if image is None or image.type not in _SHOWN:
        return None
    picture = image.crop(_RATIO)
    return CardView(picture.absolute_src, picture.type, picture.width, picture.height, image.alt)
