"""Links between files: what a writer may write, and where it leads."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.oracle.model import sound
from tests.support.sites import Site, story

SITE = """
-- content/world/map of x.png --
x
-- content/world/plan%20b.png --
x
-- content/top.png --
x
-- content/world/bundle/pic.png --
x
-- content/secret/pic.png --
x
"""
STORIES = {
    "world/flood": story("Flood", aliases="[/old/flood.html, /older/]"),
    "world/with blank": story("Blank", slug="blank"),
    "world/bundle/index": story("Bundle"),
    "sport/cup": story("Cup", "2026-02-01"),
    "pages/about": story("About", ""),
    "world/שלום": story("Hebrew"),
    "world/潮": story("Chinese"),
    "authors/jane": "---\nname: Jane\n---\nText.\n",
    "world/draft": story("Draft", draft="true"),
    "secret/index": story("Secret", "2027-01-01"),
}
CAFE = "caf\u00e9"
SHALOM, TIDE = "/2026/03/01/%D7%A9%D7%9C%D7%95%D7%9D/", "/2026/03/01/%E6%BD%AE/"


def answers(folder: Path, hrefs: list[str], base_url: str = "https://test.example/") -> tuple[list[str], list[str]]:
    """The URLs on the page of a story that links to all of these, and what was said about them."""
    site = Site(folder, SITE)
    site.write("sitegen.toml", f'theme = "plain"\nbase_url = "{base_url}"\n')
    for name, text in STORIES.items():
        site.write(f"content/{name}.md", text)
    body = "\n".join(f"[x](<{href}>)" for href in hrefs)
    site.write("content/world/storm.md", story("Storm", body=body))
    report = site.build()
    found = re.findall(r'href="([^"]*)"', site.page("/2026/03/01/storm/"))
    said = [f"{problem.span.line - 4}: {problem.message} ({problem.hint})" for problem in report.problems]
    return [html.unescape(url) for url in found], said


LINKS = {
    "flood.md": "/2026/03/01/flood/",
    "./flood.md": "/2026/03/01/flood/",
    "flood.md#what-now": "/2026/03/01/flood/#what-now",
    "flood.md?x=1#y": "/2026/03/01/flood/?x=1#y",
    "../sport/cup.md": "/2026/02/01/cup/",
    "sport/cup.md": "/2026/02/01/cup/",
    "/sport/cup.md": "/2026/02/01/cup/",
    "../pages/about.md": "/about/",
    "with blank.md": "/2026/03/01/blank/",
    "with%20blank.md": "/2026/03/01/blank/",
    "map of x.png": "/world/map%20of%20x.png",
    "map%20of%20x.png": "/world/map%20of%20x.png",
    "plan%20b.png": "/world/plan%2520b.png",
    "plan%2520b.png": "/world/plan%2520b.png",
    "/top.png": "/top.png",
    "../top.png": "/top.png",
    "top.png": "/top.png",
    "bundle/index.md": "/2026/03/01/bundle/",
    "bundle/": "/2026/03/01/bundle/",
    "bundle": "/2026/03/01/bundle/",
    "bundle/pic.png": "/2026/03/01/bundle/pic.png",
    "שלום.md": SHALOM,
    "%d7%a9%d7%9c%d7%95%d7%9d.md": SHALOM,
    "/2026/03/01/%d7%a9%d7%9c%d7%95%d7%9d/": SHALOM,
    "/2026/03/01/שלום": SHALOM,
    "潮.md#b": TIDE + "#b",
    "%e6%bd%ae.md": TIDE,
    "../authors/jane.md": "/authors/jane/",
    "/2026/03/01/flood/": "/2026/03/01/flood/",
    "/2026/03/01/flood": "/2026/03/01/flood/",
    "../flood/": "/2026/03/01/flood/",
    "/about": "/about/",
    "/": "/",
    "/old/flood.html": "/old/flood.html",
    "/older": "/older/",
    "/no/such/page/": "/no/such/page/",
    "#here": "#here",
    "?page=2": "?page=2",
    "https://elsewhere.example/a b.md": "https://elsewhere.example/a%20b.md",
    "//elsewhere.example/x.md": "//elsewhere.example/x.md",
    "mailto:desk@test.example": "mailto:desk@test.example",
}


def test_where_links_lead(tmp_path: Path) -> None:
    found, said = answers(tmp_path, list(LINKS))
    assert dict(zip(LINKS, found, strict=True)) == LINKS
    assert said == []


def test_a_site_in_a_folder_of_its_host(tmp_path: Path) -> None:
    found, _ = answers(tmp_path, list(LINKS), "https://test.example/paper/")
    below = {href: f"/paper{url}" if re.match("/(?!/)", url) else url for href, url in LINKS.items()}
    assert dict(zip(LINKS, found, strict=True)) == below


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("flod.md", "1: there is no file `flod.md` (did you mean `flood.md`?)"),
        ("../sport/cap.md#x", "1: there is no file `../sport/cap.md` (did you mean `cup.md`?)"),
        ("/nowhere.md", "1: there is no file `/nowhere.md` (paths count from the folder of the article)"),
        (
            "../../../etc/passwd.md",
            "1: there is no file `../../../etc/passwd.md` (paths count from the folder of the article)",
        ),
        ("mop%20of%20x.png", "1: there is no file `mop of x.png` (did you mean `map of x.png`?)"),
        ("draft.md", "1: `draft.md` is not published, so nothing may link to it (remove the link or publish it)"),
        ("/secret/", "1: `/secret/` is not published, so nothing may link to it (remove the link or publish it)"),
        (
            "../secret/pic.png",
            "1: `../secret/pic.png` is not published, so nothing may link to it (remove the link or publish it)",
        ),
        ("http://[broken/", "1: `http://[broken/` is not a URL (a host in square brackets must be an IPv6 address)"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_and_left_as_it_is(tmp_path: Path, href: str, said: str) -> None:
    found, problems = answers(tmp_path, ["flood.md", href])
    assert problems == [said.replace("1:", "2:", 1)]
    assert found[1].replace("%5B", "[") == href


def test_names_match_whatever_their_unicode_form(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/cafe\u0301.png --\nx\n")
    site.write("content/cafe\u0301.md", story("C", slug="c"))
    site.write(
        "content/a.md", story("A", body=f"[1]({CAFE}.md) [2](cafe\u0301.md) ![3]({CAFE}.png) ![4](caf%C3%A9.png)")
    )
    site.write("content/b.md", story("B", image=f"{CAFE}.png", related=f"[{CAFE}]"))
    assert site.build().problems == ()
    page = site.page("/2026/03/01/a/")
    assert page.count('href="/2026/03/01/c/"') == 2
    assert page.count('src="/cafe%CC%81.png"') == 2


@pytest.mark.parametrize("src", ["http://[broken/x.png", "nowhere.png", "../draft/pic.png"])
def test_a_picture_or_recording_that_is_not_there_is_told(tmp_path: Path, src: str) -> None:
    site = Site(tmp_path, "-- content/x.png --\nx\n")
    site.write("content/a.md", story("A", image=f'"{src}"', audio=f'"{src}"', related="[nobody]"))
    report = site.build()
    assert [(problem.code, problem.span.line) for problem in report.problems] == [
        ("missing-image", 4),
        ("missing-audio", 5),
        ("unknown-story", 6),
    ]
    assert report.published


def test_what_front_matter_names_is_found_as_in_bodies(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/a b.png --\nx\n")
    site.write("content/a.md", story("A", image="a%20b.png", audio="plan%20b.wav"))
    site.write("content/plan%20b.wav", sound(1))
    site.write("templates/story.html", "{{ article.image.src }} {{ article.audio.src }}")
    assert site.build().problems == ()
    assert site.page("/2026/03/01/a/") == "/a%20b.png /plan%2520b.wav"


def test_pages_that_the_settings_name_are_found_in_a_folder_too(tmp_path: Path) -> None:
    policies = '[publisher]\nethics = "/ethics/"\nownership = "https://other.example/"\n'
    config = policies + '[menus]\nfoot = [{title = "A", url = "/a/"}]'
    site = Site(tmp_path, config=config)
    site.write(
        "templates/404.html", "{{ site.publisher.ethics }} {{ site.publisher.ownership }} {{ site.menus.foot[0].url }}"
    )
    site.build(base_url="https://test.example/paper/")
    assert site.page("/404.html") == "/paper/ethics/ https://other.example/ /paper/a/"
