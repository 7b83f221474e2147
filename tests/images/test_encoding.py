"""The bytes of a variant: pixels where they belong, and nothing beside them but whose picture it is."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PIL import Image, ImageCms, IptcImagePlugin

from sitegen.config import ImagesConfig
from sitegen.content.images import Variant, crop, own, sources
from sitegen.content.images.drawings import cleaned
from sitegen.content.images.encoding import Encoder, codecs
from sitegen.content.images.looking import look
from sitegen.errors import ContentError
from tests.support.pictures import QUADRANTS, encoded, opened, picture, quadrants, seen

SETTINGS = ImagesConfig(widths=(20, 40), avif_speed=10)
CORNERS = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))
SECRETS = (b"51.5007", b"Secret Camera", b"SN-4711", b"private note", b"GPS")


def variants(data: bytes, path: str = "content/a.jpg", focus: str = "") -> dict[str, Variant]:
    """Every variant that there may be, by a name."""
    facts = look(data, "mark", path, 10**6)
    assert facts.fault == ""
    offered = [variant for steps in sources(facts, SETTINGS).values() for variant in steps]
    crops = [crop(facts, SETTINGS, ratio, focus) for ratio in ("16:9", "1:1")]
    named = {f"{variant.format} {variant.width}": variant for variant in offered}
    return {"own": own(facts, SETTINGS), "16:9": crops[0], "1:1": crops[1], **named}


def made(data: bytes, variant: Variant) -> bytes:
    return Encoder().encode(data, "mark", variant, "content/a.jpg")


def corners(image: Image.Image) -> tuple[str, ...]:
    return tuple(seen(image, *corner) for corner in CORNERS)


def telling_exif(orientation: int = 1) -> Image.Exif:
    """What a camera writes, and what a photographer adds."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera"
    exif[0xA431] = "SN-4711"
    exif[0x013B] = "Åse Berg".encode()
    exif[0x8298] = "© Courier".encode()
    exif[0x9286] = b"ASCII\0\0\0private note"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 2.52), 3: "W", 4: (0.0, 7.0, 28.0), 29: "2026:01:01"}
    return exif


def telling(format: str, orientation: int = 1, size: tuple[int, int] = (36, 24), **options: Any) -> bytes:
    if format == "JPEG":
        options["comment"] = b"private note"
    if format != "GIF":
        xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">51.5007 private note</x:xmpmeta>'
        options |= {"exif": telling_exif(orientation), "xmp": xmp}
    return encoded(quadrants(*size), format, **options)


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, (0, 1, 2, 3)),
        (2, (1, 0, 3, 2)),
        (3, (3, 2, 1, 0)),
        (4, (2, 3, 0, 1)),
        (5, (0, 2, 1, 3)),
        (6, (2, 0, 3, 1)),
        (7, (3, 1, 2, 0)),
        (8, (1, 3, 0, 2)),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_variant_stands_upright(format: str, orientation: int, expected: tuple[int, ...]) -> None:
    data = telling(format, orientation)
    for name, variant in variants(data, f"content/a.{format.lower()}").items():
        image = opened(made(data, variant))
        assert image.size == (variant.width, variant.height), name
        assert image.getexif().get(0x0112, 1) == 1, name
        if ":" not in name:
            assert corners(image) == tuple(QUADRANTS[number] for number in expected), name


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("size", [(36, 24), (90, 60)])
def test_nothing_private_is_published(format: str, size: tuple[int, int]) -> None:
    data = telling(format, size=size)
    assert any(secret in data for secret in SECRETS)
    for name, variant in variants(data, f"content/a.{format.lower()}").items():
        result = made(data, variant)
        assert [secret for secret in SECRETS if secret in result] == [], name
        image = opened(result)
        assert set(image.getexif()) <= {0x013B, 0x8298}, name
        assert image.info.keys().isdisjoint(("comment", "xmp", "icc_profile", "photoshop")), name


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_whose_picture_it_is_stays_in_it(format: str) -> None:
    data = telling(format)
    for name, variant in variants(data, f"content/a.{format.lower()}").items():
        exif = opened(made(data, variant)).getexif()
        assert exif[0x013B].encode("latin-1").decode() == "Åse Berg", name
        assert exif[0x8298].encode("latin-1").decode() == "© Courier", name


