"""What holds of a whole paper: every address leads somewhere; time, processes and what is withdrawn leave no trace."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import extruct
import lxml.html
import pytest

from sitegen.urls import output_file
from tests.distribution.paper import HOST, paper
from tests.support.builds import same_site
from tests.support.sites import NOW, Site, story

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
ELSEWHERE = ("https://schema.org", "https://hub.example/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = paper(tmp_path_factory.mktemp("whole") / "site")
    assert [problem.code for problem in site.build().problems] == ["no-date", "bad-cover"]
    return site


def pages(site: Site) -> Iterator[tuple[str, str]]:
    for path, data in site.output().items():
        if path.endswith(".html") and b"<html" in data:
            yield path, data.decode()


def is_there(site: Site, url: str) -> bool:
    """Whether an absolute URL of the site is an output."""
    path = unquote(re.split(r"[?#]", url.removeprefix(HOST))[0])
    return (site.folder / "output" / output_file(path)).is_file()


def addresses(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        for value in thing.values():
            yield from addresses(value)
    elif isinstance(thing, list):
        for item in thing:
            yield from addresses(item)
    elif isinstance(thing, str) and re.match(r"https?://|/", thing):
        yield thing


def test_ld15_every_address_in_structured_data_leads_somewhere(site: Site) -> None:
    told = {
        url
        for _, page in pages(site)
        for graph in extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
        for url in addresses(graph)
    }
    assert len(told) > 20
    assert {url for url in told if not url.startswith(ELSEWHERE) and not is_there(site, url)} == set()


def test_f6_every_address_in_feeds_leads_somewhere(site: Site) -> None:
    feeds = [path for path in site.output() if path.endswith((".xml", "feed.json")) and "sitemap" not in path]
    assert len(feeds) > 10
    told = {url for path in feeds for url in re.findall(rf"{HOST}[^\s\"'<>&\\]*", site.page(f"/{path}"))}
    assert {url for url in told if not is_there(site, url)} == set()


def test_f8_no_element_of_a_feed_is_an_e_mail_address_without_a_name(site: Site) -> None:
    for path in site.output():
        if path.endswith("feed.xml"):
            names = {element.tag for element in ElementTree.fromstring(site.page(f"/{path}")).iter()}
            assert not names & {"author", "managingEditor", "webMaster"}


def test_f1_every_feed_that_a_page_tells_of_is_there(site: Site) -> None:
    for path, page in pages(site):
        told = lxml.html.document_fromstring(page).xpath("//link[@rel='alternate' and contains(@type, '+')]/@href")
        assert told or "refresh" in page, path
        assert {url for url in told if not is_there(site, url)} == set()


# Sitemaps


def sitemaps(site: Site) -> Iterator[tuple[str, ElementTree.Element]]:
    for path, data in site.output().items():
        if "sitemap" in path and path.endswith(".xml"):
            yield path, ElementTree.fromstring(data)


def test_sm1_sm2_sm3_sm4_every_sitemap_keeps_the_rules(site: Site) -> None:
    """The elements and their order are those of sitemap.xsd and siteindex.xsd (sitemaps.org)."""
    allowed = {f"{MAPS}url": ("loc", "lastmod"), f"{MAPS}sitemap": ("loc", "lastmod")}
    for path, root in sitemaps(site):
        assert (site.folder / "output" / path).stat().st_size <= 52_428_800
        assert len(root) <= 50_000
        assert {entry.tag for entry in root} <= ({f"{MAPS}sitemap"} if path == "sitemap.xml" else {f"{MAPS}url"})
        for entry in root:
            names = [child.tag for child in entry]
            own = [name.removeprefix(MAPS) for name in names if name.startswith(MAPS)]
            assert own == [name for name in allowed[entry.tag] if name in own]
            assert {name for name in names if not name.startswith(MAPS)} <= {f"{NEWS}news", f"{IMAGE}image"}
            url = entry.findtext(f"{MAPS}loc") or ""
            assert url.startswith(f"{HOST}/")
            assert len(url) < 2048
            changed = entry.findtext(f"{MAPS}lastmod")
            assert changed is None or datetime.fromisoformat(changed).tzinfo
            assert is_there(site, url)


def test_sm3_every_page_in_a_sitemap_wants_to_be_found_there(site: Site) -> None:
    told = [
        entry.findtext(f"{MAPS}loc") or "" for path, root in sitemaps(site) if path != "sitemap.xml" for entry in root
    ]
    assert len(told) > 15
    for url in told:
        head = lxml.html.document_fromstring(site.page(unquote(url.removeprefix(HOST)))).head
        assert "noindex" not in head.xpath("string(//meta[@name='robots']/@content)")
        assert head.xpath("//link[@rel='canonical']/@href") == [url]


def test_ns2_ns3_ns5_ns6_ns10_every_story_in_the_news_sitemap_is_told_once_and_whole(site: Site) -> None:
    root = ElementTree.fromstring(site.page("/news-sitemap.xml"))
    assert len(root) == 2
    names = set()
    for entry in root:
        assert [child.tag for child in entry] == [f"{MAPS}loc", f"{NEWS}news"]
        told = {element.tag.removeprefix(NEWS): element.text for element in entry[1].iter() if not len(element)}
        assert set(told) == {"name", "language", "publication_date", "title"}
        assert all(told.values())
        assert datetime.fromisoformat(told["publication_date"] or "").tzinfo
        assert "The Test" not in (told["title"] or "")
        names.add(told["name"])
    assert names == {"The Test"}


def test_ns5_ns9_an_update_moves_neither_the_date_nor_the_file(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    before = site.page("/news-sitemap.xml")
    text = site.read("content/world/secret.md").replace(
        "date: 2026-03-10 10:00", "date: 2026-03-10 10:00\nupdated: 2026-03-11"
    )
    site.write("content/world/secret.md", text)
    site.build()
    assert site.page("/news-sitemap.xml") == before
    assert f"Sitemap: {HOST}/news-sitemap.xml\n" in site.page("/robots.txt")


# Time and processes

TODAY = {"index.html", "fragments/edition.html"}
"""What shows the date."""


def unlike(one: Site, other: Site) -> set[str]:
    first, second = one.output(), other.output()
    return {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}


def test_f11_sm4_ns7_another_day_and_other_processes_leave_the_same_bytes(site: Site, tmp_path: Path) -> None:
    later = same_site(site, tmp_path / "later")
    later.build(now=NOW + timedelta(minutes=30), jobs=2)
    assert unlike(site, later) == set()
    later.build(now=NOW + timedelta(hours=26), jobs=2, clean=True)
    assert unlike(site, later) == {*TODAY, "news-sitemap.xml"}
    later.build(now=NOW + timedelta(days=7), jobs=1)
    assert unlike(site, later) == {*TODAY, "news-sitemap.xml", "partners/radio.xml"}


# What is withdrawn

WITHDRAWALS = {
    "a draft": {"draft": "true"},
    "an embargo": {"date": "2026-03-12 09:01"},
    "an end": {"expires": "2026-03-12 09:00"},
}


def traces(site: Site, *words: bytes) -> set[str]:
    """The outputs that say one of these words; indexes of the search page are unpacked."""
    found = set()
    for path, data in site.output().items():
        plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        if any(word in plain.lower() for word in words):
            found.add(path)
    return found


@pytest.mark.parametrize("way", WITHDRAWALS)
def test_f12_ns11_sm3_what_is_withdrawn_is_gone_from_everything_in_the_same_build(
    site: Site, tmp_path: Path, way: str
) -> None:
    mine = same_site(site, tmp_path / "mine")
    mine.build()
    before = traces(mine, b"secret")
    wanted = (
        "index.html", "feed.xml", "feed.json", "podcast.xml", "partners/radio.xml", "news-sitemap.xml",
        "sitemaps/2026-03.xml", "world/index.html", "world/feed.xml", "tags/eels/feed.xml",
        "authors/jane-doe/index.html", "series/river-year/feed.xml", "2026/03/09/weir/index.html",
        "2026/03/10/index.html",
    )  # fmt: skip
    assert set(wanted) <= before
    assert any(path.startswith("pagefind/2026/fragment/") for path in before), "search knows it"
    text = mine.read("content/world/secret.md")
    fields = {"title": "Secret eels", "date": "2026-03-10 10:00", "tags": "[eels]", "authors": "[jane-doe]"}
    mine.write("content/world/secret.md", story(**{**fields, **WITHDRAWALS[way]}, body=text.split("---")[-1]))
    report = mine.build()
    assert traces(mine, b"secret") == set()
    assert "/2026/03/10/secret/" in report.removed


def test_f3_identities_are_the_same_in_all_feeds_whatever_moves(site: Site, tmp_path: Path) -> None:
    def ids(paper: Site) -> dict[str, set[str]]:
        feeds = [path for path in paper.output() if path.endswith(".xml") and "sitemap" not in path]
        marks = {
            path: r"<guid[^>]*>([^<]+)" if "<rss" in paper.page(f"/{path}") else r"<entry.*?<id>([^<]+)"
            for path in feeds
        }
        return {path: set(re.findall(mark, paper.page(f"/{path}"), re.DOTALL)) for path, mark in marks.items()}

    moved = same_site(site, tmp_path / "moved")
    text = moved.read("content/world/weir.md")
    text = text.replace("title: The weir", "title: The old weir\nslug: another\nsection: culture")
    moved.write("content/world/weir.md", text)
    moved.build()
    before, after = ids(site), ids(moved)
    assert {path: found for path, found in after.items() if path not in ("culture/feed.xml", "world/feed.xml")} == {
        path: found for path, found in before.items() if path not in ("culture/feed.xml", "world/feed.xml")
    }
    assert before["world/feed.xml"] - after["world/feed.xml"] == after["culture/feed.xml"] - before["culture/feed.xml"]
    assert {item["id"] for item in json.loads(moved.page("/feed.json"))["items"]} == after["feed.xml"]
