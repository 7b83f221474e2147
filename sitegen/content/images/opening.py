"""From the bytes of a picture to its pixels: upright, in sRGB, eight bits a channel.

What a file says beside its pixels is read here and nowhere kept, so none of it can reach an output by oversight.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

__all__ = ["has_alpha", "is_moving", "is_plain", "opened", "upright"]

Image.MAX_IMAGE_PIXELS = None  # `looking` has a limit of its own, which the site sets, and looks before it loads
_ORIENTATION = 0x0112
"""EXIF tag (CIPA DC-008)."""
_MOVING = frozenset(("AVIF", "GIF", "PNG", "WEBP"))
"""Formats of which several pictures in one file make an animation. In a JPEG of a telephone they do not."""
_DEEP = frozenset(("I", "I;16", "I;16B", "I;16L"))
_SPACES = {"RGB ": "RGB", "CMYK": "CMYK", "GRAY": "L"}
"""Colour spaces of profiles (ICC.1, section 7.2.6), and the mode of the pixels that each describes."""


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in these bytes; its pixels are not loaded yet. Raises whatever Pillow raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd about a file and does not matter
        with Image.open(BytesIO(data)) as picture:
            yield picture


def is_moving(picture: Image.Image) -> bool:
    """Whether it is an animation."""
    return picture.format in _MOVING and getattr(picture, "is_animated", False)


def is_plain(picture: Image.Image) -> bool:
    """Whether its pixels are what is shown: upright, and in sRGB."""
    return _orientation(picture) in (0, 1) and not _foreign_profile(picture)


def has_alpha(picture: Image.Image) -> bool:
    """Whether something shines through it. Loads its pixels."""
    if picture.mode not in ("RGBA", "LA", "PA", "RGBa", "La") and "transparency" not in picture.info:
        return False
    return picture.convert("RGBA").getchannel("A").getextrema() != (255, 255)


def upright(picture: Image.Image) -> Image.Image:
    """The picture as it is shown, in mode RGB, or RGBA where something shines through. Loads its pixels."""
    alpha = has_alpha(picture)
    image = _in_srgb(_shallow(picture), alpha)
    if _orientation(picture) > 1:
        image.getexif()[_ORIENTATION] = _orientation(picture)
        image = ImageOps.exif_transpose(image)
    image.info = {}  # or Pillow would write some of it
    return image


def _orientation(picture: Image.Image) -> int:
    with suppress(Exception):  # a broken EXIF block says nothing
        return int(picture.getexif().get(_ORIENTATION, 1))
    return 1


def _shallow(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey become eight. Pillow itself would cut off what is above 255."""
    if picture.mode not in _DEEP:
        return picture
    image = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    image.info.update(picture.info)
    return image


def _in_srgb(picture: Image.Image, alpha: bool) -> Image.Image:
    profile = _foreign_profile(picture)
    image = picture.convert("RGBA" if alpha else "RGB")
    if profile is None:
        return image
    space = _SPACES.get(profile.profile.xcolor_space, "")
    pixels = picture if picture.mode == space else image.convert("RGB") if space == "RGB" else None
    if pixels is None:
        return image
    with suppress(ImageCms.PyCMSError):  # a profile that is none says nothing
        shown = ImageCms.profileToProfile(pixels, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
        assert shown is not None
        if alpha:
            shown.putalpha(image.getchannel("A"))
        return shown
    return image


def _foreign_profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The colour profile, if there is one, and it is not that of the web."""
    found = picture.info.get("icc_profile")
    with suppress(ImageCms.PyCMSError, OSError):
        profile = ImageCms.ImageCmsProfile(BytesIO(found)) if found else None
        return profile if profile and "sRGB" not in ImageCms.getProfileDescription(profile) else None
    return None
