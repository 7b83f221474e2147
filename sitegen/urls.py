"""URLs and the files they stand for. Inside sitegen a URL is Unicode and begins with `/`; pages show it encoded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from sitegen.regex import regex

__all__ = ["Links", "UnsafeURL", "normal_url", "output_file", "page_url"]

_SAFE = "/:@!$&'()*+,;=~-._"
_PAGES = (".html", ".htm", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm", ".xml", ".json", ".txt", ".rss", ".atom")
_HARMLESS = regex(r"(?:/[a-z0-9][a-z0-9_-]{0,99})*(?:/|/[a-z0-9][a-z0-9_.-]{0,98}[a-z0-9])?")
"""Nearly all URLs, told at a glance."""
_LONGEST_NAME = 255
"""Bytes in one name, the limit of the usual file systems."""


class UnsafeURL(ValueError):
    """A URL that cannot be a file inside the output folder; the text says why."""


class Links:
    """How URLs are written: below `base_url`, percent-encoded (RFC 3986)."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.prefix = urlsplit(base_url).path.rstrip("/")
        """The path of the base URL without its final slash: empty for a site at the root of its host."""

    def path(self, url: str) -> str:
        """The URL from the root of the host, for links within the site."""
        return self.prefix + _quoted(url)

    def absolute(self, url: str) -> str:
        """The URL with scheme and host."""
        return self.base_url.rstrip("/") + _quoted(url)


@lru_cache(maxsize=65_536)
def _quoted(url: str) -> str:
    return quote(url, safe=_SAFE)


def normal_url(text: str) -> str:
    """A URL path as sitegen keeps it: percent-decoded once, NFC, beginning with a slash, ending in one or a file."""
    return page_url("/" + unicodedata.normalize("NFC", unquote(text.strip())).lstrip("/"))


def page_url(url: str) -> str:
    """The URL with a final slash, unless it ends in the name of a file."""
    return url if url.endswith("/") or url.lower().endswith(_PAGES) else url + "/"


def _check(url: str) -> None:
    names = url.split("/")
    if names[0] or "" in names[1:-1]:
        raise UnsafeURL("it has an empty part")
    for name in names:
        _check_name(name)


def _check_name(name: str) -> None:
    if unquote(unquote(name)).strip(". ") == "" and name != "":
        raise UnsafeURL("it has a part that is only dots or blanks")
    if "\\" in name or any(ord(character) < 32 or ord(character) == 127 for character in name):
        raise UnsafeURL("it has a backslash or a control character")
    if name[1:2] == ":":  # Windows takes any character before the colon
        raise UnsafeURL("it has a drive letter")
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        raise UnsafeURL(f"it has a part longer than {_LONGEST_NAME} bytes")


def output_file(url: str) -> str:
    """The file of a normal URL, relative to the output folder: `/a/` is `a/index.html`. Raises `UnsafeURL`."""
    if not _HARMLESS.fullmatch(url):
        _check(url)
    return (url + "index.html" if url.endswith("/") else url).lstrip("/")
