"""A policy of the site that also lets in what the preview adds to its pages (W3C, Content Security Policy Level 3)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["letting_in"]

_NEEDED = ("script-src", "style-src", "connect-src")
"""Directives that `default-src` stands for where they are missing."""
_FINER = ("script-src-elem", "style-src-elem")
"""And those for which the others stand."""
_CLOSED = frozenset(("'none'", "'strict-dynamic'"))
"""Sources beside which no URL is let in."""
_HINDRANCES = frozenset(("upgrade-insecure-requests", "block-all-mixed-content"))
"""What the preview, which speaks plain HTTP, cannot keep to."""
_TYPES = "trusted-types"
_OWN_TYPE = "sitegen"


def letting_in(policy: str, tools: str, page: str) -> str:
    """The policy, with scripts, styles and connections below the URL `tools` added to what it allows, connections to
    the page itself, and nothing else.

    Several policies, separated by commas, hold all at once.
    """
    own, itself = _source(tools), _source(page)
    more = {name: [own] for name in (*_NEEDED, *_FINER)} | {"connect-src": list(dict.fromkeys([own, itself]))}
    return ", ".join(_let_in(each, more) for each in policy.split(",") if each.strip())


def _source(url: str) -> str:
    if "[" in url:
        return "'self'"  # the grammar of sources knows no IPv6 address
    return url.replace(";", "%3B").replace(",", "%2C")


def _let_in(policy: str, more: Mapping[str, list[str]]) -> str:
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        if name and name.lower() not in _HINDRANCES:
            directives.setdefault(name.lower(), values)
    for name, sources in more.items():
        allowed = directives.get(name, directives.get("default-src") if name in _NEEDED else None)
        if allowed is not None:
            directives[name] = [*(value for value in allowed if value not in _CLOSED), *sources]
    if directives.get(_TYPES):
        directives[_TYPES] = [*(value for value in directives[_TYPES] if value != "'none'"), _OWN_TYPE]
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())
