"""The headers and redirects of a site, whatever the host.

Headers depend on settings and templates only, so they stay the same while stories come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from sitegen.config import SecurityConfig, home_of
from sitegen.render.policy import site_policy
from sitegen.urls import Links

__all__ = ["cached", "everywhere", "gone", "moved", "prefix"]

_ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=60"
_CACHED: Mapping[str, str] = {"/assets/": _FOR_EVER, "/cards/": _FOR_EVER, "/fragments/": _BRIEFLY}
"""A page is asked for again each time, which is what hosts do by themselves."""


def prefix(read: Callable[..., Any]) -> str:
    """The path of the site on its host, decoded, without a final slash."""
    return unquote(Links(read("config", "base_url")).prefix)


def everywhere(read: Callable[..., Any]) -> Mapping[str, str]:
    """The headers of every path."""
    security: SecurityConfig = read("config", "security")
    policy = {"Content-Security-Policy": site_policy(read)} if security.policy else {}
    headers = {**policy, **_ALWAYS, **security.extra} if security.headers else {}
    headers |= {"X-Robots-Tag": "noindex"} if read("config", "preview") else {}
    return {name: value for name, value in headers.items() if value}


def cached(read: Callable[..., Any]) -> Mapping[str, str]:
    """The `Cache-Control` of all that lies below some folders, each with a final slash."""
    homes = [home_of(key) for key, _, _ in read("editions") if key]
    found = {**_CACHED, **{f"{home}fragments/": _BRIEFLY for home in homes}}
    return found if read("config", "security").headers else {}


def moved(read: Callable[..., Any]) -> list[tuple[str, str]]:
    """Old addresses, decoded, and for ever in their place: URLs as links have them."""
    links = Links(read("config", "base_url"))
    return [(prefix(read) + old, links.path(new)) for old, new in read("moved")]


def gone(read: Callable[..., Any]) -> list[str]:
    """The addresses of stories that are withdrawn, decoded. A notice stands there, with a status that says so (410;
    RFC 9110, 15.5.11).
    """
    return [prefix(read) + url for url in read("gone")]
