"""A story in another language than its paper: what belongs to the paper stays in the paper's, and says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

ARABIC = PAGES["story from right to left"]

SPEAKS = """selector => {
    const element = document.querySelector(selector);
    return `${element.closest("[lang]").lang} ${getComputedStyle(element).direction}`;
}"""

BESIDE = """() => [...document.querySelectorAll(".related li, .latest li, .teaser")].filter(story => {
    const below = story.querySelector(".teaser-meta > *, li > time");
    if (!below) return false;
    const [first, headline] = [below, story.querySelector("a")].map(element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect();
    });
    return getComputedStyle(story).direction === "rtl"
        ? Math.abs(first.right - headline.right) > 1
        : Math.abs(first.left - headline.left) > 1;
}).map(story => story.textContent)"""
"""The stories whose date, or author and date, do not begin where their headline does."""


def _speaks(page: Page, selector: str) -> str:
    """Language and direction of what this selector finds first."""
    return str(page.evaluate(SPEAKS, selector))


def test_each_part_of_a_page_says_whose_language_it_speaks(reader: Reader) -> None:
    page = reader.open(ARABIC)
    page.locator(".live-latest").scroll_into_view_if_needed()
    expect(page.locator(".live-latest h2")).to_have_text("Latest")
    for part in [".masthead-name", "header time", ".latest h2", ".newsletter h2", ".newsletter button", "footer h2"]:
        assert _speaks(page, part) == "en ltr", part
    for part in ["article h1", ".story-meta", ".masthead-tools", ".related h2"]:
        assert _speaks(page, part) == "ar rtl", part
    expect(page.locator("footer h2").first).to_have_text("All sections")
    expect(page.get_by_role("navigation", name="الأقسام")).to_have_attribute("lang", "ar")


def test_without_script_the_day_of_the_story_is_in_its_language(reader: Reader) -> None:
    page = reader.open(ARABIC, java_script_enabled=False)
    expect(page.locator("header time")).to_have_text("الاثنين، 9 مارس 2026")
    assert _speaks(page, "header time") == "ar rtl"


@pytest.mark.parametrize("kind", ["story from right to left", "story", "section", "front in Arabic"])
def test_a_date_stands_on_the_side_of_its_headline(reader: Reader, kind: str) -> None:
    page = reader.open(PAGES[kind])
    page.locator("footer").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(BESIDE) == []


def test_day_and_time_are_joined_as_the_language_joins_them(reader: Reader) -> None:
    page = reader.open(PAGES["story"])
    expect(page.locator(".dates time").first).to_have_text("Mar 12, 2026, 6:30 AM")
    page.goto(PAGES["story in an Arabic paper"])
    expect(page.locator(".dates time").first).to_contain_text("، 6:30")
    page.goto("/japanese" + PAGES["story"])
    expect(page.locator(".dates time").first).to_have_text("2026/03/12 6:30")


@pytest.mark.parametrize("kind", ["story from right to left", "front in Arabic"])
def test_joined_letters_are_not_pulled_together(reader: Reader, kind: str) -> None:
    page = reader.open(PAGES[kind])
    for headline in page.locator(":is(h1, h2, h3):lang(ar)").all():
        expect(headline).to_have_css("letter-spacing", "normal")