def iptc(**fields: str) -> bytes:
    """A JPEG with an IPTC block (IPTC IIM 4.2, section 1.5) in an image resource of Photoshop."""
    numbers = {"byline": 80, "credit": 110}
    records = b"".join(
        struct.pack(">BBBH", 0x1C, 2, numbers[name], len(text.encode())) + text.encode()
        for name, text in fields.items()
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    segment = b"Photoshop 3.0\0" + block
    data = picture(6, 4, "JPEG", exif=telling_exif())
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def test_the_credit_that_a_file_offers() -> None:
    def credit(data: bytes) -> str:
        return look(data, "mark", "content/a.jpg", 100).credit

    assert credit(telling("JPEG", size=(6, 4))) == "Åse Berg"
    assert credit(iptc(byline="Jo Kim", credit="Courier / Kim")) == "Courier / Kim"
    assert credit(iptc(byline="Jo \0 Kim")) == "Jo Kim"
    assert credit(picture(6, 4, "JPEG")) == ""
    old = Image.Exif()
    old[0x013B] = "Åse".encode("cp1252")
    assert credit(picture(6, 4, "JPEG", exif=old)) == "Åse"
    assert IptcImagePlugin.getiptcinfo(opened(made(iptc(credit="x"), variants(iptc(credit="x"))["own"]))) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ratio", "focus", "colour"),
    [("1:1", "0% 0%", "red"), ("1:1", "100% 100%", "lime"), ("1:1", "50% 50%", "blue")],
)
def test_a_crop_keeps_its_focus_in_sight(ratio: str, focus: str, colour: str) -> None:
    image = Image.new("RGB", (90, 30))
    for number, name in enumerate(("red", "blue", "lime")):
        image.paste(name, (number * 30, 0, number * 30 + 30, 30))
    data = encoded(image, "PNG")
    result = opened(made(data, variants(data, focus=focus)[ratio]))
    assert result.size == (30, 30)
    assert {seen(result, x, y) for x in (0.1, 0.5, 0.9) for y in (0.1, 0.9)} == {colour}


