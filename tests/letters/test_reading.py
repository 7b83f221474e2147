"""A letter as a mail program shows it that understands HTML: in light and dark, on a phone, from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.axe import violations
from tests.support.sites import NOW, Site, story

CONFIG = """images = { widths = [2], avif_speed = 10 }
cards = { make = "none" }
sections = [{ slug = "world", title = "World" }, { slug = "town", title = "Town" }]
languages = { ar = {} }
newsletter = { unsubscribe_url = "https://mail.example/", imprint = "Quay 1" }
"""


@pytest.fixture
def letters(tmp_path: Path) -> dict[str, Path]:
    """A letter by language."""
    site = Site(tmp_path / "site", "-- content/storm.jpg --\n", theme="", config=CONFIG)
    for folder, name in (("", "Storm"), ("ar/", "عاصفة")):
        for section in ("world", "town"):
            fields = {"deck": f"{name}, and what it did.", "authors": "[Jo]", "image": "/storm.jpg"}
            for number in range(7):
                text = story(f"{name} {number}", f"2026-03-{number + 6:02}", **fields)
                site.write(f"content/{folder}{section}/{section}-{number}.md", text)
    for language in ("en", "ar"):
        site.command("newsletter", "--since", "30d", "--now", NOW.isoformat(), "--language", language)
    made = site.folder / "letters"
    return {"en": made / "weekly-2026-03-12.html", "ar": made / "weekly-2026-03-12.ar.html"}


@pytest.mark.browser
def test_it_is_read_on_any_screen_by_anybody(letters: dict[str, Path], browser: Browser) -> None:
    for language, file in letters.items():
        page = browser.new_page()
        page.route("https://**", lambda route: route.abort())
        page.goto(file.as_uri())
        assert violations(page, "[role=article]") == [], language
        for width in (320, 390, 768):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, width)
        assert page.locator("h1, h2, h3").count() == 1 + 1 + 2 + 10
        assert not page.locator(".preheader").is_visible()
        page.close()


@pytest.mark.browser
def test_it_is_dark_where_the_reader_wants_it_dark(letters: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.route("https://**", lambda route: route.abort())
    page.goto(letters["en"].as_uri())
    colours = "node => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]"
    assert page.locator(".paper").evaluate(colours)[0] == "rgb(21, 21, 19)"
    assert page.locator("h2.headline").evaluate(colours)[1] == "rgb(234, 231, 223)"
    page.close()
