"""Files for hosts, and those that people look for at the root of a site (docs/guide/publishing.md)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.distribution.test_feeds import newspaper
from tests.support.sites import Site, story

NEW = "/2026/03/01/a/"
ODD = (
    "/old/",
    "/alt-ü/",
    "/with space/",
    "/star*x/",
    "/a$b/",
    '/q"uote/',
    "/semi;colon/",
    "/br{ace}/",
    "/co:lon/x.html",
)
"""Old addresses that a host could take for something else."""


def hosted(folder: Path, hosting: str, more: str = "") -> Site:
    site = newspaper(folder, config=f"[hosting]\n{hosting}\n{more}")
    site.write("content/a.md", story("A", aliases=json.dumps(ODD, ensure_ascii=False)))
    assert site.build().problems == ()
    return site


def text(site: Site, path: str) -> str:
    return site.output()[path].decode()


# Redirects


@pytest.mark.parametrize(("host", "status"), [("netlify", "301!"), ("cloudflare", "301")])
def test_old_addresses_for_hosts_that_read_redirects(tmp_path: Path, host: str, status: str) -> None:
    lines = text(hosted(tmp_path, f'files = ["{host}"]'), "_redirects").splitlines()
    assert [line.split() for line in lines] == [
        [path, NEW, status]
        for path in (
            "/a$b/", "/alt-%C3%BC/", "/br%7Bace%7D/", "/co%3Alon/x.html", "/old/", "/q%22uote/", "/semi;colon/",
            "/star%2Ax/", "/with%20space/",
        )
    ]  # fmt: skip


def test_a_page_still_lies_at_the_old_address(tmp_path: Path) -> None:
    assert "https://test.example/2026/03/01/a/" in hosted(tmp_path, "").page("/old/")


def test_no_old_address_no_file(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    site.write("content/a.md", story("A"))
    site.build()
    assert "_redirects" not in site.output()
    site.write("content/b.md", story("B", aliases="[/b/]"))
    assert "/_redirects" in site.build().written
    site.write("content/c.md", story("C"))
    assert "/_redirects" not in site.build().rendered
    site.write("content/b.md", story("B", aliases="[/b/]", draft="true"))
    assert "/_redirects" in site.build().removed


def test_a_page_wins_over_an_old_address_in_redirects_too(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    site.write("content/a.md", story("A", aliases=f"[{NEW}, /b/]"))
    site.write("content/b.md", story("B", "2026-03-02", aliases=f"[{NEW}]"))
    site.build()
    assert site.page("/_redirects") == f"/b/ {NEW} 301!\n"


def test_what_leads_on_for_now_only_is_no_redirect_of_a_host(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config="page_size = 1\n")
    for day in range(1, 4):
        site.write(f"content/{day}.md", story(f"Story {day}", f"2026-03-0{day}"))
    site.build()
    assert "_redirects" not in site.output()


def test_paths_are_those_of_the_host(tmp_path: Path) -> None:
    site = hosted(tmp_path, 'files = ["netlify", "nginx", "caddy"]')
    site.build(base_url="https://test.example/sub/")
    assert "/sub/old/ /sub/2026/03/01/a/ 301!\n" in text(site, "_redirects")
    assert '    location = "/sub/old/" { return 301 "/sub/2026/03/01/a/"; }\n' in text(site, "_nginx.conf")
    assert "redir `/sub/old/` `/sub/2026/03/01/a/` 301\n" in text(site, "_Caddyfile")


# nginx and Caddy: what these lines do was tried with nginx 1.22 and Caddy 2.6

EXTRA = """[security.extra]
X-Odd = 'a "quoted" \\ back; slash {brace} #hash'
X-Dollar = "costs $5"
X-Tick = "a `tick`"
"""


def test_headers_and_redirects_for_nginx(tmp_path: Path) -> None:
    lines = text(hosted(tmp_path, 'files = ["nginx"]', EXTRA), "_nginx.conf").splitlines()
    odd = r'add_header X-Odd "a \"quoted\" \\ back; slash {brace} #hash" always;'
    assert odd in lines
    assert f"    {odd}" in lines, "a block with headers of its own forgets the others"
    assert '    add_header Cache-Control "public, max-age=31536000, immutable";' in lines
    assert not any("$5" in line for line in lines)
    assert [line for line in lines if "return" in line] == [
        f'location = "{path}" {{ return 301 "{NEW}"; }}'
        for path in (
            "/a$b/", "/alt-ü/", "/br{ace}/", "/co:lon/x.html", "/old/", r"/q\"uote/", "/semi;colon/", "/star*x/",
            "/with space/",
        )
    ] + ['location = "/_nginx.conf" { return 404; }']  # fmt: skip


def test_headers_and_redirects_for_caddy(tmp_path: Path) -> None:
    lines = text(hosted(tmp_path, 'files = ["caddy"]', EXTRA), "_Caddyfile").splitlines()
    assert '\tX-Odd `a "quoted" \\ back; slash \\{brace\\} #hash`' in lines
    assert "\tX-Dollar `costs $5`" in lines
    assert not any("a `tick`" in line for line in lines)
    assert "header @sitegen_assets Cache-Control `public, max-age=31536000, immutable`" in lines
    assert [line for line in lines if line.startswith("redir")] == [
        f"redir `{path}` `{NEW}` 301"
        for path in (
            "/a$b/", "/alt-ü/", "/br%7Bace%7D/", "/co:lon/x.html", "/old/", '/q"uote/', "/semi;colon/", "/star%2Ax/",
            "/with%20space/",
        )
    ]  # fmt: skip


def test_a_dollar_in_an_address_is_no_variable_to_nginx(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[hosting]\nfiles = ["nginx"]\n')
    site.write("content/a.md", story("A", url="/costs-$5/", aliases="[/old/]"))
    site.build()
    assert 'return 301 "/costs-%245/";' in text(site, "_nginx.conf")


@pytest.mark.parametrize(
    ("files", "there"),
    [
        ([], set()),
        (["nginx", "caddy"], {"_nginx.conf", "_Caddyfile"}),
        (["cloudflare", "caddy"], {"_headers", "_redirects", "_Caddyfile"}),
    ],
)
def test_only_the_files_that_are_wanted(tmp_path: Path, files: list[str], there: set[str]) -> None:
    found = hosted(tmp_path, f"files = {json.dumps(files)}").output()
    assert {"_headers", "_redirects", "_nginx.conf", "_Caddyfile"} & set(found) == there


def test_without_headers_the_redirects_stay(tmp_path: Path) -> None:
    site = hosted(tmp_path, 'files = ["netlify", "nginx", "caddy"]', "[security]\nheaders = false\n")
    assert "_headers" not in site.output()
    assert "_redirects" in site.output()
    assert "add_header" not in text(site, "_nginx.conf")
    assert "header" not in text(site, "_Caddyfile").replace("Headers", "")


def test_two_hosts_that_want_one_file_are_an_error(tmp_path: Path) -> None:
    site = newspaper(tmp_path, config='[hosting]\nfiles = ["netlify", "cloudflare"]\n')
    code, _, said = site.command("build")
    assert (code, "sitegen.toml:5:9" in said) == (1, True), said


# Files at the root


def test_security_txt(tmp_path: Path) -> None:
    settings = """[hosting.security_txt]
