"""The links from story to story that writers set by hand, in Markdown and in HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote, urlsplit

from sitegen.content.article import Article
from sitegen.regex import regex
from sitegen.site.links import find_file
from sitegen.site.queries import file_at
from sitegen.site.snapshot import Site
from sitegen.urls import normal_url

__all__ = ["HandLinks"]

_LINK = regex(
    r"\[(?:[^\[\]\n]|\[[^\[\]\n]{,200}\]){,500}\]\(\s{,9}<?(?P<inline>[^)\s<>]{1,500})[^)\n]{,500}\)"
    r"|<a\s[^<>]{,500}?href\s*=\s*[\"']?(?P<html>[^\"'\s<>]{1,500})[^<>]{,500}>.{,500}?</a>"
    r"|<?(?P<bare>https?://[^\s<>()\"']{1,500})>?"
)
_REFERENCE = regex(r"^ {0,3}\[(?P<name>[^\[\]\n]{1,200})\]:[ \t]*<?(?P<target>\S{1,500}?)>?[ \t]*$", re.MULTILINE)
_USE = regex(r"\[(?P<text>[^\[\]\n]{1,500})\](?:\[(?P<name>[^\[\]\n]{,200})\])?")


class HandLinks:
    """The links between the stories of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._host = urlsplit(site.config.base_url).netloc.lower()
        self._prefix = urlsplit(site.config.base_url).path.rstrip("/")
        self._stories: dict[str, str] = {}
        for path in site.stories:
            article = site.articles[path]
            for url in (*map(normal_url, article.aliases), article.url):
                self._stories[url] = path

    def taken_out(self, article: Article, body: str) -> tuple[str, dict[str, None]]:
        """The body without its links to other stories and their text, and the stories that they lead to, in order."""
        found: dict[str, None] = {}

        def target(href: str) -> bool:
            story = self._story(article, href)
            if story is None or story == article.path:
                return False
            found[story] = None
            return True

        references = {match["name"].casefold(): match["target"] for match in _REFERENCE.finditer(body)}
        body = _REFERENCE.sub("", body) if references else body
        body = _LINK.sub(lambda match: " " if target(_href(match)) else match[0], body)
        return (_USE.sub(partial(_unused, references, target), body) if references else body), found

    def _story(self, article: Article, href: str) -> str | None:
        """The story that a link in an article leads to; None if it leads elsewhere."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if (parts.scheme and parts.scheme not in ("http", "https")) or parts.netloc.lower() not in ("", self._host):
            return None
        path = unquote(parts.path)
        if not parts.netloc:
            file = find_file(partial(file_at, self._site), article.path, path, self._site.config.content_dir)
            if file is not None:
                return file[0] if file[0] in self._site.articles and self._is_story(file[0]) else None
        below = path.removeprefix(self._prefix)
        return self._stories.get(normal_url(posixpath.join(article.url, below))) if path else None

    def _is_story(self, path: str) -> bool:
        return self._site.articles[path].kind == "story"


def _href(match: re.Match[str]) -> str:
    return match["inline"] or match["html"] or match["bare"]


def _unused(references: Mapping[str, str], target: Callable[[str], bool], match: re.Match[str]) -> str:
    """A use of a reference as it stands, or nothing if it leads to a story."""
    href = references.get((match["name"] or match["text"]).casefold())
    return " " if href and target(href) else match[0]
