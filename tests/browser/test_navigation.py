"""Ways through the paper: by sections at any width, by keyboard, without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, audio, [tabindex='0']")]
    .filter(element => element.checkVisibility())
    .map(element => element.outerHTML)"""
"""What the keyboard stops at, in the order of the document."""

UNREADABLE = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p:not([role=status]), li, td, img, a)")]
    .filter(element => !element.checkVisibility() && !element.closest(".needs-script, .print-only, dialog, [hidden]"))
    .map(element => element.outerHTML)"""


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_sections_are_reached_at_any_width_without_script(reader: Reader, width: int) -> None:
    page = reader.open("/", width=width, java_script_enabled=False)
    links = page.get_by_role("navigation", name="Sections", exact=True).get_by_role("link")
    expect(links).to_have_text(["World", "Opinion"])
    for link in links.all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    links.first.click()
    expect(page).to_have_url(f"{reader.base}world/")
    expect(page.get_by_role("link", name="World").first).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("kind", ["front", "story", "section", "front in Arabic", "front of the child theme"])
def test_the_keyboard_stops_at_everything_in_the_order_of_the_page_and_shows_where_it_is(
    reader: Reader, kind: str
) -> None:
    page = reader.open(PAGES[kind])
    for place in range(len(page.evaluate(STOPS))):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        # Asked for each time: what is fetched when a reader comes near is there then.
        here, stops = page.evaluate(f"[document.activeElement.outerHTML, ({STOPS})()]")
        assert here == stops[place]
        expect(focused).to_be_in_viewport()
        expect(focused).to_have_css("outline-style", "solid")


def test_without_script_every_page_can_be_read(reader: Reader) -> None:
    page = reader.open("/", java_script_enabled=False)
    for path in PAGES.values():
        page.goto(path)
        assert page.evaluate(UNREADABLE) == [], path


def test_pages_of_other_languages_speak_them(reader: Reader) -> None:
    page = reader.open(PAGES["front in Arabic"])
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("header.masthead time")).to_have_text("الخميس، 12 مارس 2026")
    page.goto(PAGES["front in Japanese"])
    expect(page.locator("header.masthead time")).to_have_text("2026年3月12日（木曜日）")
    page.goto(PAGES["story in an Arabic paper"])
    expect(page.locator(".byline")).to_have_text("بقلم Jane Doe وThe Coast Wire")
