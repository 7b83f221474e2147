"""A paper in several languages: readers find their way from one to another, and are told which is which."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1440])
def test_a_story_leads_to_its_translation_and_back(reader: Reader, width: int) -> None:
    page = reader.open(PAGES["translated story"], width=width, java_script_enabled=False)
    languages = page.get_by_role("navigation", name="Languages").first
    expect(languages.get_by_role("listitem")).to_have_text(["English", "العربية"])
    link = languages.get_by_role("link")
    expect(link).to_have_attribute("hreflang", "ar")
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".masthead-name")).to_have_text("الاختبار")
    page.get_by_role("navigation", name="اللغات").first.get_by_role("link", name="English").click()
    expect(page.locator("article h1")).to_have_text("A storm takes the Harbour Light and leaves the harbour")


def test_a_story_that_is_not_translated_offers_none_and_the_foot_leads_to_all_fronts(reader: Reader) -> None:
    page = reader.open("/editions/2026/03/11/harbour/")
    expect(page.locator("header .languages")).to_have_count(0)
    fronts = page.locator("footer").get_by_role("navigation", name="Editions").get_by_role("link")
    expect(fronts).to_have_text(["العربية", "Deutsch"])
    fronts.last.click()
    expect(page.locator("h1.masthead-name")).to_have_text("Der Test")


def test_what_is_fetched_is_in_the_language_of_the_edition(reader: Reader) -> None:
    page = reader.open(PAGES["its translation"])
    page.locator(".live-latest").scroll_into_view_if_needed()
    expect(page.locator(".live-latest h2")).to_have_text("آخر الأخبار")
    expect(page.locator(".live-latest li a").first).to_have_text("عاصفةٌ تُطفئ ضوء الميناء")
    expect(page.locator("header time")).to_have_text("الخميس، 12 مارس 2026")


def test_a_paper_in_one_language_says_nothing_of_languages(reader: Reader) -> None:
    page = reader.open(PAGES["story"])
    expect(page.locator(".languages")).to_have_count(0)
    expect(page.locator("link[hreflang]")).to_have_count(0)


def test_search_finds_stories_of_the_edition(reader: Reader) -> None:
    page = reader.open("/editions/ar/search/")
    page.get_by_role("searchbox").fill("الرصيف")
    page.get_by_role("searchbox").press("Enter")
    result = page.locator(".search-results a")
    expect(result).to_have_count(1)
    result.click()
    expect(page).to_have_url(f"{reader.base.rstrip('/')}{PAGES['its translation']}")
