"""A policy of the site that also lets in what the preview adds to its pages (W3C, Content Security Policy Level 3)."""

from __future__ import annotations

__all__ = ["letting_in"]

_NEEDED = ("script-src", "style-src", "connect-src")
_FINER = ("script-src-elem", "style-src-elem")
"""Directives that need it only where they are."""
_HINDRANCES = frozenset(("upgrade-insecure-requests", "block-all-mixed-content"))
"""What the preview, which speaks plain HTTP, cannot keep to."""
_TYPES = "trusted-types"
_OWN_TYPE = "sitegen"


def letting_in(policy: str, tools: str) -> str:
    """The policy, with scripts, styles and connections below one URL added to what it allows, and nothing else.

    Several policies, separated by commas, hold all at once.
    """
    return ", ".join(_let_in(each, _source(tools)) for each in policy.split(",") if each.strip())


def _source(tools: str) -> str:
    return "'self'" if "[" in tools else tools  # the grammar of sources knows no IPv6 address


def _let_in(policy: str, source: str) -> str:
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        if name and name.lower() not in _HINDRANCES:
            directives.setdefault(name.lower(), values)
    for name in (*_NEEDED, *(name for name in _FINER if name in directives)):
        allowed = directives.get(name, directives.get("default-src"))
        if allowed is not None:
            directives[name] = [*(value for value in allowed if value not in ("'none'", "'strict-dynamic'")), source]
    if directives.get(_TYPES):
        directives[_TYPES] = [*(value for value in directives[_TYPES] if value != "'none'"), _OWN_TYPE]
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())
