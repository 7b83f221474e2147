"""From the bytes of a picture to the bytes of a variant: a pure function, for one version of Pillow and its codecs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, features

from sitegen.content.images.credits import kept_metadata
from sitegen.content.images.opening import is_plain, opened, upright
from sitegen.content.images.variants import Variant
from sitegen.errors import ContentError, Span

__all__ = ["Encoder", "codecs"]

_CODECS = ("pil", "jpg", "libjpeg_turbo", "zlib", "zlib_ng", "webp", "avif", "littlecms2")
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    # One thread: how libavif divides a picture depends on how many there are. The processes are busy anyway.
    "avif": {"max_threads": 1, "autotiling": False},
    "gif": {},
    "jpeg": {"optimize": True, "progressive": True},
    "png": {"optimize": True},
    "webp": {"method": 4},
}
_WHITE = "#ffffff"


@cache
def codecs() -> str:
    """Pillow and its codecs with their versions: other ones may write other bytes."""
    return " ".join(f"{name} {features.version(name)}" for name in _CODECS)


class Encoder:
    """Makes variants. It keeps the pixels of the last picture, since the variants of one are made one after another."""

    def __init__(self) -> None:
        self._mark = ""
        self._pixels: Image.Image | None = None
        self._kept = b""

    def encode(self, data: bytes, mark: str, variant: Variant, path: str) -> bytes:
        """The bytes of a variant of the picture at `path`, whose bytes `data` have the digest `mark`.

        Raises `ContentError`.
        """
        try:
            return _as_it_is(data, variant) or self._scaled(data, mark, variant)
        except Exception as error:  # as in `looking`
            message = f"the picture cannot be written as {variant.format.upper()}: {error}"
            hint = f"is Pillow built with it? If not, take `{variant.format}` out of `formats` in `[images]`"
            raise ContentError(message, Span(path), hint, code="broken-image") from error

    def _scaled(self, data: bytes, mark: str, variant: Variant) -> bytes:
        if self._mark != mark or self._pixels is None:
            self._pixels = None  # two large pictures may be too much
            with opened(data) as picture:
                self._mark, self._kept, self._pixels = mark, kept_metadata(picture), upright(picture)
        size = (variant.width, variant.height)
        image = self._pixels.resize(size, Image.Resampling.LANCZOS, variant.box, reducing_gap=3.0)
        return _written(_fit_for(image, variant.format), variant, self._kept)


def _as_it_is(data: bytes, variant: Variant) -> bytes:
    """A picture that keeps format and size keeps its pixels; empty if it has to be made anew."""
    with opened(data) as picture:
        same = (picture.format or "").lower() == variant.format in ("gif", "jpeg", "png")
        if not same or variant.box != (0, 0, *picture.size) or (variant.width, variant.height) != picture.size:
            return b""
        if not is_plain(picture) or picture.mode == "CMYK":
            return b""
        kept = kept_metadata(picture)
        picture.load()
        picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
        return _written(picture, variant, kept, "keep" if variant.format == "jpeg" else None)


def _fit_for(image: Image.Image, name: str) -> Image.Image:
    if name != "jpeg" or image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, _WHITE)
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _written(image: Image.Image, variant: Variant, metadata: bytes, quality: Any = None) -> bytes:
    options = dict(_OPTIONS[variant.format])
    if variant.quality:
        options["quality"] = quality or variant.quality
    if variant.format == "avif":
        options["speed"] = variant.speed
    if metadata and variant.format != "gif":
        options["exif"] = metadata
    out = BytesIO()
    image.save(out, variant.format.upper(), **options)
    return out.getvalue()