def test_the_focus_is_where_readers_see_it() -> None:
    """A camera on its side: what is at the right of the file is at the top, or at the bottom, of the picture."""
    image = Image.new("RGB", (90, 30), "red")
    image.paste("blue", (0, 0, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(image, "PNG", exif=exif)
    result = opened(made(data, variants(data, focus="50% 0%")["1:1"]))
    assert {seen(result, x, y) for x in (0.1, 0.9) for y in (0.1, 0.9)} == {"blue"}


@pytest.mark.parametrize(
    ("image", "options", "expected"),
    [
        (Image.new("1", (9, 9), 1), {}, (255, 255, 255)),
        (Image.new("L", (9, 9), 120), {}, (120, 120, 120)),
        (Image.new("I;16", (9, 9), 120 * 257), {}, (120, 120, 120)),
        (Image.new("RGBA", (9, 9), (255, 0, 0, 128)), {}, (255, 127, 127)),
        (Image.new("LA", (9, 9), (0, 128)), {}, (127, 127, 127)),
        (Image.new("P", (9, 9), 0), {"transparency": 0}, (255, 255, 255)),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else None,
)
def test_kinds_of_pixels(image: Image.Image, options: dict[str, Any], expected: tuple[int, int, int]) -> None:
    """As they are on white paper."""
    data = encoded(image, **options)
    found = variants(data, "content/a.png")
    for name, variant in found.items():
        shown = opened(made(data, variant)).convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        pixel = paper.getpixel((4, 4))
        assert isinstance(pixel, tuple)
        if name == "own" and image.mode == "I;16":
            continue  # it keeps its sixteen bits
        assert all(abs(a - b) <= 6 for a, b in zip(pixel, expected, strict=False)), (name, pixel)


def test_a_picture_keeps_its_depth_and_its_palette() -> None:
    deep = encoded(Image.new("I;16", (9, 9), 12_345))
    assert opened(made(deep, variants(deep, "content/a.png")["own"])).getpixel((4, 4)) == 12_345
    palette = encoded(quadrants(9, 9).convert("P", palette=Image.Palette.ADAPTIVE, colors=4), transparency=0)
    kept = opened(made(palette, variants(palette, "content/a.png")["own"]))
    assert (kept.mode, kept.info["transparency"]) == ("P", opened(palette).info["transparency"])


def test_a_picture_that_keeps_its_size_keeps_its_quality() -> None:
    data = encoded(quadrants(36, 24), "JPEG", quality=93, subsampling=0)
    result = opened(made(data, variants(data)["own"]))
    assert result.quantization == opened(data).quantization  # type: ignore[attr-defined]
    still = encoded(quadrants(36, 24), "GIF", comment=b"private note")
    result = opened(made(still, variants(still, "content/a.gif")["own"]))
    assert (result.format, corners(result), result.info.get("comment")) == ("GIF", QUADRANTS, None)


def test_a_picture_is_published_in_the_format_of_its_name() -> None:
    data = encoded(Image.new("RGBA", (9, 9), (255, 0, 0, 0)))
    result = opened(made(data, variants(data, "content/a.jpg")["own"]))
    assert (result.format, result.mode, seen(result, 0.5, 0.5)) == ("JPEG", "RGB", "white")


def test_colours_for_print_become_those_of_the_web() -> None:
    data = encoded(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG")
    for name, variant in variants(data).items():
        image = opened(made(data, variant))
        assert image.mode == "RGB", name
        assert seen(image, 0.5, 0.5) == "red", name


def swapped_profile() -> bytes:
    """The profile of sRGB with the places of red and green exchanged, and another name."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    first, second = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[first : first + 4], data[second : second + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be")).replace(b"sRGB", b"swap")


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_colours_of_a_profile_become_those_of_the_web(format: str) -> None:
    data = encoded(Image.new("RGB", (9, 9), "red"), format, icc_profile=swapped_profile())
    for name, variant in variants(data, f"content/a.{format.lower()}").items():
        image = opened(made(data, variant))
        assert "icc_profile" not in image.info, name
        assert seen(image, 0.5, 0.5) == "lime", name


def test_the_same_bytes_whatever_was_made_before() -> None:
    data, other = telling("JPEG", 6, (90, 60)), telling("PNG", 3, (50, 80))
    used = Encoder()
    for number, variant in enumerate(variants(data).values()):
        used.encode(other, "other", list(variants(other, "content/a.png").values())[number], "content/a.png")
        assert used.encode(data, "mark", variant, "content/a.jpg") == made(data, variant)


def test_a_format_that_cannot_be_written_is_told() -> None:
    variant = Variant("webp", (0, 0, 20_000, 1), 20_000, 1, 80)
    with pytest.raises(ContentError, match="WEBP") as caught:
        made(picture(20_000, 1), variant)
    assert caught.value.problem.span.path == "content/a.jpg"


def test_the_codecs_are_named_with_their_versions() -> None:
    assert "pil " in codecs()
    assert "avif " in codecs()


def test_a_drawing_can_do_nothing() -> None:
    drawing = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" onload="alert(1)">
    <script>alert(2)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">html</p></foreignObject>
    <style>@import "https://else.example/a.css"; .a { fill: url(#g) }</style>
    <metadata>51.5007</metadata><linearGradient id="g"/><a href="javascript:alert(3)"><text>Words</text></a>
    <use x:href="https://else.example/b.svg#c"/><image href="data:text/html,x"/>
    <rect fill="url(#g)" onclick="a()"/></svg>"""
    result = cleaned(drawing).decode()
    for harm in ("script", "alert", "onload", "onclick", "foreignObject", "html", "else.example", "51.5007"):
        assert harm not in result, harm
    assert "Words" in result
    assert 'fill="url(#g)"' in result
    assert cleaned(result.encode()).decode() == result
