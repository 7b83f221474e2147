"""What templates see of the picture that stands for a page where it is shared."""

from __future__ import annotations

from typing import Any

from sitegen.content.cards.card import HEIGHT, WIDTH
from sitegen.plain import Record
from sitegen.render.views.lens import Lens

__all__ = ["CardView", "card_of"]

_RATIO = "1200:630"
_SHOWN = ("", "image/jpeg", "image/png", "image/gif", "image/webp")
"""Media types that other sites show; none of a picture of another host, which may be any."""


class CardView(Record, frozen=True):
    """A picture. `width` and `height` are pixels, 0 if unknown; `type` may be empty."""

    absolute_src: str
    type: str
    width: int
    height: int
    alt: str
    own: bool = True
    """Whether it is of this page, and not of the whole site."""


def card_of(lens: Lens, article: Any, subject: Any) -> CardView | None:
    """The crop of the picture of an article or a group, else a card with words in it; None if there is neither."""
    shown = article or subject
    return (_of_picture(shown.image) if shown else None) or _of_words(lens, article)


def _of_picture(image: Any) -> CardView | None:
    """What other sites want of a picture (Open Graph); None if they would not show it."""
    if image is None or image.type not in _SHOWN:
        return None
    picture = image.crop(_RATIO)
    return CardView(picture.absolute_src, picture.type, picture.width, picture.height, image.alt)


def _of_words(lens: Lens, article: Any) -> CardView | None:
    own = lens.read("story_card", article.path) if article else None
    found = own or lens.read("site_card")
    if not found:
        return None
    url, words = found
    return CardView(lens.links.absolute(url), "image/png", WIDTH, HEIGHT, words, own is not None)
