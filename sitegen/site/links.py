"""Where a link in a body leads: from what a writer wrote to the URL on the page.

A writer may name a file (beside the article, or from the content root, `%20` or not), or a URL of the site. What looks
like a file and is none is a problem; broken URLs are left to `sitegen check`, which knows every page and anchor.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Collection
from urllib.parse import unquote, urlsplit, urlunsplit

from sitegen.content.images import PICTURES
from sitegen.content.links import Link
from sitegen.errors import did_you_mean
from sitegen.site.snapshot import Site
from sitegen.urls import Links

__all__ = ["find_file", "resolve"]

_INVISIBLE = " \t\u200b\u2060\ufeff"
"""What a word processor leaves before and after a copied address."""
Size = Callable[[str], tuple[int, int]]
"""Width and height in pixels of the picture at a path; (0, 0) if they are not known."""


def resolve(site: Site, urls: Collection[str], links: Links, size: Size, origin: str, href: str) -> Link:
    """The URL for `href` in the article at `origin`. `urls` are all that the site has, `size` measures a picture."""
    try:
        parts = urlsplit(href.strip(_INVISIBLE))
    except ValueError:
        return Link(href, f"`{href}` is not a URL", "a host in square brackets must be an IPv6 address")
    if parts.scheme or parts.netloc or not parts.path:
        return Link(urlunsplit(parts))
    path = unicodedata.normalize("NFC", unquote(parts.path))
    file = find_file(site, origin, parts.path)
    url = (_file_url(site, file) if file else None) or _page(site, urls, origin, path)
    if url is not None:
        width, height = size(file) if file and file.lower().endswith(PICTURES) else (0, 0)
        return Link(urlunsplit(parts._replace(path=links.path(url))), width=width, height=height)
    if file is not None:
        return Link(href, f"`{path}` is not published, so nothing may link to it", "remove the link or publish it")
    if path.lower().endswith((".md", *PICTURES)) or not path.startswith("/"):
        return Link(href, f"there is no file `{path}`", _near(site, origin, path))
    return Link(urlunsplit(parts._replace(path=links.path(path))))


def _file_url(site: Site, file: str) -> str | None:
    """Where a file of the content folder went; None if it is not public. A profile is the page of the author or tag."""
    article = site.articles.get(file)
    if article is None:
        return site.media.get(file)
    if article.kind in ("story", "page"):
        return article.url
    return next((group.url for group in site.groups[article.kind].values() if group.article == file), None)


def _page(site: Site, urls: Collection[str], origin: str, path: str) -> str | None:
    """The URL that `path` is, seen from the page of the article at `origin`; None if there is no such page."""
    here = site.articles[origin].url if origin in site.articles else "/"
    url = posixpath.normpath(posixpath.join(here, path))
    return next((known for known in (url.rstrip("/") + "/", url) if known in urls), None)


def find_file(site: Site, origin: str, path: str) -> str | None:
    """The file that `path` in the article at `origin` means, public or not: beside it, else from the content folder."""
    root = site.config.content_dir
    folders = (root,) if path.startswith("/") else (posixpath.dirname(origin), root)
    for written in (unquote(path), path):  # the name of a file may hold `%20`
        for folder in folders:
            name = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(folder, written.lstrip("/"))))
            found = site.files.get(name) or site.files.get(f"{name}/index.md")
            if found is not None:
                return found
    return None


def _near(site: Site, origin: str, path: str) -> str:
    folder = posixpath.dirname(posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)))
    names = [file.rpartition("/")[2] for file in (*site.articles, *site.media) if posixpath.dirname(file) == folder]
    return did_you_mean(posixpath.basename(path), names, "paths count from the folder of the article")
