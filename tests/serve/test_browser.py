"""The preview in a real browser: edit, see; break, mend; and nothing of the reader's place is lost."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.serve.conftest import NOW, Server, Start
from tests.support.axe import violations
from tests.support.sites import Site, story

pytestmark = pytest.mark.browser

STORY = "/2026/03/01/storm/"
LETTER = '[newsletter]\naction = "https://letters.example/subscribe"\n'
LONG = "\n\n".join(f"Paragraph {number} of a long story about the weather." for number in range(200))
HIDE = """Object.defineProperty(document, "hidden", {configurable: true, value: %s});
document.dispatchEvent(new Event("visibilitychange"))"""
DETAILS = "<details><summary>More</summary>\n\nInside.\n\n</details>"


@pytest.fixture
def paper(tmp_path: Path) -> Site:
    """A paper under the default theme, its style sheet overridden by a small one."""
    site = Site(tmp_path / "paper", theme="", config=LETTER)
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
    assert [error for error in errors if not expected(error)] == []
    window.close()


def expected(error: str) -> bool:
    """Whether a browser says this of a page that is not there, or of a server that is not."""
    return (
        "status of 404" in error
        or "status of 500" in error
        or "ERR_CONNECTION" in error
        or "ERR_INCOMPLETE" in error
        or "ERR_FAILED" in error
    )


def silence(seconds: int) -> bytes:
    """A recording."""
    data = BytesIO()
    with wave.open(data, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        file.writeframes(b"\x80" * 8000 * seconds)
    return data.getvalue()


def in_body(page: Page, text: str) -> Locator:
    """What has this text in the body of the story."""
    return page.locator(".article-body").get_by_text(text, exact=True)


def edited(site: Site, old: str, new: str) -> None:
    site.write("content/world/storm.md", site.read("content/world/storm.md").replace(old, new))


def test_an_edit_is_seen_and_the_place_is_kept(paper: Site, page: Page) -> None:
    page.locator("summary").first.click()
    page.locator("text=Paragraph 150").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    edited(paper, "Paragraph 151 of", "Paragraph 151, mended, of")
    expect(in_body(page, "Paragraph 151, mended, of a long story about the weather.")).to_be_visible()
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


def test_what_scripts_and_readers_have_made_of_a_page_stays(paper: Site, page: Page) -> None:
    page.get_by_role("button", name="Listen").first.click()
    page.locator("input[type=email]").first.fill("reader@example.com")
    page.evaluate("document.querySelector('h1').dataset.seen = 'yes'")
    page.evaluate("document.querySelector('.article-body').prepend(document.createElement('mark'))")
    edited(paper, "First.", "A new first one.\n\nFirst.")
    expect(in_body(page, "A new first one.")).to_be_visible()
    expect(page.locator("input[type=email]").first).to_have_value("reader@example.com")
    expect(page.locator("input[type=email]").first).to_be_focused()
    expect(page.locator(".listen")).to_be_visible()
    expect(page.locator("h1")).to_have_attribute("data-seen", "yes")
    expect(page.locator(".article-body > mark")).to_have_count(1)
    expect(page.locator(".article-body > p").nth(0)).to_have_text("A new first one.")
    expect(page.locator(".article-body > p").nth(1)).to_have_text("First.")
    edited(paper, "A new first one.\n\n", "")
    expect(in_body(page, "A new first one.")).to_have_count(0)
    expect(page.locator("header time").first).to_be_visible()
    assert page.evaluate("window.stayed")


def test_fragments_are_brought_up_to_date_too(paper: Site, page: Page) -> None:
    page.goto("/2026/03/02/calm/")
    place = page.locator("[data-fragment*=latest]")
    place.scroll_into_view_if_needed()
    expect(place.get_by_role("link", name="Storm")).to_be_visible()
    page.evaluate("window.stayed = true")
    edited(paper, "title: Storm", "title: Gale")
    expect(place.get_by_role("link", name="Gale")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_what_plays_goes_on(paper: Site, page: Page) -> None:
    paper.write("content/world/sea.wav", silence(60))
    edited(paper, "First.", 'First.\n\n{{< audio src="sea.wav" title="The sea" >}}\n\nAfter.')
    audio = page.locator(".article-body audio").first
    expect(audio).to_be_attached()
    audio.evaluate("player => new Promise((done) => { player.ontimeupdate = done; player.play(); }).then(() => true)")
    audio.evaluate("player => (player.dataset.same = 'yes')")
    edited(paper, "First.", "First.\n\nA paragraph before it.\n\nAnother one.")
    expect(in_body(page, "A paragraph before it.")).to_be_visible()
    edited(paper, "After.", "And one after it.")
    expect(in_body(page, "And one after it.")).to_be_visible()
    expect(audio).to_have_attribute("data-same", "yes")
    assert audio.evaluate("player => !player.paused")
    assert page.evaluate("window.stayed")


def test_an_edit_of_what_was_inserted(paper: Site, page: Page) -> None:
    for number in range(4):
        edited(paper, "First.", f"First.\n\nInserted {number}.")
        expect(in_body(page, f"Inserted {number}.")).to_be_visible()
        edited(paper, f"Inserted {number}.", f"> Quoted *{number}*.")
        expect(page.locator(f"blockquote:has-text('Quoted {number}.')")).to_be_visible()
    edited(paper, DETAILS, "")
    expect(page.locator(".article-body details")).to_have_count(0)
    page.evaluate("""async () => {
        const text = (root) => root.querySelector(".article-body").textContent.replace(/\\s+/g, " ");
        const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
        const sent = async () => parsed(await (await fetch(location.href)).text());
        while (text(await sent()) !== text(document)) await new Promise(requestAnimationFrame);
    }""")
    assert page.evaluate("window.stayed")


def test_a_story_that_is_added_is_listed_everywhere(paper: Site, page: Page) -> None:
    lists = ("/", "/world/", "/2026/03/", "/2026/03/05/", "/feed.xml", "/tags/wind/", "/authors/jane-doe/")
    page.goto("/world/")
    text = story("Gale", "2026-03-05", tags="[wind]", authors="[jane-doe]", aliases="[/gale/]")
    paper.write("content/world/gale.md", text)
    expect(page.get_by_role("link", name="Gale").first).to_be_visible()
    found = {url: "Gale" in page.request.get(url).text() for url in lists}
    assert found == dict.fromkeys(lists, True)
    paper.delete("content/world/gale.md")
    expect(page.get_by_role("link", name="Gale")).to_have_count(0)
    assert [url for url in lists if "Gale" in page.request.get(url).text()] == []
    assert page.request.get("/2026/03/05/gale/").status == 404


def test_a_story_that_gets_another_address(paper: Site, page: Page) -> None:
    edited(paper, "title: Storm", "title: Storm\nslug: tempest\naliases: [/2026/03/01/storm/]")
    expect(page).to_have_url(re.compile("/2026/03/01/tempest/$"))
    expect(page.locator("h1")).to_have_text("Storm")
    edited(paper, "slug: tempest", "slug: hurricane")
    expect(page.locator("h1")).not_to_have_text("Storm")
    assert page.request.get("/2026/03/01/tempest/").status == 404
    assert page.request.get("/2026/03/01/hurricane/").status == 200
    edited(paper, "slug: hurricane", "slug: tempest")
    expect(page.locator("h1")).to_have_text("Storm")


def test_a_template_that_is_overridden_and_deleted(paper: Site, page: Page) -> None:
    paper.write("templates/story.html", '{% extends "base.html" %}{% block main %}<h1>Another look</h1>{% endblock %}')
    expect(page.locator("h1")).to_have_text("Another look")
    paper.delete("templates/story.html")
    expect(page.locator("h1")).to_have_text("Storm")
    assert page.evaluate("window.stayed")


def test_a_page_that_could_not_be_made(paper: Site, start: Start, page: Page) -> None:
    paper.write("templates/story.html", "{% if %}")
    page.goto(start(paper, *NOW).url + "2026/03/02/calm/")
    expect(page.locator("h1")).to_have_text("This page cannot be made")
    expect(page.locator("main pre")).to_contain_text("templates/story.html:1")
    paper.delete("templates/story.html")
    expect(page.locator("h1")).to_have_text("Calm")


def test_a_server_that_comes_back(paper: Site, page: Page, server: Server, start: Start) -> None:
    port = urlsplit(server.url).port
    server.stop()
    edited(paper, "First.", "While nobody served.")
    start(paper, *NOW, "--port", str(port))
    expect(in_body(page, "While nobody served.")).to_be_visible()
    edited(paper, "While nobody served.", "And on.")
    expect(in_body(page, "And on.")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_the_page_whose_file_was_saved_is_opened(paper: Site, start: Start, page: Page) -> None:
    page.goto(start(paper, *NOW, "--follow").url)
    expect(page.locator("[data-sitegen=bar]")).to_be_visible()
    edited(paper, "First.", "Saved.")
    expect(page).to_have_url(re.compile(STORY))
    expect(in_body(page, "Saved.")).to_be_visible()
    paper.write("content/world/calm.md", story("Calm", "2026-03-02", "Saved, too."))
    expect(page).to_have_url(re.compile("/2026/03/02/calm/"))


def test_a_page_saved_while_another_loads_is_opened(paper: Site, start: Start, page: Page) -> None:
    following = start(paper, *NOW, "--follow")
    page.goto(following.url)
    expect(page.locator("[data-sitegen=bar]")).to_be_visible()
    page.route("**/__sitegen/events*storm*", lambda route: route.abort())
    edited(paper, "First.", "Saved.")
    expect(in_body(page, "Saved.")).to_be_visible()
    news = following.listen("/2026/03/02/calm/")
    paper.write("content/world/calm.md", story("Calm", "2026-03-02", "Saved, too."))
    news.until("follow")
    page.unroute_all()
    expect(page).to_have_url(re.compile("/2026/03/02/calm/"))


def test_a_site_that_moves(paper: Site, page: Page) -> None:
    paper.write("sitegen.toml", paper.read("sitegen.toml").replace("test.example/", "test.example/paper/"))
    expect(page).to_have_url(re.compile(f"/paper{STORY}$"))
    edited(paper, "First.", "In its new place.")
    expect(in_body(page, "In its new place.")).to_be_visible()


def test_the_search_page_says_that_it_has_no_index(paper: Site, page: Page) -> None:
    paper.write("sitegen.toml", f"{paper.read('sitegen.toml')}\n[search]\nenable = true\n")
    expect(page.locator("a[href='/search/']").first).to_be_attached()
    page.goto("/search/")
    page.locator("#search-words").fill("storm")
    page.locator("#search-words").press("Enter")
    expect(page.locator(".search-results")).to_contain_text("The preview makes no index")


def test_what_the_bar_tells(paper: Site, page: Page) -> None:
    bar = page.locator("[data-sitegen=bar]")
    expect(bar).to_contain_text("published")
    edited(paper, "title: Storm", "title: Storm\ndraft: true")
    expect(bar).to_contain_text("draft")
    expect(bar).to_have_css("background-color", "rgb(138, 75, 0)")
    edited(paper, "First.", "[A lost link](lost.md)")
    expect(bar).to_contain_text("1 problem here")
    bar.get_by_text("why").click()
    expect(bar.locator("pre")).to_contain_text("content/world/storm.md:")
    edited(paper, "[A lost link](lost.md)", "[Another one](lost.md)")
    expect(page.locator(".article-body").get_by_text("Another one")).to_be_visible()
    expect(bar.locator("pre")).to_be_visible()


def test_axe_finds_nothing_in_what_the_preview_adds(paper: Site, page: Page) -> None:
    edited(paper, "title: Storm", "title: Storm\ndraft: true")
    edited(paper, "First.", "[A lost link](lost.md)")
    page.locator("[data-sitegen=bar] summary").click()
    expect(page.locator("[data-sitegen=bar] pre")).to_be_visible()
    assert violations(page, "[data-sitegen=bar]") == []
    paper.write("templates/story.html", "{% if %}")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, "[data-sitegen=problem]") == []
    page.goto("/__sitegen/")
    expect(page.get_by_role("link", name="Storm")).to_be_visible()
    assert violations(page) == []


def test_the_overview_comes_up_to_date(paper: Site, page: Page) -> None:
    page.locator("[data-sitegen=bar] a").click()
    expect(page.locator("h2")).to_have_text(["State", "Problems", "Not published"])
    expect(page.get_by_text("Everything is published.")).to_be_visible()
    edited(paper, "title: Storm", "title: Storm\ndraft: true")
    page.get_by_role("link", name="Storm").click()
    expect(page).to_have_url(re.compile(STORY))


def test_a_window_that_nobody_sees_is_up_to_date_when_somebody_does(paper: Site, page: Page) -> None:
    page.evaluate(HIDE % "true")
    edited(paper, "First.", "Meanwhile.")
    while "Meanwhile." not in page.request.get(STORY).text():
        pass
    assert in_body(page, "Meanwhile.").count() == 0
    page.evaluate(HIDE % "false")
    expect(in_body(page, "Meanwhile.")).to_be_visible()
    assert page.evaluate("window.stayed")
