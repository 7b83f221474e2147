"""The head of a page, and the icons, as other programs read them (docs/guide/distribution.md)."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.distribution.test_feeds import NASTY
from tests.support.pictures import encoded, quadrants
from tests.support.sites import Site, story

HOST = "https://test.example"
A = "/2026/03/01/a/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path fill="#ff0000" d="M0 0h20v10H0z"/></svg>'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    config = 'tagline = "Dry feet."\ncards = {make = "none"}\n[images]\nwidths = [480]\nformats = []\n'
    return Site(tmp_path, theme="", config=config)


def metas(site: Site, url: str) -> dict[str, list[str]]:
    """What the `<meta>`s of a page say, by name or property."""
    found: dict[str, list[str]] = {}
    for name, content in re.findall(
        r'<meta (?:name|property)="([^"]+)"(?: media="[^"]+")? content="([^"]*)"', site.page(url)
    ):
        found.setdefault(name, []).append(unescape(content))
    return found


def links(site: Site, url: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in re.findall(r"<link ([^>]+)>", site.page(url)):
        known = dict(re.findall(r'(\w+)="([^"]*)"', link))
        found.setdefault(known["rel"], []).append(known["href"])
    return found


def test_og1_og3_what_is_said_of_a_story(site: Site) -> None:
    fields = {"updated": "2026-03-02 09:00", "tags": "[eels, fish]", "authors": "[jane, Ola]", "section": "world"}
    site.write("content/a.md", story("One", "2026-03-01 10:00", summary="Short.", **fields))
    site.build()
    said = metas(site, A)
    assert {name: values[0] if len(values) == 1 else values for name, values in said.items() if ":" in name} == {
        "og:site_name": "The Test",
        "og:locale": "en_US",
        "og:title": "One",
        "og:url": f"{HOST}{A}",
        "og:description": "Short.",
        "og:type": "article",
        "article:published_time": "2026-03-01T10:00:00+00:00",
        "article:modified_time": "2026-03-02T09:00:00+00:00",
        "article:section": "world",
        "article:author": [f"{HOST}/authors/jane/", f"{HOST}/authors/ola/"],
        "article:tag": ["eels", "fish"],
        "twitter:card": "summary",
    }


def test_og2_og4_the_picture_of_a_story(site: Site) -> None:
    site.write("content/fog.jpg", encoded(quadrants(1600, 1000), "JPEG"))
    site.write("content/a.md", story("One", image="{src: fog.jpg, alt: Fog}"))
    site.build()
    said = metas(site, A)
    (address,) = said["og:image"]
    assert address.startswith(f"{HOST}/fog.")
    with Image.open(BytesIO(site.output()[address.removeprefix(f"{HOST}/")])) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
    assert (said["og:image:type"], said["og:image:alt"]) == (["image/jpeg"], ["Fog"])
    assert (said["twitter:card"], said["twitter:image:alt"]) == (["summary_large_image"], ["Fog"])
    site.write("content/fog.jpg", encoded(quadrants(1600, 1100), "JPEG"))
    site.build()
    assert metas(site, A)["og:image"] != [address]


def test_og2_a_drawing_is_no_picture_to_other_sites(site: Site) -> None:
    site.write("content/fog.svg", SVG)
    site.write("content/a.md", story("One", image="fog.svg"))
    site.build()
    assert not any("fog" in address for address in metas(site, A).get("og:image", []))


def test_h1_a_description_is_cut_after_a_word(site: Site) -> None:
    site.write("content/a.md", story("One", summary="seventeen letters " * 30))
    site.write("content/b.md", story("Two", summary="港の渡し船が遅れ" * 60, language="ja"))
    site.build()
    (said,) = metas(site, A)["description"]
    assert len(said) <= 200
    assert said.endswith(("seventeen…", "letters…"))
    assert metas(site, A)["og:description"] == [said]
    (said,) = metas(site, "/2026/03/01/b/")["description"]
    assert 190 < len(said) <= 200


@pytest.mark.parametrize("title", NASTY)
def test_h1_any_headline_can_stand_in_a_head(site: Site, title: str) -> None:
    site.write("content/a.md", story(json.dumps(title), summary=json.dumps(title)))
    site.build()
    assert metas(site, A)["og:title"] == [json.loads(site.page("/feed.json"))["items"][0]["title"]]
    assert len(links(site, A)["canonical"]) == 1


# Icons


def icon(site: Site, name: str) -> Image.Image:
    return Image.open(BytesIO(site.output()[name]))


def test_ns12_icons_from_a_drawing(site: Site) -> None:
    site.write("content/logo.svg", SVG)
    site.write(
        "sitegen.toml", f'{site.read("sitegen.toml")}[publisher]\nlogo = "logo.svg"\n[icons]\nbackground = "#0000ff"\n'
    )
    assert site.build().problems == ()
    with icon(site, "favicon.ico") as picture:
        assert picture.format == "ICO"
        assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    for name, size in (("icon-192.png", 192), ("icon-512.png", 512)):
        with icon(site, name) as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((size // 2, size // 2)) == (255, 0, 0, 255)
            assert picture.getpixel((size // 2, 2)) == (0, 0, 0, 0)
    for name in ("icon-maskable-512.png", "apple-touch-icon.png"):
        with icon(site, name) as picture:
            assert picture.mode == "RGB"
            assert picture.getpixel((2, 2)) == (0, 0, 255)
            assert picture.getpixel((picture.width // 2, picture.height // 2)) == (255, 0, 0)
    told = links(site, "/")
    assert told["icon"] == ["/favicon.ico", "/icon-192.png"]
    assert told["apple-touch-icon"] == ["/apple-touch-icon.png"]
    assert told["manifest"] == ["/site.webmanifest"]


def test_the_manifest_lists_icons_that_are_there(site: Site) -> None:
    site.write("content/logo.png", encoded(quadrants(600, 600)))
    config = '[icons]\nsource = "logo.png"\ncolour = "#102030"\n[languages.de]\ntitle = "Der Test"\n'
    site.write("sitegen.toml", site.read("sitegen.toml") + config)
    site.build()
    told = json.loads(site.page("/site.webmanifest"))
    assert (told["name"], told["start_url"], told["theme_color"]) == ("The Test", "/", "#102030")
    assert [known["purpose"] for known in told["icons"]] == ["any", "any", "maskable"]
    assert all(known["src"].removeprefix("/") in site.output() for known in told["icons"])
    assert metas(site, "/")["theme-color"] == ["#102030"]
    told = json.loads(site.page("/de/site.webmanifest"))
    assert (told["name"], told["start_url"], told["lang"]) == ("Der Test", "/de/", "de")
    assert links(site, "/de/")["manifest"] == ["/de/site.webmanifest"]


def test_without_a_picture_there_is_the_icon_of_the_theme(site: Site) -> None:
    site.build()
    assert [address.partition(".")[0] for address in links(site, "/")["icon"]] == ["/assets/icon"]
    assert len(metas(site, "/")["theme-color"]) == 2
    assert not [name for name in site.output() if "manifest" in name or name == "favicon.ico"]


@pytest.mark.parametrize("data", [b"", b"no picture"])
def test_a_picture_that_is_damaged_or_not_there_makes_no_icon(site: Site, data: bytes) -> None:
    site.write("sitegen.toml", f'{site.read("sitegen.toml")}[icons]\nsource = "logo.png"\n')
    if data:
        site.write("content/logo.png", data)
    report = site.build()
    assert report.published
    assert [problem.code for problem in report.problems] == ["broken-image" if data else "no-icon"]
    assert "favicon.ico" not in site.output()
    assert "manifest" not in links(site, "/")


def test_a_file_of_ones_own_wins(site: Site) -> None:
    site.write("content/logo.svg", SVG)
    site.write("content/favicon.ico", "mine")
    site.write("sitegen.toml", f'{site.read("sitegen.toml")}[icons]\nsource = "logo.svg"\n')
    assert site.build().problems == ()
    assert site.output()["favicon.ico"] == b"mine"
    assert "icon-192.png" in site.output()


def test_icons_are_made_once(site: Site) -> None:
    site.write("content/logo.svg", SVG)
    site.write("sitegen.toml", f'{site.read("sitegen.toml")}[icons]\nsource = "logo.svg"\n')
    site.build()
    first = site.output()
    assert site.build(clean=True).published
    assert site.output() == first
    site.write("content/logo.svg", SVG.replace("ff0000", "00ff00"))
    assert {"/favicon.ico", "/icon-192.png"} <= set(site.build().written)