contact = ["mailto:safe@test.example", "https://test.example/report/"]
expires = "2027-01-31T12:00:00+01:00"
languages = ["en", "pt-BR"]
policy = "https://test.example/policy/"
"""
    assert text(hosted(tmp_path, "", settings), ".well-known/security.txt") == (
        "Contact: mailto:safe@test.example\n"
        "Contact: https://test.example/report/\n"
        "Policy: https://test.example/policy/\n"
        "Expires: 2027-01-31T12:00:00+01:00\n"
        "Preferred-Languages: en, pt-BR\n"
        "Canonical: https://test.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    "settings",
    [
        'contact = "mailto:a@b.example"',
        'expires = "2027-01-31T12:00:00Z"',
        'contact = "a@b.example"\nexpires = "2027-01-31T12:00:00Z"',
        'contact = "mailto:a@b.example"\nexpires = "2027-01-31"',
        'contact = "mailto:a@b.example"\nexpires = "in a year"',
    ],
)
def test_a_security_txt_that_would_not_hold_is_an_error(tmp_path: Path, settings: str) -> None:
    site = newspaper(tmp_path, config=f"[hosting.security_txt]\n{settings}\n")
    code, _, said = site.command("build")
    assert (code, "security_txt" in said) == (1, True)


def test_humans_and_ads(tmp_path: Path) -> None:
    settings = (
        'humans = """\nWe are few.\nü\n"""\nads = ["ads.example, 1, DIRECT", "ads.example, 2, RESELLER"]\napp_ads = "x"'
    )
    site = hosted(tmp_path, settings)
    assert text(site, "humans.txt") == "We are few.\nü\n"
    assert text(site, "ads.txt") == "ads.example, 1, DIRECT\nads.example, 2, RESELLER\n"
    assert text(site, "app-ads.txt") == "x\n"


LLMS = """# The Test

> A \\[plain\\] paper.

## Sections

- [World](https://test.example/world/): What happens \\*there\\*.

## About

- [About](https://test.example/about/)
- [Elsewhere](https://other.example/)

## Optional

- [Newest stories (RSS)](https://test.example/feed.xml)
- [Newest stories (Atom)](https://test.example/atom.xml)
- [Newest stories (JSON)](https://test.example/feed.json)
- [All pages](https://test.example/sitemap.xml)
"""


def test_llms_txt_says_where_things_are_and_stays(tmp_path: Path) -> None:
    settings = """tagline = "A [plain] paper."
menus = {foot = [{title = "About", url = "/about/"}, {title = "Elsewhere", url = "https://other.example/"}]}
[[sections]]
slug = "world"
title = "World"
description = "What happens \\\\*there\\\\*."
[hosting]
llms = true
"""
    site = newspaper(tmp_path, config=settings)
    site.build()
    assert text(site, "llms.txt") == LLMS
    site.write("content/world/a.md", story("A"))
    assert "/llms.txt" not in site.build().rendered


@pytest.mark.parametrize("name", ["humans.txt", "ads.txt", "app-ads.txt", "llms.txt", "robots.txt", "key-of-test.txt"])
def test_a_file_of_ones_own_wins(tmp_path: Path, name: str) -> None:
    settings = 'humans = "x"\nads = "x"\napp_ads = "x"\nllms = true\n[notify]\nkey = "key-of-test"'
    site = newspaper(tmp_path, config=f"[hosting]\n{settings}\n")
    site.write(f"content/{name}", "# mine")
    assert site.build().problems == ()
    assert text(site, name) == "# mine"


def test_none_of_them_is_there_unless_it_is_wanted(tmp_path: Path) -> None:
    found = {path for path in hosted(tmp_path, "").output() if path.endswith(".txt")}
    assert found == {"robots.txt"}
