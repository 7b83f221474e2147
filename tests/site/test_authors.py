"""Authors: what is known of them, several of one story, and bylines without a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.support.pictures import picture
from tests.support.sites import NOW, Site, story

A, JANE = "/2026/03/01/a/", "/authors/jane-doe/"
BYLINE = """
{% extends "base.html" %}{% block main %}{{ structured_data(page) }}
{% for author in article.authors %}[{{ author.name }} {{ author.url }} {{ author.byline }}]{% endfor %}{% endblock %}
"""
PROFILE = """
{% extends "base.html" %}{% block main %}{{ structured_data(page) }}{% set author = page.subject %}
{{ author.beat }}|{{ author.email }}|{{ author.homepage }}|{{ author.description_html }}
{% for link in author.links %}[{{ link.title }} {{ link.url }}]{% endfor %}
{% if author.image %}{{ author.image.crop("1:1").src }}{% endif %}
{% for item in page.items %}<a href="{{ item.url }}">{% endfor %}{% endblock %}
"""
JANE_DOE = """
---
name: Jane Doe
beat: The river
email: jane@test.example
url: https://jane.example/
links: {Mastodon: "https://social.example/@jane", Code: https://code.example/jane}
image: {src: jane.png, alt: Jane}
---
Reports *daily*.
"""


TABLE = """
[authors.jane-doe]
name = "Jane Doe"
beat = "The river"
email = "jane@test.example"
bio = "Reports *daily*."
url = "https://jane.example/"
links = { Mastodon = "https://social.example/@jane" }
image = "authors/jane.png"
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("templates/story.html", BYLINE)
    site.write("templates/author.html", PROFILE)
    site.write("content/authors/jane-doe.md", JANE_DOE.lstrip())
    site.edit("-- content/authors/jane.png --\nx")
    site.write("content/a.md", story("A", authors="[jane-doe, Ola Nordmann]"))
    return site


def configure(site: Site, text: str) -> None:
    site.write("sitegen.toml", f"{site.read('sitegen.toml')}\n{text}\n")


def told(site: Site, url: str) -> Any:
    """What a page says it is."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.page(url), re.DOTALL)
    assert found is not None
    return json.loads(found[1])["@graph"][0]


def test_a_profile_in_full(site: Site) -> None:
    assert site.build().problems == ()
    page = site.page(JANE)
    assert "The river|jane@test.example|https://jane.example/|<p>Reports <em>daily</em>.</p>" in page
    assert "[Mastodon https://social.example/@jane][Code https://code.example/jane]" in page
    assert re.search(r"/authors/jane\.[\w-]+\.jpg", page)
    assert told(site, JANE) == {
        "@type": "Person",
        "name": "Jane Doe",
        "url": f"https://test.example{JANE}",
        "description": "Reports daily.",
        "knowsAbout": "The river",
        "email": "jane@test.example",
        "sameAs": ["https://jane.example/", "https://social.example/@jane", "https://code.example/jane"],
        "image": told(site, JANE)["image"],
    }


def test_the_same_from_the_configuration(site: Site) -> None:
    site.delete("content/authors/jane-doe.md")
    configure(site, TABLE)
    assert site.build().problems == ()
    page = site.page(JANE)
    assert "The river|jane@test.example|https://jane.example/|<p>Reports <em>daily</em>.</p>" in page
    assert "[Mastodon https://social.example/@jane]" in page
    assert re.search(r"/authors/jane\.[\w-]+\.jpg", page)


def test_a_story_of_several_stands_on_the_page_of_each(site: Site) -> None:
    site.build()
    assert f"[Jane Doe {JANE} staff][Ola Nordmann /authors/ola-nordmann/ staff]" in site.page(A)
    assert all(f'<a href="{A}">' in site.page(url) for url in (JANE, "/authors/ola-nordmann/"))
    assert [author["name"] for author in told(site, A)["author"]] == ["Jane Doe", "Ola Nordmann"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("email: jane", "`email` is not an e-mail address"),
        ("email: jane@localhost", "`email` is not an e-mail address"),
        ("links: {Site: 'javascript:alert(1)'}", "`Site` is not a full URL"),
        ("links: https://jane.example/", "`links` is not a table"),
        ("byline: gast", "`byline` is not a kind of author"),
        ("url: 'data:text/html,x'", "`homepage` is not a full URL"),
    ],
)
def test_what_cannot_be_a_contact_is_told_and_not_shown(site: Site, line: str, message: str) -> None:
    site.write("content/authors/jane-doe.md", f"---\nname: Jane Doe\n{line}\n---\n")
    (problem,) = site.build().problems
    assert (problem.severity, problem.message) == ("warning", message)
    assert (problem.span.path, problem.span.line) == ("content/authors/jane-doe.md", 3)
    assert "|||" in site.page(JANE)
    assert not [word for word in ("javascript", "data:text", "localhost") if word in site.page(JANE)]


@pytest.mark.parametrize("line", ['url = "javascript:alert(1)"', 'email = "x"', 'links = { a = "ftp://a.example/" }'])
def test_in_the_configuration_that_is_an_error(site: Site, line: str) -> None:
    configure(site, f"[authors.x]\n{line}")
    status, _, errors = site.command("build")
    assert status == 1
    assert "sitegen.toml:" in errors


def bylines(site: Site) -> None:
    """A story of somebody on the staff, a guest and an agency."""
    configure(site, '[authors.wire]\nname = "Test Wire"\nbyline = "wire"\nurl = "https://wire.example/"')
    site.write("content/authors/guest.md", "---\nname: A Guest\nbyline: guest\n---\nTeaches.\n")
    site.write("content/a.md", story("A", authors="[jane-doe, guest, Test Wire]"))


def test_guests_and_agencies_have_a_byline_and_no_page(site: Site) -> None:
    bylines(site)
    assert site.build().problems == ()
    assert f"[Jane Doe {JANE} staff][A Guest  guest][Test Wire  wire]" in site.page(A)
    assert not [path for path in site.output() if "guest" in path or "wire" in path]
    listed = site.page("/authors/")
    assert "Jane Doe" in listed
    assert "Guest" not in listed
    assert "Wire" not in listed


def test_search_engines_are_told_who_is_a_person(site: Site) -> None:
    bylines(site)
    site.build()
    assert told(site, A)["author"] == [
        {"@type": "Person", "name": "Jane Doe", "url": f"https://test.example{JANE}"},
        {"@type": "Person", "name": "A Guest"},
        {"@type": "Organization", "name": "Test Wire", "url": "https://wire.example/"},
    ]


def test_feeds_and_sitemaps_name_them_and_lead_nowhere(tmp_path: Path) -> None:
    site = Site(tmp_path, theme="", config='[feeds]\nformats = ["rss", "atom", "json"]')
    bylines(site)
    site.write("content/authors/jane-doe.md", "---\nname: Jane Doe\n---\n")
    assert site.build().problems == ()
    names = ["Jane Doe", "A Guest", "Test Wire"]
    atom = feedparser.parse(site.page("/atom.xml"))
    assert [author["name"] for author in atom.entries[0].authors] == names
    jane = "https://test.example/authors/jane-doe/"
    assert [author.get("href") for author in atom.entries[0].authors] == [jane, None, None]
    assert json.loads(site.page("/feed.json"))["items"][0]["authors"] == [
        {"name": "Jane Doe", "url": jane},
        {"name": "A Guest"},
        {"name": "Test Wire"},
    ]
    assert re.findall("<dc:creator>(.*?)</dc:creator>", site.page("/feed.xml")) == names
    urls = b"".join(data for path, data in site.output().items() if path.startswith("sitemap"))
    assert b"/authors/jane-doe/" in urls
    assert b"/authors/guest/" not in urls
    page = site.page(A)
    assert 'rel="author" href="/authors/jane-doe/">Jane Doe</a>' in page
    assert "<span>A Guest</span> and <span>Test Wire</span>" in page
    assert page.count("article:author") == 1


def test_who_joins_the_staff_gets_a_page_and_who_leaves_it_loses_it(site: Site) -> None:
    bylines(site)
    site.build()
    site.write("content/authors/guest.md", "---\nname: A Guest\nbyline: staff\n---\nTeaches.\n")
    assert "/authors/guest/" in site.build().written
    site.write("content/authors/guest.md", "---\nname: A Guest\nbyline: wire\n---\nTeaches.\n")
    report = site.build()
    assert "/authors/guest/" in report.removed
    assert set(report.written) == {A, "/authors/"}


def test_a_link_to_a_guest_is_a_link_to_nothing(site: Site) -> None:
    bylines(site)
    site.write("content/b.md", story("B", body="See [her](authors/guest.md)."))
    (problem,) = site.build().problems
    assert (problem.code, problem.span.path) == ("missing-link", "content/b.md")


def test_a_byline_is_the_same_in_all_languages(tmp_path: Path) -> None:
    site = Site(tmp_path, config='languages.de = { authors.wire = { bio = "Nachrichten." } }')
    bylines(site)
    site.write("content/a.de.md", story("A", "2026-03-02", authors="[guest, wire]"))
    site.write("content/authors/guest.de.md", "---\nname: A Guest\n---\nLehrt.\n")
    site.build()
    assert not [path for path in site.output() if "guest" in path or "wire" in path]


def test_another_picture_or_beat_changes_the_page_of_the_author_alone(site: Site) -> None:
    site.build()
    site.write("content/authors/jane.png", picture(4, 4))
    report = site.build()
    assert [url for url in report.written if "." not in url] == [JANE]
    assert report.removed
    site.write("content/authors/jane-doe.md", JANE_DOE.lstrip().replace("The river", "The sea"))
    assert site.build().written == [JANE]
    assert site.build(now=NOW).rendered == []
