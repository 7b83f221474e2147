"""Where a link in a body leads: from what a writer wrote to the URL on the page.

A writer may name a file (beside the article, or from the content root, `%20` or not), or a URL of the site. What looks
like a file and is none is a problem; broken URLs are left to `sitegen check`, which knows every page and anchor.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from sitegen.content.images import PICTURES
from sitegen.content.links import Link
from sitegen.errors import did_you_mean
from sitegen.regex import regex
from sitegen.urls import Links

__all__ = ["Linker", "find_file", "local_path"]

_ELSEWHERE = regex(r"https?://[a-z0-9.-]+/[A-Za-z0-9/_~.-]*")
"""Nearly all links to other sites, told at a glance."""
_INVISIBLE = " \t\u200b\u2060\ufeff"
"""What a word processor leaves before and after a copied address."""
Found = tuple[str, str | None] | None
"""A file and its URL (None: it is not public); None if there is no such file."""


class Linker:
    """Settles the links of one article. Whatever it looks at, it asks for through `read`, and so it is recorded."""

    def __init__(self, read: Callable[..., Any], origin: str, here: str) -> None:
        """`origin` is the file that the links stand in, `here` the URL of its page."""
        self._read = read
        self._origin = origin
        self._here = here

    def __call__(self, href: str) -> Link:
        """The URL for what a writer wrote."""
        if _ELSEWHERE.fullmatch(href):
            return Link(href)
        try:
            parts = _split(href)
        except ValueError:
            return Link(href, f"`{href}` is not a URL", "a host in square brackets must be an IPv6 address")
        if parts.scheme or parts.netloc or not parts.path:
            return Link(urlunsplit(parts))
        return self._inside(href, parts)

    def _inside(self, href: str, parts: SplitResult) -> Link:
        path = unicodedata.normalize("NFC", unquote(parts.path))
        root = self._read("config", "content_dir")
        file, served = find_file(lambda name: self._read("file_at", name), self._origin, parts.path, root) or (
            None,
            None,
        )
        public = file if file and served else ""
        url = served or self._page(path)
        if url is not None:
            picture = public if public.lower().endswith(PICTURES) else ""
            return Link(self._written(parts, url), picture=picture, file=public)
        if file is not None:
            return Link(href, f"`{path}` is not published, so nothing may link to it", "remove the link or publish it")
        if path.lower().endswith((".md", *PICTURES)) or not path.startswith("/"):
            return Link(href, f"there is no file `{path}`", self._near(path))
        return Link(self._written(parts, path))

    def _written(self, parts: SplitResult, url: str) -> str:
        return urlunsplit(parts._replace(path=Links(self._read("config", "base_url")).path(url)))

    def _page(self, path: str) -> str | None:
        """The URL that `path` is, seen from this page; None if there is no such page."""
        url = posixpath.normpath(posixpath.join(self._here, path))
        return next((known for known in (url.rstrip("/") + "/", url) if self._read("served", known)), None)

    def _near(self, path: str) -> str:
        folder = posixpath.dirname(posixpath.normpath(posixpath.join(posixpath.dirname(self._origin), path)))
        names = self._read("public_in", folder)
        return did_you_mean(posixpath.basename(path), names, "paths count from the folder of the article")


def _split(href: str) -> SplitResult:
    """The parts of a URL as a writer wrote it. Raises `ValueError` if it is none."""
    return urlsplit(href.strip(_INVISIBLE))


def local_path(href: str) -> str:
    """The path of what may be a file of the site; empty if this leads elsewhere, or is no URL."""
    try:
        parts = _split(href)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else parts.path


def find_file(look: Callable[[str], Found], origin: str, path: str, root: str) -> Found:
    """The file that `path` in the article at `origin` means, public or not: beside it, else from the content folder.

    `look` finds a file, or that of a folder, by its path in Unicode normal form (NFC); `root` is the content folder.
    """
    folders = (root,) if path.startswith("/") else (posixpath.dirname(origin), root)
    for written in dict.fromkeys((unquote(path), path)):  # the name of a file may hold `%20`
        for folder in folders:
            name = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(folder, written.lstrip("/"))))
            found = look(name)
            if found is not None:
                return found
    return None
