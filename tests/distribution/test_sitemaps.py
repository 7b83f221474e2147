"""Sitemaps and robots.txt, as search engines see them (docs/guide/distribution.md)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sitegen.site import sitemaps
from tests.distribution.test_feeds import newspaper
from tests.support.sites import NOW, Site, story

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HOST = "https://test.example"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return newspaper(tmp_path)


def locations(site: Site, url: str) -> dict[str, str | None]:
    """Each URL in a sitemap, or an index of them, without its host, and its `lastmod`."""
    root = ElementTree.fromstring(site.page(url))
    return {(entry.findtext(f"{MAPS}loc") or "").removeprefix(HOST): entry.findtext(f"{MAPS}lastmod") for entry in root}


def news(site: Site, url: str = "/news-sitemap.xml") -> list[str]:
    """The headlines of a news sitemap."""
    return [found.text or "" for found in ElementTree.fromstring(site.page(url)).iter(f"{NEWS}title")]


def test_sm2_sm6_one_new_story_touches_one_sitemap_and_the_index(site: Site) -> None:
    site.write("content/a.md", story("One", "2026-01-01"))
    site.write("content/b.md", story("Two", "2026-02-01"))
    site.build()
    maps = [f"/sitemaps/{name}.xml" for name in ("2026-02", "2026-01", "pages")]
    assert list(locations(site, "/sitemap.xml")) == maps
    site.write("content/c.md", story("Three", "2026-02-02"))
    written = [url for url in site.build().written if "sitemap" in url]
    assert written == ["/sitemap.xml", "/sitemaps/2026-02.xml", "/sitemaps/pages.xml"]


def test_sm3_only_what_search_engines_should_keep(site: Site) -> None:
    site.write("content/a.md", story("One", aliases="[/old/]"))
    site.write("content/b.md", story("Two", noindex="true"))
    site.write("content/c.md", story("Three", canonical="https://elsewhere.example/"))
    site.write("content/d.md", story("Four", draft="true"))
    site.write("content/e.md", story("Five", "2030-01-01"))
    site.write("content/pages/über uns.md", "---\ntitle: About\n---\nx")
    site.build()
    assert list(locations(site, "/sitemaps/2026-03.xml")) == ["/2026/03/01/a/"]
    assert set(locations(site, "/sitemaps/pages.xml")) == {"/", "/%C3%BCber-uns/"}


def test_sm4_lastmod_is_that_of_the_content_or_none(site: Site) -> None:
    site.write("content/a.md", story("One", "2026-03-01 10:00", tags="[eels]"))
    site.write("content/b.md", story("Two", "2026-03-02 10:00", updated="2026-03-09 11:00", tags="[eels]"))
    site.write("content/pages/about.md", "---\ntitle: About\n---\nx")
    site.build()
    assert locations(site, "/sitemaps/2026-03.xml") == {
        "/2026/03/02/b/": "2026-03-09T11:00:00+00:00",
        "/2026/03/01/a/": "2026-03-01T10:00:00+00:00",
    }
    pages = locations(site, "/sitemaps/pages.xml")
    assert pages["/tags/eels/"] == pages["/"] == "2026-03-09T11:00:00+00:00"
    assert pages["/about/"] is None


def test_sm1_a_file_that_would_be_too_large_is_split(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_MOST", 2)
    for number in range(3):
        site.write(f"content/{number}.md", story(f"Story {number}", f"2026-03-0{number + 1}"))
    site.build()
    assert list(locations(site, "/sitemaps/2026-03.1.xml")) == ["/2026/03/01/0/", "/2026/03/02/1/"]
    assert list(locations(site, "/sitemaps/2026-03.2.xml")) == ["/2026/03/03/2/"]
    assert "/sitemaps/2026-03.2.xml" in locations(site, "/sitemap.xml")


def test_sm5_the_lead_picture_is_told_and_no_sitemap_is_compressed(site: Site) -> None:
    """SM5 allows both. What a compressed file holds would depend on the library of the machine: hosts compress."""
    site.edit("-- content/fog.png --\nx")
    site.write("content/a.md", story(image="fog.png"))
    site.build()
    assert [file for file in site.output() if file.endswith(".gz")] == []
    assert all(location.endswith(".xml") for location in locations(site, "/sitemap.xml"))
    assert f"<image:loc>{HOST}/fog.png</image:loc>" in site.page("/sitemaps/2026-03.xml")


# News


def test_ns1_to_ns6_what_is_said_of_a_story(site: Site) -> None:
    site.write("content/a.md", story("One", "2026-03-12 08:00", language="de"))
    site.build()
    (found,) = ElementTree.fromstring(site.page("/news-sitemap.xml"))
    said = {element.tag.rpartition("}")[2]: element.text for element in found.iter() if element.text}
    assert said == {
        "loc": f"{HOST}/2026/03/12/a/",
        "name": "The Test",
        "language": "en",
        "publication_date": "2026-03-12T08:00:00+00:00",
        "title": "One",
    }


def test_ns7_news_for_two_days(site: Site) -> None:
    site.write("content/a.md", story("One", "2026-03-12 08:00"))
    born = NOW - timedelta(hours=1)
    for age, wanted in [(timedelta(), ["One"]), (timedelta(days=2, seconds=-1), ["One"]), (timedelta(days=2), [])]:
        site.build(now=born + age)
        assert news(site) == wanted
    assert site.build(now=born + timedelta(days=2)).rendered == []


def test_ns8_more_than_fit_into_a_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_MOST_NEWS", 2)
    for number in range(3):
        site.write(f"content/{number}.md", story(f"Story {number}", f"2026-03-12 0{number}:00"))
    site.build()
    assert list(locations(site, "/news-sitemap.xml")) == ["/sitemaps/news.1.xml", "/sitemaps/news.2.xml"]
    assert news(site, "/sitemaps/news.1.xml") == ["Story 2", "Story 1"]
    assert news(site, "/sitemaps/news.2.xml") == ["Story 0"]


@pytest.mark.parametrize(
    "fields", [{"type": "sponsored"}, {"noindex": "true"}, {"params": "{news_sitemap: false}"}, {"draft": "true"}]
)
def test_ns11_what_is_no_news(site: Site, fields: dict[str, str]) -> None:
    site.write("content/a.md", story("One", "2026-03-12 08:00", **fields))
    site.build()
    assert news(site) == []


@pytest.mark.parametrize(("tag", "told"), [("en-GB", "en"), ("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("pt-BR", "pt")])
def test_ns4_languages(tmp_path: Path, tag: str, told: str) -> None:
    site = newspaper(tmp_path, config=f'language = "{tag}"\n')
    site.write("content/a.md", story("One", "2026-03-12 08:00"))
    site.build()
    assert f"<news:language>{told}</news:language>" in site.page("/news-sitemap.xml")


# robots.txt


def test_r1_r2_crawlers_are_told_of_the_sitemaps(site: Site) -> None:
    site.build()
    assert site.page("/robots.txt") == (
        f"User-agent: *\nDisallow:\n\nSitemap: {HOST}/sitemap.xml\nSitemap: {HOST}/news-sitemap.xml\n"
    )


def test_r5_rules_for_crawlers(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[robots]\ndisallow = ["/search/"]\nagents = {GPTBot = ["/"]}\n')
    site.build()
    assert site.page("/robots.txt").startswith(
        "User-agent: *\nDisallow: /search/\n\nUser-agent: GPTBot\nDisallow: /\n\n"
    )


def test_a_file_of_ones_own_wins(site: Site) -> None:
    site.write("content/robots.txt", "mine")
    site.build()
    assert site.page("/robots.txt") == "mine"


@pytest.mark.parametrize(
    ("robots", "left_out"),
    [
        ('disallow = ["/2026/03/11/"]', {"/2026/03/11/b/"}),
        ('disallow = ["/2026/03/11"]', {"/2026/03/11/b/"}),
        ('disallow = ["/tags/", "/*/a/$"]', {"/2026/03/10/a/", "/tags/eels/"}),
        ('disallow = ["/*/11/*/"]', {"/2026/03/11/b/"}),
        ('disallow = ["/a/"]', set()),
        ('disallow = ["/tags/eels$"]', set()),
        ('disallow = ["/%C3%BCber/"]', {"/%C3%BCber/"}),
        ('agents = {GPTBot = ["/"]}', set()),
        ('agents = {"*" = ["/tags/"]}', {"/tags/eels/"}),
        ('disallow = ["/tags/"]\nenable = false', set()),
    ],
)
def test_r4_what_no_crawler_may_see_is_in_no_sitemap(tmp_path: Path, robots: str, left_out: set[str]) -> None:
    site = newspaper(tmp_path, config=f"[robots]\n{robots}\n")
    site.write("content/a.md", story("One", "2026-03-10 10:00", tags="[eels]"))
    site.write("content/b.md", story("Two", "2026-03-11 10:00"))
    site.write("content/pages/über.md", "---\ntitle: About\n---\nx")
    site.build()
    told = {url for name in ("2026-03", "pages") for url in locations(site, f"/sitemaps/{name}.xml")}
    assert told == {"/", "/tags/eels/", "/%C3%BCber/", "/2026/03/10/a/", "/2026/03/11/b/"} - left_out
    names = [name for name, url in (("Two", "/2026/03/11/b/"), ("One", "/2026/03/10/a/")) if url not in left_out]
    site.build(now=datetime(2026, 3, 11, 12, tzinfo=UTC))
    assert news(site) == names


def test_r4_rules_of_ones_own_are_not_known(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[robots]\ndisallow = ["/2026/"]\n')
    site.write("content/a.md", story("One"))
    site.write("content/robots.txt", "User-agent: *\nDisallow:\n")
    assert site.build().problems == ()
    assert "/2026/03/01/a/" in locations(site, "/sitemaps/2026-03.xml")


OWN = """\
# Mine
User-agent: *
Disalow: /secret/   # a slip
Crawl-delay: 10

