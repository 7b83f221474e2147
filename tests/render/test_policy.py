"""What pages and hosts tell browsers to allow: what a page shows, and in `_headers` what any story may."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from tests.support.sites import Site, story

STORY = "/2026/03/01/a/"
HEAD = """
-- themes/plain/templates/base.html --
<!doctype html><html><head><meta charset="utf-8">
<title>{{ page.title }}</title></head>{% block main %}{% endblock %}
"""


def policy(text: str) -> dict[str, str]:
    """Directives and what they allow, of a page or of `_headers`."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"|Content-Security-Policy: (.*)', text)
    assert found is not None
    return dict(re.findall(r"([a-z-]+) ([^;]*)", unescape(found[1] or found[2])))


def built(folder: Path, files: str = "", body: str = "Text.", config: str = "") -> Site:
    site = Site(folder, HEAD + files, config=config)
    site.write("content/a.md", story(body=body))
    report = site.build()
    assert not report.problems, report.problems
    return site


def test_a_page_may_use_the_site_and_nothing_else(tmp_path: Path) -> None:
    page = built(tmp_path).page(STORY)
    assert page.index('charset="utf-8"') < page.index("Content-Security-Policy") < page.index("<title>")
    assert policy(page) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "media-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
    }


def test_a_page_may_show_what_stands_in_it_from_other_hosts(tmp_path: Path) -> None:
    body = """
![x](https://pictures.example/a.png?x=1&y=2 "A > B")

<video src="//films.example:8443/a.mp4" poster='http://stills.example/a.jpg'></video>
<picture><source srcset="https://one.example/a.avif 1x, https://two.example/a.avif 2x"></picture>
<img src="https://odd host.example/;script-src *" alt="">
"""
    theme = """
-- themes/plain/theme.toml --
name = "plain"
api = 1
[shortcodes.embed]
required = ["url"]
-- themes/plain/templates/shortcodes/embed.html --
<a href="https://linked.example/" data-embed="{{ shortcode.url("url") }}">Play</a>
"""
    site = built(tmp_path, theme, f'{body}\n{{{{< embed url="https://player.example/1?a=b&c=d" >}}}}\n')
    allowed = policy(site.page(STORY))
    assert allowed["img-src"] == (
        "'self' data: https://pictures.example http://stills.example https://one.example https://two.example"
    )
    assert allowed["media-src"] == "'self' films.example:8443"
    assert allowed["frame-src"] == "https://player.example"
    assert policy(site.page("/404.html") + site.page("/_headers"))["frame-src"] == "https:"


def test_tags_count_however_they_are_written(tmp_path: Path) -> None:
    base = """
-- themes/plain/templates/base.html --
<html><head><title>x</title></head>
<IMG
SRC='https://one.example/x.png' alt="a > b"><video/src="https://two.example/x.mp4"></video>
<img-card src="https://none.example/"></img-card><\u017fource src="https://none.example/">
<img alt="not ended src="https://none.example/">
{% block main %}{% endblock %}
"""
    allowed = policy(built(tmp_path, base).page(STORY))
    assert (allowed["img-src"], allowed["media-src"]) == (
        "'self' data: https://one.example",
        "'self' https://two.example",
    )


def test_scripts_and_styles_in_templates_are_known_by_their_digests_in_pages_and_headers(tmp_path: Path) -> None:
    code = "\n  if (a < b) { start() }\r\n"
    base = f"""
-- themes/plain/templates/base.html --
<html><head>{{# a comment with <script>nothing</script> #}}<title>x</title>
<script type="module">{code}</script>
<style>p {{ color: red }}</style>
<script type="application/ld+json">{{ "name": "{{{{ site.title }}}}" }}</script>
<script src="/x.js"></script></head>{{% block main %}}{{% endblock %}}
"""
    site = built(tmp_path, base)
    [written] = re.findall(r'<script type="module">(.*?)</script>', site.page(STORY), re.DOTALL)
    digest = b64encode(sha256(written.encode()).digest()).decode()
    for url in (STORY, "/_headers"):
        allowed = policy(site.page(url))
        runs, *data = allowed["script-src"].removeprefix("'self' ").split(" ")
        assert (runs, len(data)) == (f"'sha256-{digest}'", 1 if url == STORY else 0)
        assert re.fullmatch(r"'self' 'sha256-\S+'", allowed["style-src"])


def test_what_raw_html_brings_into_a_page_does_not_run(tmp_path: Path) -> None:
    body = "<script>steal()</script>\n\n<p style='color: red'>Text.</p>"
    site = built(tmp_path, body=body, config='[markdown]\nhtml = "allow"')
    assert "steal()" in site.page(STORY)
    allowed = policy(site.page(STORY))
    assert (allowed["script-src"], allowed["style-src"]) == ("'self'", "'self'")


def test_settings_allow_more(tmp_path: Path) -> None:
    config = """
[newsletter]
action = "https://letters.example/subscribe"
[security.sources]
script = "https://stats.example"
connect = ["https://stats.example", "wss://live.example"]
form = "https://thanks.example"
[security.extra]
X-Robots-Tag = "noindex"
Permissions-Policy = ""
"""
    site = built(tmp_path, config=config)
    for url in (STORY, "/_headers"):
        allowed = policy(site.page(url))
        assert allowed["form-action"] == "'self' https://letters.example https://thanks.example"
        assert allowed["script-src"] == "'self' https://stats.example"
        assert allowed["connect-src"] == "'self' https://stats.example wss://live.example"
    headers = site.page("/_headers")
    assert "\n  X-Robots-Tag: noindex\n" in headers
    assert "Permissions-Policy" not in headers


def test_headers_are_a_file_of_paths_and_lines(tmp_path: Path) -> None:
    site = built(tmp_path)
    site.build(base_url="https://test.example/paper/")
    rules = [rule.split("\n") for rule in site.page("/_headers").strip().split("\n\n")]
    assert [rule[0] for rule in rules] == ["/paper/*", "/paper/assets/*", "/paper/cards/*", "/paper/fragments/*"]
    assert rules[1][1:] == ["  Cache-Control: public, max-age=31536000, immutable"]
    assert "  X-Content-Type-Options: nosniff" in rules[0]
    assert policy(rules[0][1])["frame-ancestors"] == "'self'"


def test_a_new_story_does_not_change_the_headers(tmp_path: Path) -> None:
    site = built(tmp_path)
    site.write("content/b.md", story("B", body="![x](https://pictures.example/a.png)"))
    assert "/_headers" not in site.build().rendered


@pytest.mark.parametrize(("settings", "meta", "file"), [("policy = false", 0, 1), ("headers = false", 1, 0)])
def test_either_can_be_switched_off(tmp_path: Path, settings: str, meta: int, file: int) -> None:
    site = built(tmp_path, config=f"[security]\n{settings}")
    assert site.page(STORY).count("Content-Security-Policy") == meta
    assert ("_headers" in site.output()) is bool(file)
    assert not file or "Content-Security-Policy" not in site.page("/_headers")


def test_a_file_among_the_templates_that_is_none_stops_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path, HEAD)
    site.write("templates/partials/logo.png", b"\x89PNG<script>{{ \xff }}")
    assert not site.build().problems


def test_what_is_not_a_whole_page_has_no_policy(tmp_path: Path) -> None:
    site = built(tmp_path, "-- templates/fragments/note.html --\n<p>Note\n-- templates/404.html --\n<p>Not found\n")
    assert site.page("/404.html") == "<p>Not found\n"
    assert site.page("/fragments/note.html") == "<p>Note\n"
