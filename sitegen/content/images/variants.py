"""Which sizes and formats of a picture are offered, what each is made from, and its URL.

A variant is told by its `spec`: with the bytes of the picture it decides the bytes of the variant, so a digest of both
stands in its URL, and browsers may keep it for ever. Nothing is ever made larger than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from sitegen.config import ImagesConfig
from sitegen.content.images.crops import Box, crop_box
from sitegen.content.images.facts import Facts
from sitegen.plain import Record, digest
from sitegen.regex import regex

__all__ = ["RATIOS", "Variant", "crop", "crop_sources", "own", "sources", "stem_of", "variant_url"]

RATIOS = ("16:9", "4:3", "1:1", "1200:630")
"""Crops that every lead picture has: those that search engines ask for, and that of Open Graph."""
_CROP_WIDTH = 1200
"""Pixels: what search engines and social networks want at least for a large preview."""
_CARD_WIDTH = 800
"""Pixels: a card is a few hundred wide on the page, and screens have up to three for one."""
_DIGITS = 10
_VARIANT = regex(rf"(.+)\.[0-9a-f]{{{_DIGITS}}}-\d+\.\w+", re.DOTALL)
_LONGEST_NAME = 255
_SUFFIXES = {"jpeg": "jpg"}


class Variant(Record, frozen=True, dict=True):
    """A part (`box`) of an upright picture, scaled to `width` and `height`, in a format.

    `speed` is that of the AVIF encoder.
    """

    format: str
    box: Box
    width: int
    height: int
    quality: int = 0
    speed: int = 0

    @cached_property
    def spec(self) -> str:
        """All of it in one text."""
        return " ".join(map(str, (self.format, *self.box, self.width, self.height, self.quality, self.speed)))

    @classmethod
    def read(cls, spec: str) -> Variant:
        """The variant with this `spec`."""
        name, *numbers = spec.split(" ")
        left, top, right, bottom, width, height, quality, speed = map(int, numbers)
        return cls(name, (left, top, right, bottom), width, height, quality, speed)


def own(facts: Facts, settings: ImagesConfig) -> Variant:
    """The picture itself as it is published: in its own format, no wider than the widest variant."""
    width = min(facts.width, max(settings.widths, default=facts.width))
    return _variant(facts.kind, (0, 0, facts.width, facts.height), width, settings)


def sources(facts: Facts, settings: ImagesConfig) -> Mapping[str, list[Variant]]:
    """By format, in the order of preference: the whole picture in all widths, narrowest first."""
    return _all(settings.formats, (0, 0, facts.width, facts.height), settings.widths, settings)


def crop(facts: Facts, settings: ImagesConfig, ratio: str, focus: str) -> Variant:
    """The part of a picture with this ratio, in a format that all programs read."""
    box = crop_box((facts.width, facts.height), ratio, focus)
    return _variant("png" if facts.alpha else "jpeg", box, min(box[2] - box[0], _CROP_WIDTH), settings)


def crop_sources(facts: Facts, settings: ImagesConfig, ratio: str, focus: str) -> Mapping[str, list[Variant]]:
    """By format: the same part in all widths, if it is the ratio of cards; else nothing."""
    if ratio != settings.card:
        return {}
    narrow = [width for width in settings.widths if width <= _CARD_WIDTH] or sorted(settings.widths)[:1]
    return _all(settings.formats, crop_box((facts.width, facts.height), ratio, focus), narrow, settings)


def _all(
    formats: Iterable[str], box: Box, widths: Iterable[int], settings: ImagesConfig
) -> Mapping[str, list[Variant]]:
    steps = _steps(widths, box[2] - box[0])
    return {name: [_variant(name, box, width, settings) for width in steps] for name in formats if steps}


def _steps(widths: Iterable[int], whole: int) -> list[int]:
    """The widths that can be had of so many pixels; what would be too wide gives way to all there is."""
    return sorted({min(width, whole) for width in widths})


def _variant(name: str, box: Box, width: int, settings: ImagesConfig) -> Variant:
    left, top, right, bottom = box
    height = max(1, round((bottom - top) * width / (right - left)))
    quality: int = getattr(settings.quality, name, 0)
    return Variant(name, box, width, height, quality, settings.avif_speed if name == "avif" else 0)


def stem_of(url: str) -> str:
    """What the URL of a picture begins with if this is the URL of a variant of it; empty if it is none."""
    found = _VARIANT.fullmatch(url)
    return found[1] if found else ""


def variant_url(url: str, mark: str, variant: Variant) -> str:
    """The URL of a variant of the picture at `url`, whose bytes have the digest `mark`."""
    folder, _, name = url.rpartition("/")
    key = digest(f"{name} {mark} {variant.spec}".encode("utf-8", "surrogatepass"))[:_DIGITS]
    tail = f".{key}-{variant.width}.{_SUFFIXES.get(variant.format, variant.format)}"
    stem = name.rpartition(".")[0]
    if len(stem) * 4 > _LONGEST_NAME - len(tail):  # bytes are not counted unless there may be too many
        stem = stem.encode()[: _LONGEST_NAME - len(tail)].decode(errors="ignore")
    return f"{folder}/{stem}{tail}"