keep out
SITEMAP: https://test.example/sitemap.xml
Noindex: /old/
"""


def test_r5_what_no_crawler_understands_is_a_warning(site: Site) -> None:
    site.write("content/robots.txt", OWN)
    problems = site.build().problems
    assert [(problem.severity, problem.code, problem.span.line) for problem in problems] == [
        ("warning", "unknown-directive", 3),
        ("warning", "unknown-directive", 6),
        ("warning", "unknown-directive", 8),
    ]
    assert problems[0].hint == "did you mean `disallow`?"
    site.write("content/robots.txt", "\ufeffUser-agent: *\r\nDisallow:\r\n")
    assert site.build().problems == ()


@pytest.mark.parametrize(
    "settings",
    ['disallow = ["secret/"]', 'disallow = ["/a b/"]', 'agents = {"Bad: bot" = ["/"]}', 'agents = {a = ["x"]}'],
)
def test_r5_rules_that_say_nothing_are_errors_in_the_settings(tmp_path: Path, settings: str) -> None:
    site = newspaper(tmp_path, config=f"[robots]\n{settings}\n")
    code, _, said = site.command("build")
    assert (code, "sitegen.toml:5:" in said) == (1, True), said


def test_r1_robots_is_small_and_utf_8(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[robots]\ndisallow = ["/über/"]\n')
    site.build()
    data = site.output()["robots.txt"]
    assert len(data) < 500 * 1024
    assert b"Disallow: /%C3%BCber/\n" in data
