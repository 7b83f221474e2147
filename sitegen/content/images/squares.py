"""From a picture to an icon: a pure function, for one version of Pillow and resvg."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from sitegen.content.images.drawings import cleaned, drawn_size
from sitegen.content.images.icons import ICONS
from sitegen.content.images.opening import opened, upright
from sitegen.content.images.rasters import drawn
from sitegen.errors import ContentError, Span

__all__ = ["square"]

_NOTHING = (0, 0, 0, 0)


def square(data: bytes, name: str, background: str, path: str) -> bytes:
    """The icon with this name, made of the picture at `path`. Raises `ContentError`."""
    icon = ICONS[name]
    side = icon.size * icon.share // 100
    try:
        picture = _drawn(data, side) if path.lower().endswith(".svg") else _pixels(data)
    except Exception as error:  # as in `looking`
        message = f"no icon can be made of this picture: {error}"
        raise ContentError(message, Span(path), code="broken-image") from error
    scale = side / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", (icon.size, icon.size), background if icon.opaque else _NOTHING)
    ground.alpha_composite(picture, ((icon.size - width) // 2, (icon.size - height) // 2))
    return _written(ground.convert("RGB") if icon.opaque else ground, name)


def _written(image: Image.Image, name: str) -> bytes:
    out = BytesIO()
    if name.endswith(".ico"):
        image.save(out, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pixels(data: bytes) -> Image.Image:
    with opened(data) as picture:
        return upright(picture).convert("RGBA")


def _drawn(data: bytes, side: int) -> Image.Image:
    """A drawing in pixels, its longer side as long as wanted."""
    text = cleaned(data)
    width, height = drawn_size(text)
    size = {"height": side} if height > width else {"width": side}
    with Image.open(BytesIO(drawn(text.decode(), **size))) as picture:
        return picture.convert("RGBA")
