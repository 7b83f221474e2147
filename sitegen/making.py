"""What makes the bytes of pictures, icons, drawings and cards, and what those are told by in the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from sitegen.content.cards import Card
from sitegen.content.images import ImageCache, Variant
from sitegen.engine import Engine
from sitegen.files import Files
from sitegen.plain import digest
from sitegen.versions import CARDS, versions_of

if TYPE_CHECKING:
    from sitegen.content.images.encoding import Encoder

__all__ = ["image_bytes", "image_key", "image_makers"]

_KEPT = ("picture", "icon", "card")
Mark = Callable[[str], str]
"""Gives the digest of a file."""
Load = Callable[[str], bytes]


def image_makers(engine: Engine, files: Files, images: ImageCache) -> Mapping[str, Callable[..., bytes]]:
    """By the kind of a route, what makes its bytes from its subject.

    The routes of variants, icons and cards say all that their bytes depend on beside the file, so no setting is read.
    """

    def load_encoder() -> Encoder:
        from sitegen.content.images.encoding import Encoder

        return Encoder()

    encoder = cache(engine.watched("setup", "loading Pillow", load_encoder))
    mark = partial(engine.read, "file")

    def kept(kind: str, *subject: str) -> bytes:
        key = image_key(kind, subject, mark)
        return images.get(key) or images.put(key, image_bytes(kind, subject, mark, files.load, encoder))

    def drawing(path: str) -> bytes:
        from sitegen.content.images.drawings import cleaned

        engine.read("file", path)
        return cleaned(files.load(path))

    return {"drawing": drawing, **{kind: partial(kept, kind) for kind in _KEPT}}


def image_key(kind: str, subject: Sequence[str], mark: Mark) -> str:
    """What the bytes of a route are kept under: what they are made from, and with; empty if they are not kept."""
    if kind == "picture":
        from sitegen.content.images.encoding import codecs

        path, spec = subject
        return f"{mark(path)} {spec} {codecs()}"
    if kind == "icon":
        from sitegen.content.images.encoding import codecs
        from sitegen.content.images.rasters import resvg

        path, name, background = subject
        return f"{mark(path)} {name} {background} {resvg()} {codecs()}"
    if kind == "card":
        return f"card {digest(subject[0].encode('utf-8', 'surrogatepass'))} {versions_of(CARDS)}"
    return ""


def image_bytes(kind: str, subject: Sequence[str], mark: Mark, load: Load, encoder: Callable[[], Encoder]) -> bytes:
    """The bytes of a route whose bytes are kept. Raises `ContentError`, and what `load` raises."""
    if kind == "picture":
        path, spec = subject
        return encoder().encode(load(path), mark(path), Variant.read(spec), path)
    if kind == "icon":
        from sitegen.content.images.squares import square

        path, name, background = subject
        return square(load(path), name, background, path)
    from sitegen.content.cards.drawing import card_bytes

    return card_bytes(Card.read(subject[0]))
