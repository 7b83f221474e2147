"""What makes the bytes of pictures, icons, drawings and cards, and what those are told by in the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sitegen.content.cards import Card
from sitegen.content.images import ImageCache, Variant
from sitegen.engine import Engine
from sitegen.files import Files
from sitegen.plain import digest
from sitegen.versions import CARDS, versions_of

if TYPE_CHECKING:
    from sitegen.content.images.encoding import Encoder

__all__ = ["cache_key", "card_key", "icon_key", "image_makers"]


def image_makers(engine: Engine, files: Files, images: ImageCache) -> Mapping[str, Callable[..., bytes]]:
    """By the kind of a route, what makes its bytes from its subject.

    The routes of variants, icons and cards say all that their bytes depend on beside the file, so no setting is read.
    """

    def load_encoder() -> Encoder:
        from sitegen.content.images.encoding import Encoder

        return Encoder()

    encoder = cache(engine.watched("setup", "loading Pillow", load_encoder))

    def variant(path: str, spec: str) -> bytes:
        mark = engine.read("file", path)
        key = cache_key(mark, spec)
        known = images.get(key)
        return known or images.put(key, encoder().encode(files.load(path), mark, Variant.read(spec), path))

    def drawing(path: str) -> bytes:
        from sitegen.content.images.drawings import cleaned

        engine.read("file", path)
        return cleaned(files.load(path))

    def icon(path: str, name: str, background: str) -> bytes:
        from sitegen.content.images.squares import square

        mark = engine.read("file", path)
        key = icon_key(mark, name, background)
        return images.get(key) or images.put(key, square(files.load(path), name, background, path))

    def card(spec: str) -> bytes:
        from sitegen.content.cards.drawing import card_bytes

        key = card_key(spec)
        return images.get(key) or images.put(key, card_bytes(Card.read(spec)))

    return {"picture": variant, "drawing": drawing, "icon": icon, "card": card}


def card_key(spec: str) -> str:
    """What a card is made from, and with: a key for the cache."""
    return f"card {digest(spec.encode('utf-8', 'surrogatepass'))} {versions_of(CARDS)}"


def icon_key(mark: str, name: str, background: str) -> str:
    """The same for an icon."""
    from sitegen.content.images.rasters import resvg

    return cache_key(mark, f"{name} {background} {resvg()}")


def cache_key(mark: str, spec: str) -> str:
    """What the bytes of a variant are made from, and with: a key for the cache."""
    from sitegen.content.images.encoding import codecs

    return f"{mark} {spec} {codecs()}"
