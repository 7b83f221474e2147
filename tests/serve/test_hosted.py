"""The preview answers as the host of the site will: headers, redirects, and a policy that lets in its own script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sitegen.serve.policy import letting_in
from tests.serve.conftest import NOW, Server, Start
from tests.support.sites import Site, story

STORY = "/2026/01/03/story-2/"
TOOLS = "http://127.0.0.1:8000/__sitegen/"
PAGE = "http://127.0.0.1:8000/world/"
WITH_REDIRECTS = '''
from sitegen.serve import preview, server
RULES = b"""
/old/*      /world/:splat   302
/stories    https://archive.example/
/world/     /sport/         301!
/feed.xml   /nowhere/       301
/app/*      /tags/          200
/secret/*   /404.html       404
/far/*      https://api.example/:splat  200
"""
class Hosted(preview.Preview):
    def output(self, url):
        return RULES if url == "/_redirects" else super().output(url)
server.Preview = Hosted
'''


@pytest.mark.parametrize("path", ["/", STORY, "/feed.xml", "/nowhere/"])
def test_headers_of_the_site(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"


def test_headers_that_the_settings_add(site: Site, start: Start) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + '\n[security.extra]\nX-Frame-Options = "DENY"\n')
    assert start(site, *NOW).get("/").headers["X-Frame-Options"] == "DENY"


def test_redirects_of_the_site(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=WITH_REDIRECTS)
    led = {path: server.get(path) for path in ("/old/a/b/", "/stories", "/world/", "/far/x", "/nowhere/")}
    found = {path: (reply.status, reply.headers.get("Location")) for path, reply in led.items()}
    assert found == {
        "/old/a/b/": (302, "/world/a/b/"),
        "/stories": (301, "https://archive.example/"),
        "/world/": (301, "/sport/"),
        "/far/x": (404, None),
        "/nowhere/": (404, None),
    }
    assert server.get("/feed.xml").status == 200, "what is there wins"
    assert (server.get("/app/some/where").status, server.get("/app/x").body) == (200, server.get("/tags/").body)
    assert server.get("/secret/plan").status == 404
    assert all(reply.headers["Cache-Control"] == "no-cache" for reply in led.values()), "no browser remembers"


def test_old_addresses_lead_on_as_on_the_host(site: Site, start: Start) -> None:
    site.write("content/world/moved.md", story("Moved", "2026-02-01", aliases='["/old*/", "/sub/alt-ü/"]'))
    server = start(site, *NOW)
    for path in ("/old*/", "/old%2A/", "/old%2a", "/sub/alt-%C3%BC/"):
        reply = server.get(path)
        assert (reply.status, reply.headers.get("Location")) == (301, "/2026/02/01/moved/"), path
        assert reply.headers["Cache-Control"] == "no-cache"
    assert server.get("/older/").status == 404
    site.write(
        "sitegen.toml", site.read("sitegen.toml").replace('base_url = "', 'base_url = "https://test.example/p/" #')
    )
    moved = start(site, *NOW).get("/p/old*/")
    assert (moved.status, moved.headers.get("Location")) == (301, "/p/2026/02/01/moved/")


POLICIES = {
    "default-src a.example": "default-src a.example; "
    f"script-src a.example {TOOLS}; style-src a.example {TOOLS}; connect-src a.example {TOOLS} {PAGE}",
    "default-src 'none'; script-src 'none'": "default-src 'none'; "
    f"script-src {TOOLS}; style-src {TOOLS}; connect-src {TOOLS} {PAGE}",
    "img-src *; upgrade-insecure-requests": "img-src *",
    "script-src-elem 'nonce-a' 'strict-dynamic'": f"script-src-elem 'nonce-a' {TOOLS}",
    "trusted-types 'none'": "trusted-types sitegen",
    "img-src a.example, script-src 'none'": f"img-src a.example, script-src {TOOLS}",
    "": "",
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_lets_in_the_preview_and_nothing_else(policy: str) -> None:
    assert letting_in(policy, TOOLS, PAGE) == POLICIES[policy]


def test_a_policy_cannot_name_an_address_of_version_6() -> None:
    tools, page = "http://[::1]:8000/__sitegen/", "http://[::1]:8000/"
    assert letting_in("connect-src 'none'", tools, page) == "connect-src 'self'"


def test_a_policy_names_pages_whatever_they_are_called() -> None:
    assert letting_in("connect-src a.example", TOOLS, "http://x/a;b,c/").endswith(f"{TOOLS} http://x/a%3Bb%2Cc/")


STRICT = """
[security.extra]
Content-Security-Policy = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
"""


@pytest.mark.browser
def test_pages_stay_up_to_date_under_a_strict_policy(tmp_path: Path, start: Start, browser: Browser) -> None:
    site = Site(tmp_path / "paper", theme="", config=STRICT)
    site.write("content/world/storm.md", story("Storm", "2026-03-01"))
    server = start(site, *NOW)
    window = browser.new_context(base_url=server.url)
    page = window.new_page()
    page.goto("/2026/03/01/storm/")
    expect(page.locator("[data-sitegen=bar]")).to_contain_text("storm.md")
    page.evaluate("window.stayed = true")
    site.write("content/world/storm.md", story("Storm surge", "2026-03-01"))
    expect(page.locator("h1")).to_have_text("Storm surge")
    assert page.evaluate("window.stayed")
    window.close()
