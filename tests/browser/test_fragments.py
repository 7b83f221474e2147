"""The small shared files that change more often than the pages that show them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES, UNTIL

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


def test_what_is_breaking_stands_above_the_name_of_the_paper(reader: Reader) -> None:
    page = reader.open(PAGES["front of the child theme"], java_script_enabled=False)
    expect(page.locator("header .breaking")).to_have_text("Breaking The lamp is lit again")
    page = reader.open("/tabloid" + OLDER_STORY)
    link = page.locator("header .breaking").get_by_role("link", name="The lamp is lit again")
    name = page.locator(".masthead-name").bounding_box()
    box = link.bounding_box()
    assert box is not None
    assert name is not None
    assert box["y"] < name["y"]
    link.click()
    expect(page).to_have_url(f"{reader.base}tabloid{PAGES['story']}")


def test_on_a_quiet_day_nothing_stands_there(reader: Reader) -> None:
    for path in ["/", OLDER_STORY]:
        page = reader.open(path)
        page.wait_for_load_state("networkidle")
        expect(page.locator("header.masthead time")).to_have_text("Thursday, Mar 12, 2026")
        expect(page.locator(".breaking")).to_have_count(0)


def test_the_keyboard_does_not_lose_its_place_when_a_fragment_comes(reader: Reader) -> None:
    page = reader.open(OLDER_STORY, height=500)
    page.wait_for_load_state("networkidle")
    page.locator(".live-latest a").focus()
    expect(page.locator(".live-latest :focus")).to_have_text("A storm takes the Harbour Light and leaves the harbour")


TABLOID_PAGES = [PAGES["front of the child theme"], "/tabloid" + OLDER_STORY]


@pytest.mark.parametrize("path", TABLOID_PAGES)
def test_a_reader_closes_what_is_breaking_and_does_not_see_it_again(reader: Reader, path: str) -> None:
    page = reader.open(path)
    line = page.locator("header .breaking")
    close = line.get_by_role("button", name="Close")
    box = close.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    close.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_count(0)
    expect(page.locator(".masthead-tools :focus")).to_have_count(1)
    for again in TABLOID_PAGES:
        page.goto(again)
        expect(page.locator("header .breaking")).to_be_attached()
        expect(page.locator("header .breaking")).to_be_hidden()
    page.evaluate("localStorage.setItem('breaking', 'Breaking Something else')")
    page.reload()
    expect(line).to_be_visible()


@pytest.mark.parametrize("path", TABLOID_PAGES)
def test_what_is_breaking_goes_in_its_second(reader: Reader, path: str) -> None:
    page = reader.open("/about/")
    page.clock.install(time=UNTIL - timedelta(minutes=5))
    page.goto(path)
    line = page.locator("header .breaking")
    expect(line).to_be_visible()
    page.clock.pause_at(UNTIL - timedelta(seconds=1))
    expect(line).to_be_visible()
    page.clock.run_for(1000)
    expect(line).to_be_hidden()
    page.reload()
    expect(line).to_be_attached()
    expect(line).to_be_hidden()


def test_without_script_nothing_offers_to_close_what_is_breaking(reader: Reader) -> None:
    page = reader.open(PAGES["front of the child theme"], java_script_enabled=False)
    expect(page.locator("header .breaking")).to_be_visible()
    expect(page.locator("header .breaking button")).to_be_hidden()


@pytest.mark.parametrize("paper", ["", "/tabloid"])
def test_the_paper_of_a_day_keeps_its_date_and_shows_what_is_breaking(reader: Reader, paper: str) -> None:
    page = reader.open(f"{paper}/2026/03/11/", width=390)
    page.wait_for_load_state("networkidle")
    expect(page.locator("header.masthead time")).to_have_text("Wednesday, Mar 11, 2026")
    expect(page.locator("header .breaking a")).to_have_count(1 if paper else 0)
    later = page.get_by_role("navigation", name="Before and after").get_by_role("link", name="Later March 12, 2026")
    later.click()
    expect(page).to_have_url(f"{reader.base.rstrip('/')}{paper}/2026/03/12/")
    expect(page.locator("main h2").first).to_contain_text("A storm takes the Harbour Light")
