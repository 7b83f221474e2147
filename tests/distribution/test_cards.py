"""Cards, as other sites see them (docs/guide/distribution.md)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.distribution.test_head import HOST, A, metas
from tests.distribution.test_structured import things
from tests.support.sites import Site, story


def newsroom(folder: Path, config: str = "") -> Site:
    return Site(folder, theme="", config=f'tagline = "Dry feet."\n{config}')


def card(site: Site, url: str) -> str:
    """The address of the card of a page, whose file is there."""
    said = metas(site, url)
    (address,) = said["og:image"]
    with Image.open(BytesIO(site.output()[address.removeprefix(f"{HOST}/")])) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert said["og:image:type"] == ["image/png"]
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
    return address


def test_og2_one_card_for_the_whole_site(tmp_path: Path) -> None:
    site = newsroom(tmp_path)
    site.write("content/a.md", story("One"))
    site.build()
    assert card(site, "/") == card(site, A) == card(site, "/tags/")
    assert metas(site, A)["og:image:alt"] == ["The Test"]
    assert len([file for file in site.output() if file.startswith("cards/")]) == 1


def test_og2_a_story_without_a_picture_has_its_headline(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n')
    site.write("content/a.md", story("One"))
    site.write("content/b.md", story("Two"))
    site.write("content/fog.png", "no picture")
    site.write("content/c.md", story("Three", image="fog.png"))
    site.build()
    first = card(site, A)
    assert metas(site, A)["og:image:alt"] == ["One"]
    assert first != card(site, "/2026/03/01/b/") != card(site, "/")
    assert card(site, "/2026/03/01/c/") == card(site, "/")
    site.write("content/a.md", story("Uno"))
    report = site.build()
    assert card(site, A) != first
    assert first.removeprefix(HOST) in report.removed


def test_ld6_the_card_of_a_story_is_its_picture_in_structured_data(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n')
    site.write("content/a.md", story("One"))
    told = things(site, A)["NewsArticle"]
    assert told["image"] == [{"@type": "ImageObject", "url": card(site, A), "width": 1200, "height": 630}]
    site.write("sitegen.toml", site.read("sitegen.toml").replace("stories", "site"))
    assert "image" not in things(site, A)["NewsArticle"]


def test_none_if_the_site_wants_none(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "none"\n')
    site.write("content/a.md", story("One"))
    site.build()
    assert "og:image" not in metas(site, A)
    assert metas(site, A)["twitter:card"] == ["summary"]
    assert not [file for file in site.output() if file.startswith("cards/")]


def test_each_language_has_a_card_in_its_words(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n[languages.ar]\ntitle = "الاختبار"\n')
    site.write("content/a.ar.md", story("عاصفة", section="world"))
    site.build()
    assert metas(site, "/ar/")["og:image:alt"] == ["الاختبار"]
    assert card(site, "/ar/") != card(site, "/")
    assert metas(site, "/ar/2026/03/01/a/")["og:image:alt"] == ["عاصفة"]


def test_a_headline_that_no_font_has_leaves_the_card_of_the_site(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n')
    site.write("content/a.md", story("\U00012000\U00012001"))
    site.build()
    assert card(site, A) == card(site, "/")


def test_two_stories_that_say_the_same_have_one_card(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n')
    site.write("content/a.md", story("One"))
    site.write("content/b.md", story("One"))
    assert site.build().problems == ()
    assert card(site, A) == card(site, "/2026/03/01/b/")


@pytest.mark.parametrize("value", ['accent = "red"', 'ink = "#12345"', 'make = "all"', 'font = "mono"'])
def test_what_is_wrong_with_the_table(tmp_path: Path, value: str) -> None:
    site = newsroom(tmp_path, f"[cards]\n{value}\n")
    status, _, told = site.command("build")
    assert status == 1
    assert f"`cards.{value.split(maxsplit=1)[0]}` is not" in told


def test_cards_are_kept_and_forgotten_with_what_they_say(tmp_path: Path) -> None:
    site = newsroom(tmp_path, '[cards]\nmake = "stories"\n')
    site.write("content/a.md", story("One"))
    site.build()
    kept = {path.name for path in (site.folder / ".sitegen/images").rglob("*") if path.is_file()}
    assert len(kept) == 2
    site.write("content/a.md", story("Two"))
    site.build()
    now = {path.name for path in (site.folder / ".sitegen/images").rglob("*") if path.is_file()}
    assert len(now) == 2
    assert len(now & kept) == 1
