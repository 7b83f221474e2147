"""Addresses that readers are given: which may stand in a link."""

from __future__ import annotations

import re

from sitegen.config.checks import Unfit
from sitegen.regex import regex

__all__ = ["EMAIL", "WEB", "email_or_none", "web", "web_or_none"]

WEB = regex(r"https?://[^\s/]+(?:/\S*)?")
"""A page on the web. No other scheme may stand in a link that a profile gives."""
# What HTML takes for an address (WHATWG HTML, `input type=email`), at a host with a dot.
EMAIL = regex(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)+", re.IGNORECASE | re.ASCII)


def web(value: str) -> str:
    """A page on the web."""
    if not WEB.fullmatch(value):
        raise Unfit("a full URL", "expected `https://…`")
    return value


def web_or_none(value: str) -> str:
    """The same, or an empty text."""
    return web(value) if value else ""


def email_or_none(value: str) -> str:
    """The address of a mailbox, or an empty text."""
    if value and not EMAIL.fullmatch(value):
        raise Unfit("an e-mail address", "expected `name@example.org`")
    return value
