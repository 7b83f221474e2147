"""Pictures: what a page must know of one before the reader's browser has it."""

from __future__ import annotations

from io import BytesIO

__all__ = ["PICTURES", "dimensions"]

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_TURNED = range(5, 9)
"""Values of the EXIF orientation (CIPA DC-008, tag 0x0112) that lay a picture on its side."""


def dimensions(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as shown, orientation applied; (0, 0) for a drawing, or bytes that are no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
            turned = picture.getexif().get(0x0112) in _TURNED
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return 0, 0
    return (height, width) if turned else (width, height)
