"""What is left of a story that was taken back: a notice at its address, and nothing anywhere else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import sitegen
from sitegen.site.publication import state
from tests.support.reading import article, codes, read
from tests.support.sites import NOW, Site, story

_NOTICE = '{date: 2026-03-10, text: "What it said of the mayor was wrong."}'
_BUNDLE = "content/world/2026-03-01-mayor"
_STORY = story(
    "The mayor and the money",
    "2026-03-01",
    "Zqxsecret body. ![x](proof.png)",
    deck="Zqxsecret deck",
    tags="[zqxtag]",
    authors="[Zqx Author]",
    section="world",
    aliases="[/old-mayor/]",
    image="{src: proof.png, alt: zqxsecret, caption: zqxsecret}",
)


def withdrawn(text: str = _STORY, notice: str = _NOTICE) -> str:
    return text.replace("date: 2026-03-01", f"date: 2026-03-01\nwithdrawn: {notice}", 1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, f"-- {_BUNDLE}/proof.png --\n")
    site.write(f"{_BUNDLE}/index.md", _STORY)
    site.write("content/world/other.md", story("Other", body="See [the mayor](2026-03-01-mayor/index.md)."))
    return site


def mentions(site: Site) -> list[str]:
    """Outputs that hold a word of the story, or its picture."""
    return [
        path for path, data in site.output().items() if b"zqx" in data.lower() or "proof" in path or b"proof" in data
    ]


def test_a_notice_stands_in_its_place_and_nowhere_else(site: Site) -> None:
    site.build()
    assert len(mentions(site)) > 3
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    report = site.build()
    assert mentions(site) == []
    assert "Withdrawn: What it said of the mayor was wrong." in site.page("/2026/03/01/mayor/")
    assert "The mayor and the money" not in site.page("/")
    assert '/2026/03/01/mayor/">' in site.page("/old-mayor/")
    assert '<a href="/2026/03/01/mayor/">the mayor</a>' in site.page("/2026/03/01/other/")
    assert report.articles == {"published": 1, "drafts": 0, "scheduled": 0, "expired": 0, "withdrawn": 1}
    assert report.problems == ()
    site.write(f"{_BUNDLE}/index.md", _STORY)
    site.build()
    assert len(mentions(site)) > 3


def test_the_host_is_told_what_is_gone(site: Site) -> None:
    config = site.read("sitegen.toml")
    site.write("sitegen.toml", f'{config}[hosting]\nfiles = ["netlify", "nginx", "caddy"]\n')
    site.build()
    assert "410" not in site.page("/_redirects") + site.page("/_nginx.conf") + site.page("/_Caddyfile")
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    assert {"/_redirects", "/_nginx.conf", "/_Caddyfile"} <= set(site.build().written)
    assert site.page("/_redirects").endswith("/2026/03/01/mayor/ /2026/03/01/mayor/ 410!\n")
    nginx = 'location = "/2026/03/01/mayor/" {\n    error_page 410 "/2026/03/01/mayor/index.html";\n    return 410;\n}'
    assert nginx in site.page("/_nginx.conf")
    caddy = "@sitegen_gone_0 path `/2026/03/01/mayor/`\nfile_server @sitegen_gone_0 {\n\tstatus 410\n}"
    assert caddy in site.page("/_Caddyfile")
    site.write(f"{_BUNDLE}/index.md", _STORY)
    site.build()
    assert "410" not in site.page("/_redirects") + site.page("/_nginx.conf") + site.page("/_Caddyfile")


def test_a_host_without_a_status_for_what_is_gone_is_told_nothing(site: Site) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + '[hosting]\nfiles = ["cloudflare"]\n')
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    site.build()
    assert "410" not in site.page("/_redirects")


@pytest.mark.parametrize(
    ("notice", "date", "text"),
    [
        ("true", None, ""),
        ("{text: Wrong.}", None, "Wrong."),
        ("{date: 2026-03-10}", "2026-03-10T00:00:00+00:00", ""),
        (_NOTICE, "2026-03-10T00:00:00+00:00", "What it said of the mayor was wrong."),
    ],
)
def test_forms_of_the_field(notice: str, date: str | None, text: str) -> None:
    found = article(withdrawn(notice=notice))
    assert found.withdrawn is not None
    assert (found.withdrawn.date and found.withdrawn.date.isoformat(), found.withdrawn.text) == (date, text)
    assert (found.kind, found.deck, found.image, found.tags) == ("withdrawn", "", None, ())


@pytest.mark.parametrize("notice", ["false", "no", "~"])
def test_a_story_that_stands(notice: str) -> None:
    found = article(withdrawn(notice=notice))
    assert (found.kind, found.withdrawn) == ("story", None)


@pytest.mark.parametrize("notice", ["maybe", "[a, b]", "2026-03-10"])
def test_what_cannot_be_understood_is_not_published(notice: str) -> None:
    found = read(withdrawn(notice=notice))
    assert codes(found) == [("error", "bad-value", 4)]
    assert found.article is not None
    assert found.article.draft


def test_it_appears_and_goes_with_its_dates(site: Site) -> None:
    text = withdrawn().replace("date: 2026-03-01", "date: 2026-03-13\nexpires: 2026-03-15", 1)
    site.write(f"{_BUNDLE}/index.md", text)
    day = NOW.replace(hour=0)
    seen = []
    for moment in (1, 3):
        for second in (-1, 0, 1):
            now = day + timedelta(days=moment, seconds=second)
            site.build(now=now)
            seen.append("2026/03/13/mayor/index.html" in site.output())
    assert seen == [False, True, True, True, False, False]


def test_the_list_names_it(site: Site) -> None:
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    options = ["withdrawn", "--format", "json", "--now", NOW.isoformat(), "--site", str(site.folder)]
    (row,) = json.loads(CliRunner().invoke(sitegen, ["list", *options]).stdout)
    assert (row["state"], row["url"]) == ("withdrawn", "/2026/03/01/mayor/")
    assert state(article(withdrawn().replace("draft: x", "")), NOW) == "withdrawn"


def test_a_page_can_be_withdrawn_too(site: Site) -> None:
    site.write("content/pages/offer.md", withdrawn(story("An offer", "2026-03-01", "Zqx offer")))
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    site.build()
    assert "Withdrawn:" in site.page("/offer/")
    assert mentions(site) == []


def test_broadsheet_says_when_and_why(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- {_BUNDLE}/proof.png --\n", theme="", config='timezone = "America/Los_Angeles"')
    site.write(f"{_BUNDLE}/index.md", withdrawn())
    assert site.build().problems == ()
    page = site.page("/2026/03/01/mayor/")
    assert "This story has been withdrawn" in page
    assert "What it said of the mayor was wrong." in page
    assert "Withdrawn on March 10, 2026" in page
    assert 'content="noindex"' in page
    assert "The mayor and the money" in page
    assert mentions(site) == []
