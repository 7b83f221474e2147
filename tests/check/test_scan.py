"""Where the links of a rendered page lead, as seen from the site."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from sitegen.check.scan import Scan, Scanner

PAGE = "/2026/03/12/storm/"


def local(written: str, base: str = "https://test.example/") -> str:
    return Scanner(base).local(written, PAGE)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/world/", "/world/"),
        ("/world/?page=2#part", "/world/#part"),
        ("#part", f"{PAGE}#part"),
        ("", PAGE),
        ("../other/", "/2026/03/12/other/"),
        ("photo.png", f"{PAGE}photo.png"),
        ("..", "/2026/03/12/"),
        ("/%E6%BD%AE/#%E8%A6%8B", "/潮/#見"),
        ("/cafe\u0301/", "/café/"),
        ("https://test.example/world/", "/world/"),
        ("https://test.example", "/"),
        ("/world/#:~:text=storm", "/world/"),
        ("https://test.example.org/", ""),
        ("https://other.example/world/", ""),
        ("//other.example/x", ""),
        ("mailto:desk@test.example", ""),
        ("javascript:void(0)", ""),
        ("http://[::1", ""),
    ],
)
def test_targets(written: str, target: str) -> None:
    assert local(written) == target


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/sub/world/", "/world/"),
        ("/sub/", "/"),
        ("/sub", "/"),
        ("/subway/", ""),
        ("/", ""),
        ("https://test.example/sub/world/", "/world/"),
        ("https://test.example/elsewhere/", ""),
        ("photo.png", f"{PAGE}photo.png"),
    ],
)
def test_targets_of_a_site_in_a_folder(written: str, target: str) -> None:
    assert local(written, "https://test.example/sub/") == target


def test_a_page() -> None:
    html = """
<base href="/nowhere/"><a href="/a/" id="one">x</a><img src="b.png" srcset="/c.png 1x, d,e.png 480w">
<a name="two" href="/a/">x</a><video poster="/p.png"></video><link imagesrcset="/f.avif 2x" rel="preload">
<script>let x = '<a href="/not/">'</script><!-- <a href="/nor/"> -->
<script type="application/ld+json">{"@id": "https://test.example/g/#me", "url": "https://test.example/h/"}</script>
&lt;a href="/code/"&gt; Read https://test.example/i/. Or (https://test.example/j/)
"""
    found = Scanner("https://test.example/").scan(html, PAGE, LexborHTMLParser(html))
    assert sorted(found.links) == [f"{PAGE}b.png", f"{PAGE}d,e.png", "/a/", "/c.png", "/f.avif", "/p.png"]
    assert sorted(found.mentions) == ["/g/", "/h/", "/i/", "/j/"]
    assert found.ids == ("one", "two")


def test_a_feed() -> None:
    xml = '<link>https://test.example/a/?x=1&amp;y=2</link>&lt;a href="https://test.example/b/#c"&gt;'
    assert Scanner("https://test.example/").scan(xml, "/feed.xml", None) == Scan(mentions=("/a/", "/b/"))
