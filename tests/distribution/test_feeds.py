"""Feeds, as readers' programs see them (docs/guide/distribution.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from tests.oracle.model import sound
from tests.support.sites import PLAIN_THEME, Site, blocks, story

FEEDS = ("/feed.xml", "/atom.xml", "/feed.json")
NASTY = ("<b>&amp;</b>", "</script>", "]]>", 'Say "no"', "it's", "\\u202eabc", "🦊 fox", "x" * 500)
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def newspaper(folder: Path, text: str = "", config: str = "") -> Site:
    """A site of the plain theme with all that is written for programs."""
    site = Site(folder, text, theme="", config=f'theme = "plain"\n{config}')
    for path, content in blocks(PLAIN_THEME).items():
        site.write(path, content)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return newspaper(tmp_path)


def parsed(site: Site, url: str = "/feed.xml") -> Any:
    """What feedparser makes of a feed, which it must find nothing odd about."""
    found = feedparser.parse(site.page(url).encode())
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_f1_pages_tell_of_their_feeds(site: Site) -> None:
    site.write("templates/tag.html", "{% for f in page.feeds %}{{ f.type }} {{ f.url }} {{ f.title }};{% endfor %}")
    site.write("content/a.md", story(tags="[eels]"))
    site.build()
    assert site.page("/tags/eels/").split(";")[:-1] == [
        "application/rss+xml /feed.xml The Test",
        "application/atom+xml /atom.xml The Test",
        "application/feed+json /feed.json The Test",
        "application/rss+xml /tags/eels/feed.xml eels – The Test",
    ]


def test_f2_f14_f15_what_every_feed_says_of_itself(site: Site) -> None:
    site.write("content/a.md", story(tags="[eels]", authors="[Jane Doe]"))
    site.build()
    for url in ("/feed.xml", "/atom.xml", "/tags/eels/feed.xml", "/authors/jane-doe/feed.xml"):
        feed = parsed(site, url).feed
        assert feed.title
        assert [link.href for link in feed.links if link.rel == "self"] == [f"https://test.example{url}"]
        assert feed.language == "en"
        assert feed.get("published", feed.get("updated"))
    known = json.loads(site.page("/feed.json"))
    assert known["version"] == "https://jsonfeed.org/version/1.1"
    assert known["feed_url"] == "https://test.example/feed.json"


def ids(site: Site) -> dict[str, list[str]]:
    site.build()
    return {
        "/feed.xml": [entry.id for entry in parsed(site).entries],
        "/atom.xml": [entry.id for entry in parsed(site, "/atom.xml").entries],
        "/feed.json": [item["id"] for item in json.loads(site.page("/feed.json"))["items"]],
    }


def test_f3_identities_survive_slug_title_section_and_host(site: Site) -> None:
    site.write("content/a.md", story("One", id='"urn:x"'))
    site.write("content/b.md", story("Two"))
    before = ids(site)
    assert before["/feed.xml"] == before["/atom.xml"] == before["/feed.json"]
    site.write("content/a.md", story("Uno", id='"urn:x"', slug="other", section="sport"))
    site.write("content/b.md", story("Due", slug="another", section="sport"))
    config = site.read("sitegen.toml").replace("https://test.example/", "https://new.example/")
    site.write("sitegen.toml", f'{config}[feeds]\nauthority = "test.example"\n')
    after = ids(site)
    assert {url: sorted(found) for url, found in after.items()} == {url: sorted(f) for url, f in before.items()}


def test_f4_f11_a_typo_moves_no_date_and_a_correction_moves_updated_alone(site: Site) -> None:
    site.write("content/a.md", story("Old", "2026-03-01 10:00"))
    site.write("content/b.md", story("New", "2026-03-02 10:00"))
    site.build()
    before = parsed(site, "/atom.xml")
    site.write("content/a.md", story("Old", "2026-03-01 10:00", body="Txt."))
    site.build()
    typo = parsed(site, "/atom.xml")
    assert [e.updated for e in typo.entries] == [e.updated for e in before.entries]
    site.write("content/a.md", story("Old", "2026-03-01 10:00", updated="2026-03-03 09:00"))
    site.build()
    corrected = parsed(site, "/atom.xml")
    assert [e.title for e in corrected.entries] == ["New", "Old"]
    assert [e.published for e in corrected.entries] == [e.published for e in before.entries]
    assert corrected.entries[1].updated == corrected.feed.updated == "2026-03-03T09:00:00+00:00"


def test_f5_f6_the_summary_comes_first_and_no_url_is_relative(site: Site) -> None:
    body = 'A [link](/b/), [a part](#end), ![Fog](fog.png){.wide}. <script>alert(1)</script>\n\n<a href="c">c</a>'
    site.edit("-- content/w/fog.png --\nx")
    site.write("content/w/a.md", story(body=body, summary="Short."))
    site.build()
    item = next(ElementTree.fromstring(site.page("/feed.xml")).iter("item"))
    names = [child.tag for child in item]
    assert names.index("description") < names.index(CONTENT)
    html = item.findtext(CONTENT) or ""
    assert "<script" not in html
    for url in ("https://test.example/b/", "https://test.example/2026/03/01/a/#end", "https://test.example/w/fog"):
        assert f'="{url}' in html
    assert 'href="/' not in html
    assert 'src="/' not in html


def test_f5_a_summary_is_text_also_where_readers_take_it_for_html(site: Site) -> None:
    site.write("content/a.md", story(summary="'AT&T <script>'", tags="[eels]"))
    site.build()
    assert "<description>AT&amp;amp;T &amp;lt;script&amp;gt;</description>" in site.page("/feed.xml")
    assert "<summary>AT&amp;T &lt;script&gt;</summary>" in site.page("/atom.xml")


def test_f7_one_enclosure_with_its_true_size(site: Site) -> None:
    site.write("content/talk.wav", sound(3))
    site.write("content/a.md", story(audio="talk.wav"))
    site.build()
    size = (site.folder / "content/talk.wav").stat().st_size
    (enclosure,) = parsed(site).entries[0].enclosures
    assert (enclosure.href, enclosure.type, int(enclosure.length)) == (
        "https://test.example/talk.wav", "audio/wav", size,
    )  # fmt: skip
    (attached,) = json.loads(site.page("/feed.json"))["items"][0]["attachments"]
    assert (attached["size_in_bytes"], attached["duration_in_seconds"]) == (size, 3)


@pytest.mark.parametrize("title", NASTY)
def test_f9_any_headline_is_well_formed(site: Site, title: str) -> None:
    site.write("content/a.md", story(json.dumps(title), tags=json.dumps([title[:50]]), markdown="false"))
    site.write("content/a.md", site.read("content/a.md").replace("markdown: false\n", ""))
    site.build()
    assert len(parsed(site).entries) == len(parsed(site, "/atom.xml").entries) == 1
    shown = json.loads(site.page("/feed.json"))["items"][0]["title"]
    assert parsed(site, "/atom.xml").entries[0].title.strip() == shown.strip()


def test_f10_a_feed_is_bounded_and_one_without_stories_is_there(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[[sections]]\nslug = "sport"\ntitle = "Sport"\n[feeds]\ncount = 2\n')
    for number in range(3):
        site.write(f"content/{number}.md", story(f"Story {number}", f"2026-03-0{number + 1}"))
    site.build()
    assert [entry.title for entry in parsed(site).entries] == ["Story 2", "Story 1"]
    assert parsed(site, "/sport/feed.xml").entries == []


def test_f10_the_feed_of_a_group_has_a_number_of_its_own(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config="[feeds]\ngroup_count = 1\n")
    for number in range(3):
        site.write(f"content/{number}.md", story(f"Story {number}", f"2026-03-0{number + 1}", tags="[eels]"))
    site.build()
    assert [entry.title for entry in parsed(site, "/tags/eels/feed.xml").entries] == ["Story 2"]
    assert len(parsed(site).entries) == 3


def test_f12_what_is_withdrawn_is_gone_from_all_feeds_in_the_same_build(site: Site) -> None:
    site.write("content/a.md", story("One", tags="[eels]"))
    site.write("content/b.md", story("Two", tags="[eels]"))
    site.build()
    site.write("content/a.md", story("One", tags="[eels]", draft="true"))
    site.build()
    for url in (*FEEDS, "/tags/eels/feed.xml"):
        assert "One" not in site.page(url)
        assert "Two" in site.page(url)


def test_f13_the_lead_picture_with_its_credit(site: Site) -> None:
    site.edit("-- content/fog.png --\nx")
    site.write("content/a.md", story(image="{src: fog.png, alt: Fog, caption: Fog at sea, credit: Jo Doe}"))
    site.build()
    (media,) = parsed(site).entries[0].media_content
    assert media["url"].startswith("https://test.example/fog.")
    assert (site.folder / "output" / media["url"].removeprefix("https://test.example/")).is_file()
    assert "<media:credit>Jo Doe</media:credit>" in site.page("/feed.xml")


def test_a_story_is_written_once_for_all_feeds_that_list_it(site: Site) -> None:
    site.write("content/a.md", story("One", tags="[eels]"))
    site.write("content/b.md", story("Two", tags="[eels, fish]"))
    site.build()
    site.write("content/a.md", story("One", tags="[eels]", body="Another text."))
    assert {url for url in site.build().rendered if "feed" in url} == {"/feed.xml", "/feed.json", "/tags/eels/feed.xml"}
