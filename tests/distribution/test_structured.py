"""Structured data, as search engines read it (docs/guide/distribution.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import extruct
import pytest

from tests.distribution.test_feeds import NASTY, newspaper
from tests.oracle.model import sound
from tests.support.sites import Site, story

HOST = "https://test.example"
A = "/2026/03/01/a/"
BASE = "<head>{{ structured_data(page) }}</head>{% block main %}{% endblock %}"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = newspaper(tmp_path)
    site.write("templates/base.html", BASE)
    site.write("templates/front.html", BASE)
    return site


def things(site: Site, url: str) -> dict[str, Any]:
    """What a page says it is, by type."""
    assert site.build().problems == ()
    found = extruct.extract(site.page(url), syntaxes=["json-ld"])["json-ld"]
    assert len(found) <= 1
    return {thing["@type"]: thing for graph in found for thing in graph["@graph"]}


def article(site: Site, **fields: str) -> Any:
    """What a story with these fields says it is."""
    site.write("content/a.md", story("One", "2026-03-01 10:00", **fields))
    return next(thing for kind, thing in things(site, A).items() if kind.endswith("Article"))


def test_ld3_ld7_ld8_what_is_known_of_a_story(site: Site) -> None:
    told = article(site, summary="Short.", tags="[eels, fish]", section="world", language="de", dateline="Hamburg")
    assert told == {
        "@type": "NewsArticle",
        "headline": "One",
        "description": "Short.",
        "url": f"{HOST}{A}",
        "mainEntityOfPage": f"{HOST}{A}",
        "datePublished": "2026-03-01T10:00:00+00:00",
        "dateModified": "2026-03-01T10:00:00+00:00",
        "dateline": "Hamburg",
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Test", "url": f"{HOST}/"},
        "articleSection": "world",
        "keywords": ["eels", "fish"],
        "wordCount": 1,
        "inLanguage": "de",
    }


def test_ld9_the_series_the_small_picture_and_whose_it_is(site: Site) -> None:
    site.edit("-- content/fog.png --\nx")
    site.write("sitegen.toml", site.read("sitegen.toml") + '[publisher]\nname = "Test Press"\n')
    told = article(site, series="[Nets]", image="fog.png", body="One two three.")
    assert told["isPartOf"] == [{"@type": "CreativeWorkSeries", "name": "Nets", "url": f"{HOST}/series/nets/"}]
    assert told["position"] == 1
    assert told["thumbnailUrl"] == told["image"][0]["url"]
    assert told["wordCount"] == 3
    assert told["copyrightHolder"] == {"@type": "NewsMediaOrganization", "name": "Test Press"}
    assert "copyrightHolder" not in article(site, canonical="https://elsewhere.example/a/")


def test_ld9_a_series_and_the_parts_on_its_page(site: Site) -> None:
    site.write("content/b.md", story("Two", "2026-02-01", series="{name: Nets, part: 2, title: The hole}"))
    site.write("content/series/nets.md", "---\nname: Nets\nbio: Of nets.\n---\n")
    told = article(site, series="[{name: Nets, part: 1}, Fish]")
    assert told["position"] == 1
    assert [series["name"] for series in told["isPartOf"]] == ["Nets", "Fish"]
    assert things(site, "/series/nets/")["CreativeWorkSeries"] == {
        "@type": "CreativeWorkSeries",
        "name": "Nets",
        "url": f"{HOST}/series/nets/",
        "description": "Of nets.",
        "hasPart": [
            {"@type": "NewsArticle", "headline": "One", "url": f"{HOST}{A}", "position": 1},
            {"@type": "NewsArticle", "headline": "The hole", "url": f"{HOST}/2026/02/01/b/", "position": 2},
        ],
    }


@pytest.mark.parametrize(
    ("written", "told"),
    [("news", "NewsArticle"), ("opinion", "OpinionNewsArticle"), ("analysis", "AnalysisNewsArticle")],
)
def test_ld2_types(site: Site, written: str, told: str) -> None:
    assert article(site, type=written)["@type"] == told


def test_ld4_one_object_for_each_author(site: Site) -> None:
    assert article(site, authors="[Jane Doe, Ola Nordmann]")["author"] == [
        {"@type": "Person", "name": "Jane Doe", "url": f"{HOST}/authors/jane-doe/"},
        {"@type": "Person", "name": "Ola Nordmann", "url": f"{HOST}/authors/ola-nordmann/"},
    ]
    assert things(site, "/authors/jane-doe/")["Person"]["name"] == "Jane Doe"


@pytest.mark.parametrize(
    ("updated", "told"),
    [("2026-03-02 09:00", "2026-03-02T09:00:00+00:00"), ("2026-02-01", "2026-03-01T10:00:00+00:00")],
)
def test_ld5_it_is_never_modified_before_it_was_published(site: Site, updated: str, told: str) -> None:
    assert article(site, updated=updated)["dateModified"] == told


def test_ld6_the_picture_in_three_shapes_that_are_there(site: Site) -> None:
    site.edit("-- content/fog.png --\nx")
    told = article(site, image="{src: fog.png, alt: Fog, credit: Jo Doe}")
    assert {image["creditText"] for image in told["image"]} == {"Jo Doe"}
    for image in told["image"]:
        assert (site.folder / "output" / image["url"].removeprefix(f"{HOST}/")).is_file()


def test_ld10_what_is_not_free(site: Site) -> None:
    told = article(site, params="{paywall: true}")
    assert told["isAccessibleForFree"] is False
    assert told["hasPart"]["cssSelector"] == ".paywall"
    assert "isAccessibleForFree" not in article(site)


def test_ld11_corrections(site: Site) -> None:
    told = article(site, corrections='[{date: 2026-03-02, text: "It was an eel."}]')
    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": "It was an eel.", "datePublished": "2026-03-02T00:00:00+00:00"}
    ]


def test_ld12_a_live_blog_and_its_entries(site: Site) -> None:
    body = "Soon.\n\n## 09:30 Before <i>that</i>\n\nNothing *yet*.\n\n## 10:30 Then\n\nMuch.\n\nMore."
    site.write("content/a.md", story("One", "2026-03-01 10:00", body, type="live"))
    told = things(site, A)["LiveBlogPosting"]
    assert told["coverageStartTime"] == "2026-03-01T09:30:00+00:00"
    assert told["dateModified"] == "2026-03-01T10:30:00+00:00"
    assert "coverageEndTime" not in told
    assert told["liveBlogUpdate"] == [
        {
            "@type": "BlogPosting",
            "headline": headline,
            "datePublished": f"2026-03-01T{time}:00+00:00",
            "articleBody": text,
            "url": f"{HOST}{A}#{anchor}",
        }
        for headline, time, text, anchor in (
            ("Then", "10:30", "Much.\nMore.", "1030-then"),
            ("Before that", "09:30", "Nothing yet.", "0930-before-that"),
        )
    ]
    for entry in told["liveBlogUpdate"]:
        assert f'id="{entry["url"].partition("#")[2]}"' in site.page(A)
    site.write("content/a.md", story("One", "2026-03-01 10:00", body, type="live", closed="2026-03-01 12:00"))
    assert things(site, A)["LiveBlogPosting"]["coverageEndTime"] == "2026-03-01T12:00:00+00:00"


def test_ld13_breadcrumbs_and_recordings(site: Site) -> None:
    site.write("content/talk.wav", sound(3))
    told = article(site, audio="talk.wav", section="world")
    assert told["audio"]["contentUrl"] == f"{HOST}/talk.wav"
    assert told["audio"]["duration"] == "PT0M3S"
    way = things(site, A)["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["item"]) for item in way] == [
        (1, f"{HOST}/"),
        (2, f"{HOST}/world/"),
        (3, f"{HOST}{A}"),
    ]


def test_ns12_the_site_and_its_publisher(site: Site) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + '[publisher]\nname = "Test Press"\nethics = "/ethics/"\n')
    told = things(site, "/")
    assert told["WebSite"]["name"] == "The Test"
    assert told["NewsMediaOrganization"]["ethicsPolicy"] == f"{HOST}/ethics/"


@pytest.mark.parametrize("title", NASTY)
def test_ld1_any_headline_stays_inside_the_script(site: Site, title: str) -> None:
    site.write("content/a.md", story(json.dumps(title), "2026-03-01 10:00"))
    (told,) = [thing for kind, thing in things(site, A).items() if kind == "NewsArticle"]
    assert site.page(A).count("</script>") == site.page(A).count("<script")
    assert told["headline"]


def test_ld14_there_is_no_amp(tmp_path: Path) -> None:
    """LD14 wants none, and leaves `ClaimReview` to the paper."""
    site = Site(tmp_path / "paper", theme="")
    site.write("content/a.md", story("One", type="analysis"))
    site.write(
        "templates/partials/head_more.html", '<script type="application/ld+json">{"@type": "ClaimReview"}</script>'
    )
    assert site.build().problems == ()
    found = extruct.extract(site.page(A), syntaxes=["json-ld"])["json-ld"]
    assert [thing["@type"] for thing in found if "@type" in thing] == ["ClaimReview"]
    pages = [data for file, data in site.output().items() if file.endswith(".html")]
    assert [page for page in pages if b"amphtml" in page or b"ampproject" in page] == []
