"""Rules of `_headers` and `_redirects`, as hosts read them."""

from __future__ import annotations

import pytest

from sitegen.serve.hosting import Redirect, headers_for, redirect_for

HEADERS = b"""
# of all
/*
  X-Frame-Options: DENY
  Link: </a.css>; rel=preload
/assets/*
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
/assets/fonts/*
  link: </b.woff2>; rel=preload
https://paper.example/only/
  X-Only: here
/authors/:name/
  X-Author: one
"""


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"X-Frame-Options": "DENY", "Link": "</a.css>; rel=preload"}),
        ("/only/", {"X-Frame-Options": "DENY", "Link": "</a.css>; rel=preload", "X-Only": "here"}),
        ("/authors/jane/", {"X-Frame-Options": "DENY", "Link": "</a.css>; rel=preload", "X-Author": "one"}),
        ("/authors/jane/2/", {"X-Frame-Options": "DENY", "Link": "</a.css>; rel=preload"}),
        (
            "/assets/fonts/x%20y.woff2",
            {
                "X-Frame-Options": "DENY",
                "Access-Control-Allow-Origin": "*",
                "Link": "</a.css>; rel=preload, </b.woff2>; rel=preload",
            },
        ),
    ],
)
def test_headers(path: str, headers: dict[str, str]) -> None:
    assert headers_for(HEADERS, path) == headers


@pytest.mark.parametrize(
    "rules",
    [
        b"  X-Before: any path",
        b"/*\n  no colon",
        b"/*\n  : no name",
        b"/*\n  Na me: x",
        "/*\n  X-Snowman: ☃".encode(),
        b"/*\n  X-Bell: \x07",
        b"/*\n  Content-Length: 1",
        b"/*\n  ! X-Frame-Options",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_header_is_left_out(rules: bytes) -> None:
    assert headers_for(rules, "/") == {}


REDIRECTS = b"""
/old/            /new/                # moved
/gone/*          /archive/:splat      302
/by/:author/:n   /authors/:author/page/:n/ 308
/store           https://shop.example/  301
/forced          /here/ 301!
/app/*           /index.html 200
/api/*           https://api.example/:splat 200
/here            /there/ 301 Language=de
/find id=:id     /stories/:id 301
/broken
/odd             /x/ often
"""


@pytest.mark.parametrize(
    ("path", "redirect"),
    [
        ("/old/", Redirect("/new/", 301, False)),
        ("/old", Redirect("/new/", 301, False)),
        ("/older/", None),
        ("/gone/", Redirect("/archive/", 302, False)),
        ("/gone", Redirect("/archive/", 302, False)),
        ("/gone/2010/a%20b/", Redirect("/archive/2010/a b/", 302, False)),
        ("/by/jane/3", Redirect("/authors/jane/page/3/", 308, False)),
        ("/by/jane/3/", Redirect("/authors/jane/page/3/", 308, False)),
        ("/store/", Redirect("https://shop.example/", 301, False)),
        ("/forced", Redirect("/here/", 301, True)),
        ("/app/any/where", Redirect("/index.html", 200, False)),
        ("/here", None),
        ("/find", None),
        ("/broken", None),
        ("/odd", None),
        ("/elsewhere", None),
    ],
)
def test_redirects(path: str, redirect: Redirect | None) -> None:
    assert redirect_for(REDIRECTS, path) == redirect


def test_what_sends_a_browser_away() -> None:
    away = {path: redirect_for(REDIRECTS, path) for path in ("/old/", "/app/x")}
    assert {path: found.sends_away for path, found in away.items() if found} == {"/old/": True, "/app/x": False}
