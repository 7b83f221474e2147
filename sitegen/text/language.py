"""Language tags (BCP 47)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.regex import regex

__all__ = ["direction", "nearest_tag", "normal_tag"]

_TAG = regex(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*", re.I | re.A)
_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"])
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"])


def normal_tag(text: str) -> str:
    """The tag in its usual spelling (`pt_br` is `pt-BR`), or "" if it is none."""
    tag = text.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return ""
    first, *rest = tag.lower().split("-")
    return "-".join([first, *map(_part, rest)])


def _part(text: str) -> str:
    """Scripts are `Title`, regions `UPPER`, variants `lower`."""
    if len(text) == 4 and text.isalpha():
        return text.title()
    return text.upper() if len(text) == 2 else text


def nearest_tag(tag: str, known: Iterable[str]) -> str:
    """Which of the `known` tags serves for this one: itself, else what it is a variety of; "" if none is.

    `de-AT` is served by `de` (RFC 4647, section 3.4, "Lookup").
    """
    spelt = {other.lower(): other for other in known}
    parts = tag.lower().split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((spelt[part] for part in shorter if part in spelt), "")


def direction(tag: str) -> str:
    """`rtl` for languages and scripts that are written from right to left, else `ltr`."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    scripts = {part for part in rest if len(part) == 4}
    if scripts:
        return "rtl" if scripts & _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
