"""Which part of a picture is cut out, and which sizes are offered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import ImagesConfig
from sitegen.content.images import RATIOS, Facts, Variant, crop, crop_sources, own, sources, variant_url
from sitegen.content.images.crops import crop_box, ratio_of

SETTINGS = ImagesConfig()
sides = st.integers(1, 9000)
shares = st.integers(0, 100)


def facts(width: int, height: int, alpha: bool = False) -> Facts:
    return Facts("0" * 32, "jpeg", width, height, alpha)


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((1600, 900), "16:9", "", (0, 0, 1600, 900)),
        ((1600, 900), "1:1", "", (350, 0, 1250, 900)),
        ((1600, 900), "1:1", "0% 0%", (0, 0, 900, 900)),
        ((1600, 900), "1:1", "100% 50%", (700, 0, 1600, 900)),
        ((1600, 900), "1:1", "30% 50%", (30, 0, 930, 900)),
        ((900, 1600), "16:9", "50% 25%", (0, 147, 900, 653)),
        ((900, 1600), "16:9", "50% 99.5%", (0, 1094, 900, 1600)),
        ((1, 1), "16:9", "", (0, 0, 1, 1)),
        ((1, 4000), "16:9", "", (0, 2000, 1, 2001)),
    ],
)
def test_a_crop_is_as_large_as_can_be(
    size: tuple[int, int], ratio: str, focus: str, box: tuple[int, int, int, int]
) -> None:
    assert crop_box(size, ratio, focus) == box


@given(sides, sides, st.sampled_from(RATIOS), shares, shares)
def test_a_crop_lies_inside_and_holds_its_focus(width: int, height: int, ratio: str, x: int, y: int) -> None:
    left, top, right, bottom = crop_box((width, height), ratio, f"{x}% {y}%")
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= bottom + 1
    across, down = ratio_of(ratio)
    assert right - left == width or bottom - top == height
    assert abs((right - left) * down - (bottom - top) * across) <= max(across, down)


@pytest.mark.parametrize(
    ("width", "offered"),
    [
        (3000, [480, 800, 1200, 1600]),
        (1600, [480, 800, 1200, 1600]),
        (1599, [480, 800, 1200, 1599]),
        (1000, [480, 800, 1000]),
        (480, [480]),
        (20, [20]),
    ],
)
def test_nothing_is_made_larger(width: int, offered: list[int]) -> None:
    known = facts(width, 700)
    found = sources(known, SETTINGS)
    assert list(found) == ["avif", "webp"]
    assert [[variant.width for variant in steps] for steps in found.values()] == [offered, offered]
    assert own(known, SETTINGS).width == min(width, 1600)
    for ratio in RATIOS:
        variant = crop(known, SETTINGS, ratio, "")
        assert variant.width <= min(width, 1200)
        assert variant.width == min(1200, variant.box[2] - variant.box[0])


def test_cards_come_in_few_widths_and_other_crops_in_one() -> None:
    known = facts(2400, 1600)
    assert [variant.width for variant in crop_sources(known, SETTINGS, "4:3", "")["webp"]] == [480, 800]
    assert crop_sources(known, SETTINGS, "16:9", "") == {}
    assert crop(known, SETTINGS, "1200:630", "").height == 630
    wide = ImagesConfig(widths=(2000, 1000), card="1:1")
    assert [variant.width for variant in crop_sources(known, wide, "1:1", "")["avif"]] == [1000]


def test_what_shines_through_stays_so() -> None:
    assert crop(facts(100, 100, alpha=True), SETTINGS, "1:1", "").format == "png"
    assert crop(facts(100, 100), SETTINGS, "1:1", "").format == "jpeg"


def test_widths_in_any_order_or_none() -> None:
    known = facts(900, 600)
    mixed = ImagesConfig(widths=(800, 400, 800), formats=("webp",))
    assert [variant.width for variant in sources(known, mixed)["webp"]] == [400, 800]
    none = ImagesConfig(widths=())
    assert sources(known, none) == {}
    assert crop_sources(known, none, "4:3", "") == {}
    assert own(known, none).width == 900


def test_the_url_has_a_digest_of_all_that_the_bytes_depend_on() -> None:
    variant = Variant("avif", (0, 0, 1600, 1000), 800, 500, 60, 8)
    url = variant_url("/a/bridge.jpg", "0" * 32, variant)
    assert re.fullmatch(r"/a/bridge\.[0-9a-f]{10}-800\.avif", url)
    assert Variant.read(variant.spec) == variant
    others = [
        variant_url("/a/bridge.png", "0" * 32, variant),
        variant_url("/a/bridge.jpg", "1" * 32, variant),
        variant_url("/a/bridge.jpg", "0" * 32, Variant("avif", (0, 0, 1600, 1001), 800, 500, 60, 8)),
        variant_url("/a/bridge.jpg", "0" * 32, Variant("avif", (0, 0, 1600, 1000), 800, 500, 61, 8)),
    ]
    assert len({url, *others}) == 5
    assert variant_url("/a/b.jpg", "0" * 32, Variant("jpeg", (0, 0, 9, 9), 9, 9, 80)).endswith("-9.jpg")


@pytest.mark.parametrize("stem", ["é" * 120, "語" * 83, "a" * 250])
def test_a_long_name_is_cut_at_a_character(stem: str) -> None:
    url = variant_url(f"/{stem}.jpg", "0" * 32, Variant("avif", (0, 0, 1600, 1000), 800, 500, 60, 8))
    assert len(url.encode()) <= 256
    assert url.endswith("-800.avif")
    assert stem.startswith(url[1:].partition(".")[0])
