"""A build for a few eyes is found by nobody else (docs/guide/publishing.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.cli import sitegen
from sitegen.errors import SiteProblems
from tests.distribution.test_feeds import newspaper
from tests.support.sites import Site, story

ELSEWHERE = "https://preview.example/"


def paper(folder: Path, config: str = "") -> Site:
    site = Site(folder, theme="", config=config)
    site.write("content/world/a.md", story("A", aliases="[/old/]"))
    site.write("content/pages/about.md", "---\ntitle: About\n---\nx")
    return site


def previewed(site: Site, **options: Any) -> None:
    assert site.build(preview=True, base_url=ELSEWHERE, **options).problems == ()


def test_h3_r3_every_page_keeps_search_engines_away(tmp_path: Path) -> None:
    site = paper(tmp_path)
    previewed(site)
    pages = {path: data.decode() for path, data in site.output().items() if path.endswith(".html")}
    whole = {path: page for path, page in pages.items() if "<head>" in page}
    assert len(whole) > 8
    assert {path for path, page in whole.items() if page.count('<meta name="robots" content="noindex">') != 1} == set()
    assert "max-image-preview" not in "".join(pages.values())


def test_h3_also_where_a_theme_does_not_think_of_it(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    site.write(
        "templates/base.html", '<head><meta charset="utf-8"><title>x</title></head>{% block main %}{% endblock %}'
    )
    site.write("content/a.md", story("A"))
    previewed(site)
    page = site.page("/2026/03/01/a/")
    assert page.count("noindex") == 1
    assert page.index("charset") < page.index("Content-Security-Policy") < page.index("noindex") < page.index("<title>")


@pytest.mark.parametrize("settings", ["", "[security]\nheaders = false\n"])
def test_h3_hosts_say_so_with_every_file(tmp_path: Path, settings: str) -> None:
    site = paper(tmp_path, f'[hosting]\nfiles = ["netlify", "nginx", "caddy"]\n{settings}')
    previewed(site)
    assert "/*\n" in site.page("/_headers")
    assert "\n  X-Robots-Tag: noindex\n" in site.page("/_headers")
    assert 'add_header X-Robots-Tag "noindex" always;' in site.page("/_nginx.conf")
    assert "X-Robots-Tag `noindex`" in site.page("/_Caddyfile")


@pytest.mark.parametrize("settings", ["", "[robots]\nenable = false\n"])
def test_r3_no_crawler_may_see_anything(tmp_path: Path, settings: str) -> None:
    site = paper(tmp_path, f'{settings}\n[notify]\nkey = "key-of-test"\n')
    site.write("content/robots.txt", "User-agent: *\nAllow: /\n")
    previewed(site)
    assert site.page("/robots.txt") == "User-agent: *\nDisallow: /\n"
    assert not [path for path in site.output() if "sitemap" in path or "key-of-test" in path]


def test_r3_readers_see_that_it_is_a_preview(tmp_path: Path) -> None:
    site = paper(tmp_path)
    previewed(site)
    assert 'class="preview-note"' in site.page("/2026/03/01/a/")
    site.build()
    assert not any(b"preview-note" in data for path, data in site.output().items() if path.endswith(".html"))


@pytest.mark.parametrize(
    "address",
    [None, "https://test.example/", "https://test.example", "http://TEST.example/", "https://test.example:443/"],
)
def test_r3_a_preview_never_takes_the_place_of_the_site(tmp_path: Path, address: str | None) -> None:
    site = paper(tmp_path)
    with pytest.raises(SiteProblems) as caught:
        site.build(preview=True, base_url=address)
    assert [problem.code for problem in caught.value.problems] == ["preview-in-place"]
    assert site.output() == {}


@pytest.mark.parametrize("address", ["https://test.example/preview/", "https://test.example:8443/", ELSEWHERE])
def test_r3_any_other_place_will_do(tmp_path: Path, address: str) -> None:
    assert paper(tmp_path).build(preview=True, base_url=address).published


def test_r3_a_preview_and_the_site_undo_each_other(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    before = dict(site.output())
    previewed(site)
    site.build()
    assert dict(site.output()) == before


def test_r3_it_is_no_setting(tmp_path: Path) -> None:
    site = paper(tmp_path, "preview = true\n")
    with pytest.raises(SiteProblems) as caught:
        site.build()
    assert [problem.code for problem in caught.value.problems] == ["unknown-key"]


def test_r3_nobody_is_told_of_a_preview(tmp_path: Path) -> None:
    site = paper(tmp_path)
    run = CliRunner().invoke
    report = str(tmp_path / "report.json")
    options = ["--site", str(tmp_path), "--report", report]
    assert run(sitegen, ["build", "--preview", "--base-url", ELSEWHERE, *options]).exit_code == 0
    told = json.loads(site.read("report.json"))
    assert (told["preview"], told["base_url"]) == (True, ELSEWHERE)
    refused = run(sitegen, ["notify", *options])
    assert (refused.exit_code, "the report of a preview" in refused.stderr) == (1, True)


def test_h3_assistants_may_be_asked_not_to_read_aloud(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    assert "nopagereadaloud" not in site.page("/2026/03/01/a/")
    site.write("sitegen.toml", site.read("sitegen.toml") + "[audio]\nread_aloud = false\n")
    site.build()
    assert '<meta name="google" content="nopagereadaloud">' in site.page("/2026/03/01/a/")
