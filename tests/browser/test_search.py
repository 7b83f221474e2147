"""Search on a static host, and what there is without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser

STORM = "A storm takes the Harbour Light and leaves the harbour"


def _search(page: Page, words: str) -> Locator:
    form = page.get_by_role("search")
    form.get_by_role("searchbox", name="Words to look for").fill(words)
    form.get_by_role("button", name="Search").click()
    return page.locator(".search-results")


def test_a_word_leads_to_its_story(reader: Reader) -> None:
    page = reader.open("/")
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("/search/", wait_until="load")
    results = _search(page, "Okonkwo")
    expect(results.get_by_role("link")).to_have_text(STORM)
    expect(results.locator("mark").first).to_contain_text("Okonkwo")
    expect(results.locator("time")).to_have_text("Mar 12, 2026")
    expect(page.get_by_role("status")).to_have_text("Stories found: 1")
    results.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(STORM)


def test_a_search_has_an_address(reader: Reader) -> None:
    page = reader.open("/search/")
    _search(page, "harbour counts")
    expect(page).to_have_url(f"{reader.base}search/?q=harbour%20counts")
    page.reload()
    expect(page.get_by_role("link", name="The harbour counts its boats")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("harbour counts")


def test_what_was_written_before_the_script_came_stays(reader: Reader) -> None:
    page = reader.open("/about/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/broadsheet*.js", hold)
    page.goto("/search/", wait_until="commit")
    page.get_by_role("searchbox").fill("harbour")
    with page.expect_event("load"):
        held[0].continue_()
    expect(page.get_by_role("searchbox")).to_have_value("harbour")


def test_what_has_no_date_is_found_too_and_nothing_is_said_to_be_nothing(reader: Reader) -> None:
    page = reader.open("/search/")
    expect(_search(page, "print").get_by_role("link")).to_have_text("About us")
    _search(page, "zeppelin")
    expect(page.get_by_role("status")).to_have_text("Nothing was found for “zeppelin”.")
    expect(page.locator(".search-results")).to_be_hidden()


def test_where_there_is_no_index_it_says_so(reader: Reader) -> None:
    page = reader.open("/about/")
    page.route("**/pagefind/**", lambda route: route.fulfill(status=503))
    page.goto("/search/")
    _search(page, "harbour")
    expect(page.get_by_role("status")).to_contain_text("does not work just now")
    assert [error for error in reader.errors if "503" not in error] == []
    reader.errors.clear()


def test_without_script_the_form_leads_to_the_topics(reader: Reader) -> None:
    page = reader.open("/search/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("harbour")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{reader.base}tags/?q=harbour")
    expect(page.locator("h1")).to_have_text("Topics")
