"""A live blog in a built site: its page, the entries alone, its feed."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from tests.support.sites import Site, story

A = "/2026/03/12/a/"
ENTRIES = "It begins.\n\n## 08:05 First\n\nOne [more](b.md).\n\n## 08:30 Second {key}\n\nTwo."
LIVE = "{{ article.live.closed | iso }}{% for entry in article.live.entries %}[{{ entry.url }}]{% endfor %}"


def live(**fields: str) -> str:
    return story("A", "2026-03-12 08:00", ENTRIES, type="live", **fields)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("content/a.md", live())
    site.write("content/b.md", story("B", "2026-03-11"))
    return site


def test_a_theme_that_knows_nothing_of_live_blogs_shows_all_of_it(site: Site) -> None:
    assert site.build().problems == ()
    page = site.page(A)
    assert page.index("It begins.") < page.index("Two.") < page.index("One <a")
    assert site.page(f"/fragments/live{A}") in page


def test_the_entries_alone_are_made_by_a_template_of_the_theme(site: Site) -> None:
    site.build()
    site.write("templates/live.html", LIVE)
    assert f"/fragments/live{A}" in site.build().rendered
    assert site.page(f"/fragments/live{A}") == f"[{A}#0830-second][{A}#0805-first]"
    site.write("content/a.md", live(closed="2026-03-12 09:00"))
    site.build()
    assert site.page(f"/fragments/live{A}").startswith("2026-03-12T09:00:00+00:00[")


def test_one_more_entry_changes_what_shows_it_and_nothing_else(site: Site) -> None:
    site.build()
    site.write("content/a.md", live() + "\n## 08:45 Third\n\nThree.\n")
    report = site.build()
    assert sorted(report.written) == [A, f"{A}feed.xml", "/feed.xml", f"/fragments/live{A}"]


def test_a_story_that_is_no_longer_live_has_neither_feed_nor_fragment(site: Site) -> None:
    site.build()
    site.write("content/a.md", story("A", "2026-03-12 08:00", ENTRIES))
    assert sorted(site.build().removed) == [f"{A}feed.xml", f"/fragments/live{A}"]


def test_its_feed_has_an_item_for_each_entry_and_the_feed_of_the_site_one_for_all(site: Site) -> None:
    site.build()
    feed = feedparser.parse(site.page(f"{A}feed.xml"))
    assert not feed.bozo
    assert [item.title for item in feed.entries] == ["Second", "First"]
    assert [item.link for item in feed.entries] == [
        f"https://test.example{A}#0830-second",
        f"https://test.example{A}#0805-first",
    ]
    assert 'href="https://test.example/2026/03/11/b/"' in feed.entries[1].content[0].value
    assert [item.title for item in feedparser.parse(site.page("/feed.xml")).entries] == ["A", "B"]


def test_f3_entries_keep_their_ids_when_the_story_moves(site: Site) -> None:
    def ids() -> list[str]:
        assert site.build(base_url="https://other.example/").published
        (path,) = site.folder.glob("output/**/[a-z]*/feed.xml")
        return [item.id for item in feedparser.parse(path.read_text("utf-8")).entries]

    site.write("content/a.md", live(id="the-storm"))
    first = ids()
    assert first == ["the-storm#0830-second", "the-storm#0805-first"]
    site.write("content/a.md", live(id="the-storm", slug="another").replace("title: A", "title: Other"))
    assert ids() == first


def test_a_mistake_in_an_entry_is_told_in_the_file(site: Site) -> None:
    site.write("content/a.md", live().replace("08:30", "28:30"))
    (problem,) = site.build().problems
    assert (problem.code, str(problem.span)) == ("bad-entry", "content/a.md:12:4")
