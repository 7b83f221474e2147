"""Small pictures, made when they are needed, and how to look at those that a build made."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from PIL import Image

__all__ = ["FAST", "QUADRANTS", "encoded", "opened", "picture", "quadrants", "seen"]

FAST = "avif_speed = 10"
"""A setting that tests can afford."""
QUADRANTS = ("red", "lime", "blue", "white")
"""Upper left, upper right, lower left, lower right."""
_NAMES = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255), "black": (0, 0, 0)}


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture in a format."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def picture(width: int, height: int, format: str = "PNG", colour: Any = "red", **options: Any) -> bytes:
    """The bytes of a picture of one colour."""
    return encoded(Image.new("RGB", (width, height), colour), format, **options)


def quadrants(width: int, height: int, colours: Iterable[str] = QUADRANTS) -> Image.Image:
    """A picture of four colours, so that one sees which way is up and what was cut off."""
    image = Image.new("RGB", (width, height))
    across, down = width // 2, height // 2
    corners = ((0, 0), (across, 0), (0, down), (across, down))
    for corner, colour in zip(corners, colours, strict=True):
        image.paste(colour, (*corner, corner[0] + width - across, corner[1] + height - down))
    return image


def opened(data: bytes) -> Image.Image:
    """The picture in these bytes, its pixels loaded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def seen(image: Image.Image, x: float, y: float) -> str:
    """The name of the colour at a place given as shares of width and height, as near as lossy formats keep it."""
    pixel = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(pixel, tuple)
    return min(_NAMES, key=lambda name: sum((a - b) ** 2 for a, b in zip(_NAMES[name], pixel, strict=True)))
