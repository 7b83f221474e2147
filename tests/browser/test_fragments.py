"""The small shared files that change more often than the pages that show them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

OLDER_STORY = PAGES["recorded story"]


def test_the_masthead_shows_the_storys_own_day_and_then_the_edition(reader: Reader) -> None:
    date = "header.masthead time"
    page = reader.open(OLDER_STORY, java_script_enabled=False)
    expect(page.locator(date)).to_have_text("Wednesday, Mar 11, 2026")
    page = reader.open(OLDER_STORY)
    expect(page.locator(date)).to_have_text("Thursday, Mar 12, 2026")


def test_the_latest_headlines_come_when_the_reader_is_near(reader: Reader) -> None:
    page = reader.open(OLDER_STORY, height=500)
    page.wait_for_load_state("networkidle")
    place = page.locator(".live-latest")
    expect(place.get_by_role("link")).to_have_text("All the latest stories")
    place.scroll_into_view_if_needed()
    expect(place.get_by_role("link").first).to_have_text("A storm takes the Harbour Light and leaves the harbour")


def test_the_pages_own_words_stay_where_a_fragment_is_missing(reader: Reader) -> None:
    page = reader.open("/about/")
    page.route("**/fragments/*", lambda route: route.fulfill(status=503, body="<p>broken</p>"))
    page.goto(OLDER_STORY)
    page.locator(".live-latest").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    expect(page.locator("header.masthead time")).to_have_text("Wednesday, Mar 11, 2026")
    expect(page.locator(".live-latest a")).to_have_text("All the latest stories")
    assert [error for error in reader.errors if "503" not in error] == []
    reader.errors.clear()
