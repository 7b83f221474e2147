"""The preview in a real browser: edit, see; break, mend; and nothing of the reader's place is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serve.conftest import NOW, Server, Start
from tests.support.sites import Site, story

pytestmark = pytest.mark.browser

STORY = "/2026/03/01/storm/"
LONG = "\n\n".join(f"Paragraph {number} of a long story about the weather." for number in range(200))
DETAILS = "<details><summary>More</summary>\n\nInside.\n\n</details>"


@pytest.fixture
def paper(tmp_path: Path) -> Site:
    """A paper under the default theme, its style sheet overridden by a small one."""
    site = Site(tmp_path / "paper", theme="", config="")
    site.write("content/world/storm.md", story("Storm", "2026-03-01", f"First.\n\n{DETAILS}\n\n{LONG}"))
    site.write("content/world/calm.md", story("Calm", "2026-03-02"))
    site.write("assets/style.css", "h1 { color: rgb(1, 2, 3) }")
    return site


@pytest.fixture
def server(paper: Site, start: Start) -> Server:
    """A server on it."""
    return start(paper, *NOW)


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A window with the story, whose console stays clean and whose page is never loaded again."""
    window = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    window.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page = window.new_page()
    page.set_default_timeout(30_000)
    page.goto(STORY)
    expect(page.locator("[data-sitegen=bar]")).to_contain_text("content/world/storm.md")
    page.evaluate("window.stayed = true")
    yield page
    assert errors == []
    window.close()


def edited(site: Site, old: str, new: str) -> None:
    site.write("content/world/storm.md", site.read("content/world/storm.md").replace(old, new))


def test_an_edit_is_seen_and_the_place_is_kept(paper: Site, page: Page) -> None:
    page.locator("summary").first.click()
    page.locator("text=Paragraph 150").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    edited(paper, "Paragraph 151 of", "Paragraph 151, mended, of")
    expect(page.locator("text=Paragraph 151, mended")).to_be_visible()
    assert page.evaluate("scrollY") == before > 0
    assert page.evaluate("document.querySelector('details').open")
    assert page.evaluate("window.stayed")


def test_a_style_sheet_is_exchanged(paper: Site, page: Page) -> None:
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    paper.write("assets/style.css", "h1 { color: rgb(4, 5, 6) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    expect(page.locator("link[rel=stylesheet]:not([data-sitegen])")).to_have_count(1)
    assert page.evaluate("window.stayed")


def test_a_problem_lies_over_the_page_until_it_is_mended(paper: Site, page: Page) -> None:
    paper.write("templates/partials/corrections.html", "{{ article.nonsense }}")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("templates/partials/corrections.html:1")
    expect(page.locator("h1")).to_have_text("Storm")
    paper.delete("templates/partials/corrections.html")
    expect(problem).to_be_hidden()
    assert page.evaluate("window.stayed")


def test_a_headline_changes_where_it_is_shown(paper: Site, page: Page) -> None:
    edited(paper, "title: Storm", "title: Storm surge")
    expect(page.locator("h1")).to_have_text("Storm surge")
    page.goto("/")
    expect(page.get_by_role("link", name="Storm surge").first).to_be_visible()


def test_the_overview(page: Page) -> None:
    page.locator("[data-sitegen=bar] a").click()
    expect(page.locator("h2")).to_have_text(["State", "Problems", "Not published"])
