"""A picture is seen as large as the window, in a dialog that gives the reader back to where they were."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

STORY = PAGES["story"]


def _opener(page: Page) -> Locator:
    return page.get_by_role("button", name="Enlarge the picture: A pier under waves")


def _enlarged(page: Page) -> Locator:
    """The dialog, opened with the keyboard."""
    _opener(page).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog).to_be_visible()
    return dialog


def test_an_enlarged_picture_is_larger_and_keeps_its_caption_and_credit(reader: Reader) -> None:
    page = reader.open(STORY, width=1600, height=1200)
    before = page.locator(".lead-figure img").bounding_box()
    dialog = _enlarged(page)
    after = dialog.get_by_role("img", name="A pier under waves").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.3 * before["width"]
    assert after["x"] >= 0
    assert after["y"] >= 0
    assert after["y"] + after["height"] <= 1200
    expect(dialog).to_contain_text("The pier at six in the morning.")
    expect(dialog).to_contain_text("Photograph: A. Smith")
    expect(page.locator("[id]")).to_have_count(page.evaluate("new Set([...document.all].map(e => e.id)).size - 1"))


@pytest.mark.parametrize("way", ["Escape", "Close", "beside"])
def test_it_closes_and_gives_the_focus_back(reader: Reader, way: str) -> None:
    page = reader.open(STORY)
    dialog = _enlarged(page)
    expect(dialog.locator(":focus")).to_have_count(1)
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "Close":
        dialog.get_by_role("button", name="Close").click()
    else:
        page.mouse.click(2, 450)
    expect(page.locator("dialog.enlarged")).to_be_hidden()
    expect(_opener(page)).to_be_focused()


def test_a_click_on_the_picture_enlarges_it_too(reader: Reader) -> None:
    page = reader.open(STORY)
    page.locator(".lead-figure img").click()
    expect(page.get_by_role("dialog", name="Picture")).to_be_visible()


def test_on_a_phone_it_is_larger_than_the_window_and_can_be_moved_with_the_keys(reader: Reader) -> None:
    page = reader.open(STORY, width=390)
    dialog = _enlarged(page)
    place = dialog.locator(".enlarged-picture")
    assert place.evaluate("place => place.scrollWidth > 2 * place.clientWidth")
    place.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.enlarged-picture').scrollLeft > 0")


def test_without_script_nothing_offers_to_enlarge(reader: Reader) -> None:
    page = reader.open(STORY, java_script_enabled=False)
    expect(page.get_by_role("button", name="Enlarge")).to_have_count(0)
