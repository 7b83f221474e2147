"""From the bytes of a picture file to facts. Whatever is wrong with a file is one of them."""

from __future__ import annotations

from PIL import Image, UnidentifiedImageError

from sitegen.content.images.credits import credit_of, says_where
from sitegen.content.images.drawings import cleaned, drawn_size
from sitegen.content.images.facts import DRAWING, Facts, kind_of
from sitegen.content.images.opening import has_alpha, is_moving, opened, upright

__all__ = ["look"]


def look(data: bytes, mark: str, path: str, most: int) -> Facts:
    """The facts of the picture at `path`, whose bytes have the digest `mark`, if it has no more than `most` pixels.

    Its pixels are loaded once, to be sure that they can be.
    """
    kind = kind_of(path)
    try:
        return _drawing(data, mark) if kind == DRAWING else _picture(data, mark, kind, most)
    except UnidentifiedImageError:
        return _fault(mark, "broken-image", "this is no picture, and it is left out", "is the file empty, or a page?")
    except Exception as error:  # decoders raise whatever comes to their mind
        what = str(error).partition("\n")[0] or type(error).__name__
        return _fault(mark, "broken-image", f"this picture is damaged, and it is left out: {what}", "save it again")


def _fault(mark: str, code: str, message: str, hint: str) -> Facts:
    return Facts(mark, fault=code, message=message, hint=hint)


def _drawing(data: bytes, mark: str) -> Facts:
    try:
        width, height = drawn_size(cleaned(data))
    except (ValueError, SyntaxError) as error:
        hint = "the file must be well-formed, in the namespace of SVG, and define no entities"
        return _fault(mark, "broken-image", f"this drawing is no SVG, and it is left out: {error}", hint)
    return Facts(mark, DRAWING, width, height, alpha=True)


def _picture(data: bytes, mark: str, kind: str, most: int) -> Facts:
    with opened(data) as picture:
        if picture.width * picture.height > most:
            message = f"this picture has {picture.width} × {picture.height} pixels, and it is left out"
            return _fault(mark, "huge-image", message, "scale it down, or raise `max_pixels` in `[images]`")
        if is_moving(picture):
            return _animation(picture, data, mark, kind)
        credit = credit_of(picture)
        alpha = has_alpha(picture)
        image = upright(picture)
        return Facts(mark, kind, image.width, image.height, alpha, credit=credit)


def _animation(picture: Image.Image, data: bytes, mark: str, kind: str) -> Facts:
    """It is published untouched, so it may hold nothing that must stay back."""
    if says_where(picture, data):
        hint = "save it without its metadata"
        return _fault(mark, "private-image", "this animation says where it was taken, and it is left out", hint)
    return Facts(mark, kind, picture.width, picture.height, moving=True)
