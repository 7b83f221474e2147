"""One rendered output: where it leads within the site, and which anchors it has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.urls import Links

__all__ = ["Scan", "Scanner"]

_LEADING = "[href],[src],[srcset],[imagesrcset],[poster],object[data]"
_ATTRIBUTES = ("href", "src", "poster", "data")
_SETS = ("srcset", "imagesrcset")
_CANDIDATE = regex(r"(\S*[^,\s])(?:\s+[\d.]+[wx])?\s*(?:,|$)")
_LEFTOVER = ".,;:!?"
"""What ends a sentence and not a URL in a text."""
_NO_LINKS = frozenset(("base",))


class Scan(Record, frozen=True):
    """URLs of the site, decoded, with `#` and the anchor where there is one; and ids. Each once, in order."""

    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Full URLs of the site in texts, such as in structured data and feeds: the same, without anchors."""
    ids: tuple[str, ...] = ()


class Scanner(Record, frozen=True, dict=True):
    """Reads outputs of the site at `base_url`."""

    base_url: str

    @cached_property
    def _own(self) -> re.Pattern[str]:
        """Finds full URLs of the site."""
        own = re.escape(self.base_url.rstrip("/"))
        return re.compile(rf"{own}(?![\w.-])[^\s\"'<>&\\)\]{{}}|`]*")

    @cached_property
    def _prefix(self) -> str:
        return Links(self.base_url).prefix

    def scan(self, text: str, url: str, tree: LexborHTMLParser | None) -> Scan:
        """The output with this text at this URL; `tree` is the same, parsed, if it is a page."""
        links: dict[str, None] = {}
        ids: tuple[str, ...] = ()
        if tree is not None:
            links = dict.fromkeys(filter(None, (self.local(written, url) for written in _written(tree))))
            ids = tuple(dict.fromkeys(node.attributes.get("id") or "" for node in tree.css("[id]")))
            ids += tuple(node.attributes.get("name") or "" for node in tree.css("a[name]"))
        found = (self.local(unescape(full).rstrip(_LEFTOVER), url) for full in dict.fromkeys(self._own.findall(text)))
        mentions = (target.partition("#")[0] for target in found if target)
        return Scan(tuple(links), tuple(dict.fromkeys(mentions)), ids)

    def local(self, written: str, url: str) -> str:
        """Where a link on the page at `url` leads; empty if that is not within the site."""
        written = written.strip()
        if written.startswith(self.base_url.rstrip("/")) and self._own.match(written):
            written = written[len(self.base_url.rstrip("/")) - len(self._prefix) :] or "/"
        try:
            parts = urlsplit(written)
        except ValueError:
            return ""
        if parts.scheme or parts.netloc:
            return ""
        path = unquote(parts.path)
        if path.startswith("/"):
            if self._prefix and not (path + "/").startswith(self._prefix + "/"):
                return ""  # another site on the same host
            path = path.removeprefix(self._prefix) or "/"
        else:
            path = _joined(url, path)
        anchor = unquote(parts.fragment).partition(":~:")[0]
        return normalize("NFC", path) + (f"#{anchor}" if anchor else "")


def _joined(url: str, path: str) -> str:
    """A relative path seen from a page."""
    if not path:
        return url
    there = posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
    return there + "/" if path.endswith(("/", ".")) and there != "/" else there


def _written(tree: LexborHTMLParser) -> Iterator[str]:
    """Every address in the attributes of a page."""
    for node in tree.css(_LEADING):
        if node.tag in _NO_LINKS:
            continue
        for name, value in node.attributes.items():
            if value and name in _ATTRIBUTES:
                yield value
            elif value and name in _SETS:
                yield from _CANDIDATE.findall(value)
