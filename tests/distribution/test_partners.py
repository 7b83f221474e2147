"""Feeds for partners, the podcast, and the hub that tells of them (docs/guide/distribution.md)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.distribution.test_feeds import newspaper, parsed
from tests.oracle.model import sound
from tests.support.pictures import picture
from tests.support.sites import NOW, Site, story

RADIO = "/partners/radio.xml"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
HUB = "https://hub.example/"


def with_partner(folder: Path, settings: str) -> Site:
    """Four stories, two of them in `world`, and a feed for a partner with these settings."""
    site = newspaper(folder, config=f'[[feeds.partner]]\nname = "radio"\n{settings}\n')
    site.write("content/world/a.md", story("One", "2026-03-01", tags="[eels]", authors="[Jane Doe]"))
    site.write("content/world/b.md", story("Two", "2026-03-02", tags="[fish]"))
    site.write("content/sport/c.md", story("Three", "2026-03-03", tags="[eels, fish]", series="[Nets]"))
    site.write("content/d.md", story("Four", "2026-03-04"))
    return site


def titles(site: Site, url: str = RADIO) -> list[str]:
    return [entry.title for entry in parsed(site, url).entries]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", ["Four", "Three", "Two", "One"]),
        ('sections = ["world"]', ["Two", "One"]),
        ('sections = ["sport", "world"]', ["Three", "Two", "One"]),
        ('tags = ["Eels"]', ["Three", "One"]),
        ('sections = ["world"]\ntags = ["eels"]', ["One"]),
        ('authors = ["jane-doe"]', ["One"]),
        ('series = ["nets"]\ncount = 1', ["Three"]),
        ("count = 2", ["Four", "Three"]),
    ],
)
def test_f10_a_partner_gets_the_stories_that_were_asked_for(tmp_path: Path, settings: str, told: list[str]) -> None:
    site = with_partner(tmp_path, settings)
    assert site.build().problems == ()
    assert titles(site) == told


def test_f10_a_group_that_is_not_there_is_a_warning_and_no_story(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'sections = ["wrold"]')
    (problem,) = site.build().problems
    assert (problem.severity, problem.code, problem.hint) == ("warning", "unknown-group", "did you mean `world`?")
    assert titles(site) == []


def test_f10_a_window_ends_by_itself(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'window = "10d"')
    site.write("content/e.md", story("Undated", ""))
    end = NOW.replace(day=11, hour=0)  # ten days after story One
    for now, told in [(end - timedelta(seconds=1), 4), (end, 3), (end + timedelta(days=1), 2)]:
        site.build(now=now)
        assert len(titles(site)) == told


def test_f10_a_window_beyond_the_end_of_time(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'window = "99999w"')
    site.write("content/e.md", story("Far", "9998-12-31"))
    assert site.build(future=True).published
    assert titles(site)[0] == "Far"


def test_f5_only_summaries_if_that_is_wanted(tmp_path: Path) -> None:
    site = with_partner(tmp_path, "full_text = false")
    site.write("content/world/a.md", story("One", body="The whole text.", summary="Short."))
    site.build()
    assert "The whole text." not in site.page(RADIO)
    assert "The whole text." in site.page("/feed.xml")


@pytest.mark.parametrize("wanted", [True, False])
def test_f13_pictures_only_if_they_are_wanted(tmp_path: Path, wanted: bool) -> None:
    site = with_partner(tmp_path, f"images = {str(wanted).lower()}")
    site.edit("-- content/fog.png --\nx")
    nested = '<figure><figure><img src="/fog.png" alt=""></figure><figcaption>Both.</figcaption></figure>'
    parts = [
        "Before.",
        '![Fog](/fog.png "A foggy day")',
        "In ![a](/fog.png) line.",
        nested,
        "> Quoted.\n> — Jo",
        "After.",
    ]
    site.write("content/world/a.md", story("One", image="{src: /fog.png, credit: Jo Doe}", body="\n\n".join(parts)))
    site.build()
    text = site.page(RADIO)
    for mark in ("fog.", "A foggy day", "Jo Doe"):
        assert (mark in text) is wanted, mark
    assert all(word in text for word in ("Before.", "line.", "Both.", "Quoted.", "After."))
    assert text.count("&lt;figure") == text.count("&lt;/figure")


def test_f14_f15_other_formats_at_other_places(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'format = "atom"\npath = "/wire/all.atom"\ntitle = "The Wire"')
    site.write("sitegen.toml", site.read("sitegen.toml") + '[[feeds.partner]]\nname = "app"\nformat = "json"\n')
    site.build()
    assert parsed(site, "/wire/all.atom").feed.title == "The Wire"
    assert json.loads(site.page("/partners/app.json"))["feed_url"] == "https://test.example/partners/app.json"


def test_f11_a_feed_changes_only_with_what_it_lists(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'sections = ["world"]')
    site.build()
    site.write("content/sport/c.md", story("Drei", "2026-03-03"))
    assert RADIO not in site.build().rendered


def test_two_feeds_at_one_place_are_an_error(tmp_path: Path) -> None:
    site = with_partner(tmp_path, 'path = "/feed.xml"')
    assert [problem.code for problem in site.build().problems] == ["same-url"]


# The podcast


def with_podcast(folder: Path, settings: str = "") -> Site:
    config = f'[publisher]\nname = "Test Press"\nlogo = "cover.png"\n[feeds.podcast]\nenable = true\n{settings}\n'
    site = newspaper(folder, config=config)
    site.write("content/cover.png", picture(1400, 1400))
    site.write("content/talk.wav", sound(3))
    site.write("content/said.vtt", "WEBVTT\n")
    site.write("content/a.md", story("Heard", audio="{src: talk.wav, transcript: said.vtt}"))
    site.write("content/b.md", story("Silent"))
    return site


def test_f16_a_podcast_says_what_directories_ask_for(tmp_path: Path) -> None:
    settings = (
        'title = "Test Talk"\ncategory = "News > Daily News"\nexplicit = true\ntype = "serial"\nemail = "a@b.example"'
    )
    site = with_podcast(tmp_path, settings)
    assert site.build().problems == ()
    feed = parsed(site, "/podcast.xml").feed
    assert (feed.title, feed.author) == ("Test Talk", "Test Press")
    assert feed.image.href == "https://test.example/cover.png"
    channel = ElementTree.fromstring(site.page("/podcast.xml"))[0]
    category = channel.find(f"{ITUNES}category")
    assert category is not None
    assert [category.get("text"), category[0].get("text")] == ["News", "Daily News"]
    assert (channel.findtext(f"{ITUNES}type"), channel.findtext(f"{ITUNES}explicit")) == ("serial", "true")
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "a@b.example"


def test_f16_an_episode_has_its_length_and_its_transcript(tmp_path: Path) -> None:
    site = with_podcast(tmp_path)
    site.build()
    (entry,) = parsed(site, "/podcast.xml").entries
    assert (entry.title, entry.itunes_duration, entry.id) == ("Heard", "3", parsed(site).entries[0].id)
    assert entry.enclosures[0].href == "https://test.example/talk.wav"
    transcript = next(ElementTree.fromstring(site.page("/podcast.xml")).iter(f"{PODCAST}transcript"))
    assert transcript.attrib == {"url": "https://test.example/said.vtt", "type": "text/vtt"}


def test_f16_a_recording_that_is_not_there_is_no_episode(tmp_path: Path) -> None:
    site = with_podcast(tmp_path)
    site.write("content/a.md", story("Heard", audio="/lost.wav"))
    site.build()
    assert parsed(site, "/podcast.xml").entries == []
    assert "lost.wav" not in site.page("/feed.xml")


@pytest.mark.parametrize("size", [(1399, 1399), (1400, 1500)])
def test_f16_a_cover_that_directories_refuse_is_a_warning(tmp_path: Path, size: tuple[int, int]) -> None:
    site = with_podcast(tmp_path)
    site.write("content/cover.png", picture(*size))
    assert [problem.code for problem in site.build().problems] == ["bad-cover"]
    site.write("content/cover.png", picture(1500, 1500))
    assert site.build().problems == ()
    site.delete("content/cover.png")
    assert [problem.code for problem in site.build().problems] == ["bad-cover", "no-icon"]


def test_f1_pages_tell_of_the_podcast(tmp_path: Path) -> None:
    site = with_podcast(tmp_path)
    site.write("templates/front.html", "{% for f in page.feeds %}{{ f.type }} {{ f.url }};{% endfor %}")
    site.build()
    assert site.page("/").endswith("application/rss+xml /podcast.xml;")


# The hub


def test_f17_every_feed_names_its_hub_and_itself(tmp_path: Path) -> None:
    site = with_partner(tmp_path, f'[feeds]\nhub = "{HUB}"\npodcast.enable = true')
    site.build()
    for url in ("/feed.xml", "/atom.xml", "/tags/eels/feed.xml", RADIO, "/podcast.xml"):
        links = {link.rel: link.href for link in parsed(site, url).feed.links}
        assert (links["hub"], links["self"]) == (HUB, f"https://test.example{url}")
    assert json.loads(site.page("/feed.json"))["hubs"] == [{"type": "WebSub", "url": HUB}]


def test_f17_no_hub_unless_there_is_one(tmp_path: Path) -> None:
    site = with_partner(tmp_path, "")
    site.build()
    assert "hub" not in site.page("/feed.xml") + site.page("/atom.xml") + site.page("/feed.json")
