"""Where a link in a body leads: from what a writer wrote to the URL on the page.

A writer may name a file (beside the article, or from the content root, `%20` or not), or a URL of the site. What looks
like a file and is none is a problem; broken URLs are left to `sitegen check`, which knows every page and anchor.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Collection
from urllib.parse import unquote, urlsplit, urlunsplit

from sitegen.content.links import Link
from sitegen.errors import did_you_mean
from sitegen.site.snapshot import Site
from sitegen.urls import Links

__all__ = ["find_file", "resolve"]

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


def resolve(site: Site, urls: Collection[str], links: Links, origin: str, href: str) -> Link:
    """The URL for `href` in the article at `origin`. `urls` are all that the site has."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return Link(href)
    path = unicodedata.normalize("NFC", unquote(parts.path))
    url = _page(site, urls, origin, path)
    if url is not None:
        return Link(urlunsplit(parts._replace(path=links.path(url))))
    file = find_file(site, origin, path)
    if file is not None:
        return Link(href, f"`{path}` is not published, so nothing may link to it", "remove the link or publish it")
    if path.lower().endswith((".md", *_PICTURES)) or not path.startswith("/"):
        return Link(href, f"there is no file `{path}`", _near(site, origin, path))
    return Link(urlunsplit(parts._replace(path=links.path(path))))


def _page(site: Site, urls: Collection[str], origin: str, path: str) -> str | None:
    for file in _candidates(site, origin, path):
        if file in site.articles:
            article = site.articles[file]
            return article.url if article.kind in ("story", "page") else _group_url(site, file)
        if file in site.media:
            return site.media[file]
    here = site.articles[origin].url if origin in site.articles else "/"
    for url in (posixpath.normpath(posixpath.join(here, path)),):
        for candidate in (url if url == "/" else url + "/", url):
            if candidate in urls:
                return candidate
    return None


def _group_url(site: Site, file: str) -> str | None:
    """A link to a profile leads to the page of the author or tag."""
    kind = site.articles[file].kind
    return next((group.url for group in site.groups[kind].values() if group.article == file), None)


def _candidates(site: Site, origin: str, path: str) -> list[str]:
    """Files that `path` may mean: beside the article, then from the content root."""
    root = site.config.content_dir
    folder = posixpath.dirname(origin)
    names = (
        [posixpath.join(root, path.lstrip("/"))]
        if path.startswith("/")
        else [posixpath.join(folder, path), posixpath.join(root, path)]
    )
    files = [posixpath.normpath(name) for name in names]
    return [name for file in files for name in (file, f"{file}/index.md") if file.startswith(root + "/")]


def find_file(site: Site, origin: str, path: str) -> str | None:
    """The file below the content folder that `path` in the article at `origin` means, public or not."""
    for file in _candidates(site, origin, path):
        if file in site.articles or file in site.media or file in site.hidden:
            return file
    return None


def _near(site: Site, origin: str, path: str) -> str:
    folder = posixpath.dirname(posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)))
    names = [file.rpartition("/")[2] for file in (*site.articles, *site.media) if posixpath.dirname(file) == folder]
    return did_you_mean(posixpath.basename(path), names, "paths count from the folder of the article")


def file_url(site: Site, links: Links, origin: str, src: str) -> str:
    """The URL for a file that front matter names (`image`, `audio`); as written if it is on another host or missing."""
    return resolve(site, (), links, origin, src).url
