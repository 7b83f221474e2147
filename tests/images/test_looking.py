"""What is found out of a picture file, whatever it is."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sitegen.content.images import Facts
from sitegen.content.images.looking import look
from tests.support.pictures import encoded, picture, quadrants

MOST = 1_000_000
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0"/></svg>'


def facts(data: bytes, path: str = "content/a.png") -> Facts:
    return look(data, "mark", path, MOST)


@pytest.mark.parametrize("format", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_formats(format: str) -> None:
    path = f"content/A.{format}" if format != "JPEG" else "content/a.jpg"
    assert facts(picture(30, 20, format), path) == Facts("mark", format.lower(), 30, 20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_that_readers_see(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = facts(picture(30, 20, "JPEG", exif=exif))
    assert (found.width, found.height) == ((30, 20) if orientation < 5 else (20, 30))


@pytest.mark.parametrize(
    ("image", "options", "alpha"),
    [
        (Image.new("1", (4, 4)), {}, False),
        (Image.new("L", (4, 4)), {}, False),
        (Image.new("LA", (4, 4), (9, 100)), {}, True),
        (Image.new("RGBA", (4, 4), (9, 9, 9, 255)), {}, False),
        (Image.new("RGBA", (4, 4), (9, 9, 9, 254)), {}, True),
        (Image.new("P", (4, 4)), {}, False),
        (Image.new("P", (4, 4)), {"transparency": 0}, True),
        (Image.new("I;16", (4, 4), 40_000), {}, False),
        (Image.new("RGB", (1, 1)), {}, False),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else None,
)
def test_kinds_of_pixels(image: Image.Image, options: dict[str, Any], alpha: bool) -> None:
    found = facts(encoded(image, **options))
    assert found == Facts("mark", "png", *image.size, alpha)


def test_a_picture_for_print() -> None:
    assert facts(encoded(Image.new("CMYK", (4, 4)), "JPEG")) == Facts("mark", "png", 4, 4)


def test_a_picture_is_what_its_content_says_and_is_published_as_its_name_says() -> None:
    assert facts(picture(3, 2, "PNG"), "content/a.jpg") == Facts("mark", "jpeg", 3, 2)


def test_a_picture_of_a_telephone_is_no_animation() -> None:
    """Such a JPEG holds a second picture: MPO (CIPA DC-007)."""
    other = Image.new("RGB", (5, 5))
    data = encoded(quadrants(6, 4), "MPO", save_all=True, append_images=[other])
    assert facts(data, "content/a.jpg") == Facts("mark", "jpeg", 6, 4)


@pytest.mark.parametrize("format", ["AVIF", "GIF", "PNG", "WEBP"])
def test_animations(format: str) -> None:
    frames: dict[str, Any] = {"save_all": True, "append_images": [Image.new("RGB", (6, 4), "blue")]}
    found = facts(encoded(quadrants(6, 4), format, **frames), f"content/a.{format.lower()}")
    assert (found.moving, found.still, found.width, found.height) == (True, False, 6, 4)


def test_an_animation_that_says_where_it_was_taken_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (55.0, 40.0, 0.0)}
    data = encoded(quadrants(6, 4), "WEBP", save_all=True, append_images=[Image.new("RGB", (6, 4))], exif=exif)
    assert facts(data, "content/a.webp").fault == "private-image"


def moving(format: str, **options: Any) -> bytes:
    """An animation of two pictures."""
    return encoded(quadrants(6, 4), format, save_all=True, append_images=[Image.new("RGB", (6, 4))], **options)


def test_an_animation_may_say_so_in_xmp() -> None:
    xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a xmlns:e="http://ns.adobe.com/exif/1.0/" e:GPSLatitude="1,2N"/>'
    packed = PngInfo()
    packed.add_itxt("XML:com.adobe.xmp", xmp, zip=True)
    gif = moving("GIF")
    extension = b"!\xff\x0bXMP DataXMP" + xmp.encode() + bytes((1, *range(255, -1, -1), 0))
    files = {
        "webp": moving("WEBP", xmp=xmp.encode()),
        "avif": moving("AVIF", xmp=xmp.encode()),
        "png": moving("PNG", pnginfo=packed),
        "gif": gif[:-1] + extension + gif[-1:],
    }
    for suffix, data in files.items():
        assert facts(data, f"content/a.{suffix}").fault == "private-image", suffix


def damaged() -> dict[str, bytes]:
    whole = encoded(quadrants(64, 64), "JPEG")
    png = encoded(quadrants(64, 64))
    return {
        "nothing": b"",
        "one byte": b"x",
        "a page": b"<!doctype html><title>Not found</title>",
        "the beginning of a JPEG": whole[: len(whole) // 2],
        "a JPEG without pixels": whole[:200],
        "the beginning of a PNG": png[: len(png) // 2],
        "a PNG with a broken part": png.replace(b"IDAT", b"IDOT"),
        "the beginning of a WebP": encoded(quadrants(64, 64), "WEBP")[:100],
        "the beginning of an AVIF": encoded(quadrants(64, 64), "AVIF")[:-60],
        "the beginning of a GIF": encoded(quadrants(64, 64), "GIF")[:60],
    }


@pytest.mark.parametrize("name", damaged())
def test_what_is_damaged_is_told(name: str) -> None:
    found = facts(damaged()[name])
    assert (found.fault, found.width, found.still) == ("broken-image", 0, False)
    assert found.message.startswith("this ")
    assert found.hint


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large (W3C PNG, section 11.2.2)."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", body), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(1001, 1000), (60_000, 60_000), (2_000_000_000, 2_000_000_000)])
def test_a_picture_that_would_fill_the_memory_is_not_loaded(size: tuple[int, int]) -> None:
    found = facts(bomb(*size))
    assert found.fault == "huge-image"
    assert f"{size[0]} × {size[1]}" in found.message
    assert "max_pixels" in found.hint


def test_as_many_pixels_as_are_allowed() -> None:
    assert look(picture(10, 10), "mark", "content/a.png", 100).fault == ""
    assert look(picture(10, 10), "mark", "content/a.png", 99).fault == "huge-image"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30px" height="20.4px" viewBox="0 0 1 1"', (30, 20)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="0,0, 300,200" width="100%"', (300, 200)),
        ('viewBox="a b c d"', (0, 0)),
        ('viewBox="0 0"', (0, 0)),
        ('viewBox="0 0 -3 2"', (0, 0)),
        ('viewBox="0 0 inf nan"', (0, 0)),
        ('viewBox="0 0 1e30 1e30"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    found = facts(SVG.format(attributes).encode(), "content/a.svg")
    assert (found.fault, found.kind, found.still, (found.width, found.height)) == ("", "svg", False, size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<html></html>",
        SVG.format("")[:-6].encode(),
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        + SVG.format("").replace("<path", "<text>&b;</text><path").encode(),
        picture(2, 2),
    ],
)
def test_what_is_no_drawing_is_told(data: bytes) -> None:
    assert facts(data, "content/a.svg").fault == "broken-image"


def test_a_drawing_that_is_nested_without_measure_is_told() -> None:
    """Cleaned, the second would fill four gigabytes with blanks."""
    for deep, fault in ((100, ""), (50_000, "broken-image")):
        data = (
            SVG.format("").replace("<path", "<g>" * deep + "<path").replace("/></svg>", "/>" + "</g>" * deep + "</svg>")
        )
        assert facts(data.encode(), "content/a.svg").fault == fault


def test_whatever_the_file_says_beside_its_pixels_may_be_broken() -> None:
    for options in ({"exif": b"Exif\0\0nonsense"}, {"icc_profile": b"nonsense"}, {"icc_profile": b"\0" * 200}):
        assert facts(picture(30, 20, "JPEG", **options)) == Facts("mark", "png", 30, 20)
    data = BytesIO(picture(30, 20, "JPEG")).getvalue()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x40nonsense"
    broken = data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]
    assert facts(broken).fault == ""
