"""What broadsheet shows of series and authors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.sites import Site, story

JANE = """---
name: Jane Doe
beat: The river
email: jane@test.example
url: https://jane.example/
links: {Mastodon: "https://social.example/@jane"}
image: {src: jane.png, alt: Jane}
---
Reports *daily*.
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, theme="")
    site.write("content/authors/jane-doe.md", JANE)
    site.edit("-- content/authors/jane.png --\nx")
    return site


def parts(site: Site, count: int) -> None:
    """So many stories of one series, the last one the oldest."""
    for number in range(1, count + 1):
        series = f"{{name: The dykes, part: {number}, title: Mile {number}}}"
        site.write(f"content/{number}.md", story(f"Story {number}", f"2026-02-{28 - number:02}", series=series))


def series_nav(site: Site, url: str) -> str:
    """What a story page says of its series."""
    found = re.search(r'<nav class="series".*?</nav>', site.page(url), re.DOTALL)
    assert found is not None
    return found[0]


def test_an_author_can_be_reached_and_vouches_for_other_pages(site: Site) -> None:
    site.write("content/a.md", story("A", authors="jane-doe"))
    assert site.build().problems == ()
    page = site.page("/authors/jane-doe/")
    assert '<p class="kicker">The river</p>' in page
    assert "<p>Reports <em>daily</em>.</p>" in page
    assert re.findall(r'<a rel="me" href="(.*?)">(.*?)</a>', page) == [
        ("mailto:jane@test.example", "jane@test.example"),
        ("https://jane.example/", "Website"),
        ("https://social.example/@jane", "Mastodon"),
    ]
    assert re.search(r'<img class="list-portrait author-portrait" src="/authors/jane\.[\w-]+\.jpg" alt="Jane"', page)
    assert '<span class="beat">The river</span>' in site.page("/authors/")


def test_a_story_leads_to_all_parts_of_its_series(site: Site) -> None:
    parts(site, 3)
    assert site.build().problems == ()
    nav = series_nav(site, "/2026/02/26/2/")
    assert '<a href="/series/the-dykes/">The dykes</a> <span>Part 2 of 3</span>' in nav
    assert '<a rel="prev" href="/2026/02/27/1/">Story 1</a>' in nav
    assert '<a rel="next" href="/2026/02/25/3/">Story 3</a>' in nav
    assert re.findall(r'<li value="(\d)"><(?:a|span) (.*?)>(.*?)</', nav) == [
        ("1", 'href="/2026/02/27/1/"', "Mile 1"),
        ("2", 'aria-current="true"', "Mile 2"),
        ("3", 'href="/2026/02/25/3/"', "Mile 3"),
    ]


def test_a_long_series_is_listed_on_its_own_page_only(site: Site) -> None:
    parts(site, 13)
    site.build()
    assert "<ol" not in series_nav(site, "/2026/02/26/2/")
    assert "Part 2 of 13" in series_nav(site, "/2026/02/26/2/")
    page = site.page("/series/the-dykes/")
    assert re.findall(r'<p class="part-number">Part (\d+)</p>', page) == [str(number) for number in range(1, 14)]
    assert re.findall(r'<h2 class="teaser-title"><a href="[^"]*">(.*?)</a>', page)[:2] == ["Mile 1", "Mile 2"]
    assert '<p class="list-page">13 parts</p>' in page


def test_the_page_of_a_series_begins_with_its_picture(site: Site) -> None:
    parts(site, 1)
    site.edit("-- content/series/dyke.png --\nx")
    profile = (
        "---\nname: The dykes\nimage: {src: dyke.png, alt: A dyke, caption: Mud., credit: A. Smith}\n---\nAll of it.\n"
    )
    site.write("content/series/the-dykes.md", profile)
    assert site.build().problems == ()
    page = site.page("/series/the-dykes/")
    assert 'alt="A dyke"' in page
    assert '<figcaption>Mud. <span class="credit">A. Smith</span></figcaption>' in page
    assert "<p>All of it.</p>" in page
    assert '<p class="list-page">1 part</p>' in page
