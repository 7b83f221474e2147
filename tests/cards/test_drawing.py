"""The pixels of a card."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from sitegen.content.cards import Card
from sitegen.content.cards.drawing import card_bytes, card_svg

PAPER = "#fdfcf9"


def pixels(card: Card) -> Image.Image:
    with Image.open(BytesIO(card_bytes(card))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        return picture.convert("RGB")


def inked(picture: Image.Image, top: int, bottom: int) -> tuple[int, int]:
    """Where letters begin and end between two heights, from the left."""
    part = picture.crop((0, top, 1200, bottom))
    box = ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox()
    assert box is not None
    return box[0], box[2]


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Ferries stop at dawn", "en"),
        ("The Assembly votes by one voice for a barrage " * 7, "en"),
        ("中央车站的渡轮连续三天晚点，市长道歉", "zh"),
        ("港の渡し船が遅れ、市長が「申し訳ない」と謝罪した", "ja"),
        ("नौका तीन दिन से देर से चल रही है", "hi"),
        ("A 🦊 fox & a <ship>", "en"),
        ("x" * 300, "en"),
    ],
)
def test_letters_stay_within_the_margins(headline: str, language: str) -> None:
    left, right = inked(pixels(Card(headline, language)), 20, 630)
    assert left >= 60
    assert right <= 1140


@pytest.mark.parametrize(("headline", "language"), [("العبّارة متأخرة", "ar"), ("המעבורת של Courier מאחרת", "he")])
def test_what_runs_from_right_to_left_begins_on_the_right(headline: str, language: str) -> None:
    left, right = inked(pixels(Card(headline, language)), 20, 630)
    assert 1100 <= right <= 1140
    assert left > 200


def test_mixed_directions_are_in_the_order_of_the_language() -> None:
    """The Latin name stands in the middle: with the words before it on its right, and those after it on its left."""
    text = card_svg(Card("המעבורת של Courier מאחרת", "he"))
    assert "\u202b" in text
    whole = inked(pixels(Card("המעבורת של Courier מאחרת", "he")), 20, 630)
    first = inked(pixels(Card("המעבורת של", "he")), 20, 630)
    assert abs(first[1] - whole[1]) <= 10  # the first word is the rightmost


def test_letters_join() -> None:
    joined = inked(pixels(Card("بببب", "ar")), 20, 630)
    apart = inked(pixels(Card("ب\u200cب\u200cب\u200cب", "ar")), 20, 630)
    assert joined[1] - joined[0] < apart[1] - apart[0]


def test_the_same_card_has_the_same_bytes_and_another_has_another_mark() -> None:
    one, other = Card("Fog", "en", accent="#102030"), Card("Fog", "en", accent="#102031")
    assert card_bytes(one) == card_bytes(Card.read(one.spec))
    assert one.mark != other.mark
    assert pixels(one).getpixel((5, 5)) == (16, 32, 48)


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_headline_makes_a_card(headline: str) -> None:
    pixels(Card(headline, "en", headline, headline))
