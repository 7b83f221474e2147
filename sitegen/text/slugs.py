"""Names for URLs and folders: Unicode kept, nothing merged that differs, never empty, never too long."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from urllib.parse import unquote

from sitegen.regex import regex

__all__ = ["MAX_BYTES", "decode_once", "slugify"]

MAX_BYTES = 255
"""The longest name of a folder that common file systems hold."""

_SPOKEN = [
    (regex(r"\+"), "-plus-"),
    (regex(r"#(?<=\w#)(?!\w)"), "-sharp-"),
    (regex(r"\.(?<![\w.]\.)(?=[^\W\d])"), "dot-"),
    (regex(r"['\u2019\u02bc](?<=\w.)(?=\w)"), ""),
]
"""`c++` is not `c`, `c#` neither, `.net` is not `net`, and `don't` is one word. Each pattern begins with its sign."""

_USUAL = regex(r"[a-z0-9_]+(?:[- ][a-z0-9_]+)*")
"""A text in which only blanks need to change."""

_ASCII_GAPS = regex(r"[^a-z0-9_]+")
_GAPS = regex("-+")


def slugify(text: str) -> str:
    """The text as one part of a URL: lower case, words joined by `-`, at most 255 bytes of UTF-8.

    Letters, marks and digits of every script stay. A text without any (and one that had to be cut) gets a short digest,
    so that two texts never share a slug for that reason. The slug of a slug is itself; only "" gives "".
    """
    slug = unicodedata.normalize("NFC", text).lower()
    if _USUAL.fullmatch(slug):
        slug = slug.replace(" ", "-")
    else:
        for pattern, words in _SPOKEN:
            slug = pattern.sub(words, slug)
        slug = _words(slug).strip("-")
    if not slug:
        return _digest(text) if text else ""
    return slug if len(slug.encode()) <= MAX_BYTES else _cut(slug)


def _words(text: str) -> str:
    if text.isascii():
        return _ASCII_GAPS.sub("-", text)
    kept = (c if c == "_" or unicodedata.category(c)[0] in "LMN" else _gap(c) for c in text)
    return unicodedata.normalize("NFC", _GAPS.sub("-", "".join(kept)))


def _gap(character: str) -> str:
    """What stands for a character that is no part of a word: nothing for invisible joiners, else `-`."""
    return "" if unicodedata.category(character) == "Cf" else "-"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _cut(slug: str) -> str:
    ending = "-" + _digest(slug)
    return slug.encode()[: MAX_BYTES - len(ending)].decode(errors="ignore").rstrip("-") + ending


def decode_once(text: str) -> str:
    """The text with its `%xx` read once; as it is, if they are not UTF-8."""
    try:
        return unquote(text, errors="strict") if "%" in text else text
    except UnicodeDecodeError:
        return text
