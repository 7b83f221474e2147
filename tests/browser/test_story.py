"""What a story page is made of, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

STORY = PAGES["story"]
DISMISSED = "localStorage.setItem('newsletter', 'dismissed')"
"""A reader who scrolls slowly enough is invited to the newsletter; not in these tests."""


def test_the_names_that_others_rely_on_are_there(reader: Reader) -> None:
    page = reader.open(STORY)
    once = ["main article", "article h1", ".article-body", "header .tagline", "header time", ".listen"]
    for selector in [*once, "article .deck", "main .newsletter form", "aside.related"]:
        expect(page.locator(selector)).to_have_count(1)
    related = page.locator("aside.related a").evaluate_all("links => links.map(link => link.pathname)")
    days = {"dykes": 8, "flood": 7, "zayt": 9}  # `harbour` has a card in the text; `donaudampfschiff` is a copy
    assert related == [f"/2026/03/{day:02}/{name}/" for name, day in days.items()]


def test_every_page_has_one_headline_and_one_of_each_landmark(reader: Reader) -> None:
    page = reader.open("/")
    for path in PAGES.values():
        page.goto(path)
        for selector in ["h1", "main", "body > header", "body > footer"]:
            expect(page.locator(selector)).to_have_count(1)


def test_the_first_stop_of_the_keyboard_leads_to_the_story(reader: Reader) -> None:
    page = reader.open(STORY)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip[href='#main']")).to_be_focused()
    expect(page.locator("a.skip[href='#main']")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_related_stories_can_be_skipped(reader: Reader) -> None:
    page = reader.open(STORY)
    page.locator("a[href='#page-after-related']").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("aside.related ~ * :focus, .related-wrap ~ * :focus, footer :focus")).to_have_count(1)


def test_without_script_the_whole_story_can_be_read(reader: Reader) -> None:
    page = reader.open(STORY, java_script_enabled=False)
    body = page.locator(".article-body")
    for text in [
        "What was lost",
        "self-registering-gauge",
        "readings_of_the_night",
        "It was never that dark.",
        "second order",
    ]:
        expect(body.get_by_text(text).first).to_be_visible()
    expect(page.locator(".lead-figure img")).to_be_visible()
    expect(body.get_by_role("link", name="The wave")).to_have_attribute("href", "https://video.example/watch/1")
    for control in page.locator(".needs-script, dialog, .listen-bar").all():
        expect(control).to_be_hidden()


def test_without_script_the_navigation_works(reader: Reader) -> None:
    page = reader.open(STORY, width=320, java_script_enabled=False)
    page.get_by_role("navigation", name="Sections", exact=True).get_by_role("link", name="World").click()
    expect(page).to_have_url(f"{reader.base}world/")
    expect(page.locator("h1")).to_have_text("World")


def test_without_script_a_recording_plays_in_the_browsers_own_player(reader: Reader) -> None:
    page = reader.open(PAGES["recorded story"], java_script_enabled=False)
    player = page.locator(".listen audio")
    expect(player).to_be_visible()
    expect(player).to_have_attribute("preload", "none")
    expect(player).not_to_have_attribute("autoplay", "")


def test_a_note_leads_to_its_text_and_back(reader: Reader) -> None:
    page = reader.open(STORY)
    page.evaluate(DISMISSED)
    page.locator(".footnote-ref a").click()
    expect(page.locator(".footnotes li")).to_be_in_viewport()
    page.locator(".footnote-back").click()
    expect(page.locator(".footnote-ref a")).to_be_in_viewport()


def test_an_embed_asks_its_host_only_after_a_click(reader: Reader) -> None:
    page = reader.open(STORY)
    page.evaluate(DISMISSED)
    link = page.get_by_role("link", name="The wave")
    link.scroll_into_view_if_needed()
    expect(page.locator(".embed")).to_contain_text("connects you to video.example")
    page.wait_for_load_state("networkidle")
    assert reader.strangers == []
    link.click()
    expect(page.locator(".embed iframe")).to_have_attribute("title", "The wave")
    expect(page.frame_locator(".embed iframe").locator("html")).to_be_attached()
    assert reader.strangers == ["https://video.example/watch/1"]
    reader.strangers.clear()
