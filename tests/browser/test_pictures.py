"""What a browser makes of the pictures: the file that fits, in the best format, undistorted, and without a shift."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

STORY = "/2026/03/11/harbour/"
LOAD = """async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map(image => image.decode()));
}"""
SEEN = """image => {
    const box = image.getBoundingClientRect();
    return [image.currentSrc.split("/").pop(), box.width, box.height, image.naturalWidth, image.naturalHeight];
}"""
Seen = tuple[str, float, float, int, int]


def seen(page: Page, selector: str) -> Seen:
    """The file that the browser chose, how large it is shown, and how large the browser takes it to be."""
    name, width, height, across, down = page.locator(selector).first.evaluate(SEEN)
    return name, width, height, across, down


@pytest.mark.parametrize(("width", "file"), [(320, "-480.avif"), (768, "-800.avif"), (1440, "-1200.avif")])
def test_the_lead_picture_comes_as_large_as_it_is_shown(reader: Reader, width: int, file: str) -> None:
    page = reader.open(STORY, width=width)
    page.evaluate(LOAD)
    name, across, down, *natural = seen(page, ".lead-figure img")
    assert name.endswith(file)
    assert across / down == pytest.approx(1400 / 900, rel=0.01)
    assert natural[0] / natural[1] == pytest.approx(1400 / 900, rel=0.01)


def test_a_sharper_screen_gets_a_larger_file(reader: Reader) -> None:
    page = reader.open(STORY, width=390, device_scale_factor=3)
    page.evaluate(LOAD)
    assert seen(page, ".lead-figure img")[0].endswith("-1200.avif")


def test_pictures_in_a_text_are_no_larger_than_they_are(reader: Reader) -> None:
    page = reader.open(STORY, width=1280)
    page.evaluate(LOAD)
    assert seen(page, ".article-body figure img")[0].endswith("-800.avif")
    name, width, height, *_ = seen(page, ".article-body p img")
    assert (name.partition(".")[0], width, height) == ("chart", 300, 200)


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_a_card_is_cropped_around_its_focus(reader: Reader, width: int) -> None:
    page = reader.open("/world/", width=width)
    page.evaluate(LOAD)
    card = ".teaser-picture[src*='/harbour.']"
    name, across, down, *_ = seen(page, card)
    assert name.endswith(".avif")
    assert across / down == pytest.approx(4 / 3, rel=0.02)
    # It begins 200 pixels from the left, so the red half ends before its middle.
    pixel = page.locator(card).first.evaluate("""image => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.drawImage(image, 0, 0, 300, 150);
        return [...canvas.getImageData(0.45 * 300, 30, 1, 1).data];
    }""")
    assert pixel[0] < 60
    assert pixel[1] > 200


def test_pictures_hold_their_place_before_they_are_there(reader: Reader) -> None:
    page = reader.open(STORY, width=390)
    boxes = page.locator("img").evaluate_all("images => images.map(image => image.getBoundingClientRect().height)")
    page.evaluate(LOAD)
    after = page.locator("img").evaluate_all("images => images.map(image => image.getBoundingClientRect().height)")
    assert boxes == after
    expect(page.locator(".lead-figure img")).to_have_attribute("fetchpriority", "high")
    assert page.locator(".article-body img:not([loading=eager])").count() == 0
