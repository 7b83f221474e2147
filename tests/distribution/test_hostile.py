"""Whatever a headline, name or text holds: pages, feeds, sitemaps and structured data say it and stay whole."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import extruct
import feedparser
import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.sites import Site

PIECES = (
    "<b>bold</b>", "&amp; & &#60;", "</script><script>alert(1)</script>", "]]>", "<!-- -->", '"quoted"', "it's",
    "`code <script>`",
    "\u202eabc", "\u200fשלום", "🦊👩‍🚀", "\x07\x00\x1b", "\u2028\u2029", "{{ 1 }}{% x %}",
    "x" * 500, "long " * 100, "\\", "%3C",
    "<img src=x onerror=alert(1)>", "\ufffe", "AT&T's <em>*new*</em> O*NET", "新聞", "javascript:alert(1)",
)  # fmt: skip
STORY = "/2026/03/11/odd/"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LISTED = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}title"


def built(folder: Path, text: str) -> Site:
    """A paper in which everything that can be called something is called `text`."""
    said = json.dumps(text, ensure_ascii=False)
    config = f"""language = "en"
[[sections]]
slug = "world"
title = {said}
description = {said}
[publisher]
name = {said}
[feeds]
podcast = {{enable = true, title = {said}, author = {said}}}
[[feeds.partner]]
name = "radio"
title = {said}
[hosting]
llms = true
"""
    site = Site(folder, theme="", config=config.replace("\\u0000", "").replace("\x7f", ""))
    fields = ("title", "deck", "summary", "kicker", "dateline")
    lists = ("tags", "authors", "series")
    matter = [f"{name}: {said}" for name in fields] + [f"{name}: [{said}]" for name in lists]
    matter += [f"corrections: [{{date: 2026-03-12, text: {said}}}]"]
    matter += [
        f"image: {{src: fog.png, alt: {said}, caption: {said}, credit: {said}}}",
        "audio: https://h.example/a.mp3",
    ]
    head = "\n".join(["---", "date: 2026-03-11 10:00", *matter, "---", ""])
    site.edit("-- content/world/fog.png --\nx")
    site.write("content/world/odd.md", head + text + "\n\nMore.")
    assert site.build().published
    return site


def check(site: Site) -> None:
    output = site.output()
    texts = {path: data.decode() for path, data in output.items() if path.endswith((".html", ".xml", ".json", ".txt"))}
    assert {path for path, text in texts.items() if CONTROLS.search(text)} == set()
    for path, text in texts.items():
        if path.endswith(".xml"):
            ElementTree.fromstring(text)
    title = json.loads(site.page("/feed.json"))["items"][0]["title"]
    check_feeds(site, title)
    check_page(site.page(STORY), title)
    check_scripts(texts)


def check_feeds(site: Site, title: str) -> None:
    for url in ("/feed.xml", "/atom.xml", "/world/feed.xml", "/partners/radio.xml", "/podcast.xml"):
        found = feedparser.parse(site.page(url).encode())
        assert not found.bozo, (url, found.get("bozo_exception"))
        (entry,) = found.entries
        assert entry.link == f"https://test.example{STORY}"
        assert "<script" not in "".join(content.value for content in entry.get("content", ()))
    items = [ElementTree.fromstring(site.page(url)).find(".//item") for url in ("/feed.xml", "/podcast.xml")]
    summary = json.loads(site.page("/feed.json"))["items"][0]["summary"]
    for item in items:
        assert item is not None
        assert flat(html.unescape(item.findtext("description") or "")) == flat(summary)
    root = ElementTree.fromstring(site.page("/atom.xml"))
    assert root.findtext(".//{*}entry/{*}title") == (title or None)
    news = ElementTree.fromstring(site.page("/news-sitemap.xml"))
    assert [element.text for element in news.iter(NEWS)] == [title or None]
    maps = ElementTree.fromstring(site.page("/sitemaps/2026-03.xml"))
    assert [element.text for element in maps.iter(LISTED)] == [f"https://test.example{STORY}"]


def check_page(text: str, title: str) -> None:
    page = lxml.html.document_fromstring(text)
    head = page.head
    assert [element.text for element in head.iter("title")] == [f"{title} – The Test"]
    assert [flat(element.text_content()) for element in page.iter("h1")] == [flat(title)]
    (shared,) = head.xpath("//meta[@property='og:title']/@content")
    assert shared == title
    assert head.xpath("//link[@rel='canonical']/@href") == [f"https://test.example{STORY}"]
    (data,) = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]
    told = {thing["@type"]: thing for thing in data["@graph"]}
    assert told["NewsArticle"]["headline"] == title
    assert not page.xpath("//*[@onerror]")
    assert page.xpath("//article"), "the page is whole"


def check_scripts(texts: Mapping[str, str]) -> None:
    """No page has a script that another page of its kind has not: nothing that was written came to life."""
    for path, text in texts.items():
        if path.endswith(".html") and "<html" in text:
            scripts = lxml.html.document_fromstring(text).xpath("//script")
            own = [script for script in scripts if "alert(1)" in (script.text or "") and not script.get("type")]
            assert not own, path


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", PIECES)
def test_ld1_f9_h1_og1_whatever_it_is_called(tmp_path: Path, text: str) -> None:
    check(built(tmp_path, text))


@settings(max_examples=12, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=5).map(" ".join))
def test_ld1_f9_h1_og1_whatever_it_is_called_in_any_order(text: str) -> None:
    with TemporaryDirectory() as folder:
        check(built(Path(folder), text))


def test_f5_what_is_cut_is_cut_at_a_word(tmp_path: Path) -> None:
    site = Site(tmp_path, theme="")
    words = " ".join(f"word{number}" for number in range(400))
    site.write("content/a.md", f"---\ntitle: A\ndate: 2026-03-11\n---\n{words}\n")
    site.build()
    told = json.loads(site.page("/feed.json"))["items"][0]["summary"]
    shown = lxml.html.document_fromstring(site.page("/2026/03/11/a/")).xpath("//meta[@name='description']/@content")
    for text in (told, *shown):
        begun = text.removesuffix("…").rstrip()
        assert 50 < len(begun) < len(words)
        assert words.startswith(f"{begun} ")
