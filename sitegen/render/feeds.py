"""RSS 2.0 of the site (RSS Advisory Board, RSS 2.0 Specification; RSS Best Practices Profile).

Written with ElementTree, so it is well-formed whatever a headline holds. Nothing in a feed depends on when it is built:
`lastBuildDate` is the date of the newest story.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from sitegen.render.views import ArticleView, SiteView

__all__ = ["rss"]

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_ROOTED = re.compile(r'\b(href|src|poster)="(/[^"]*)"')

for _prefix, _uri in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


def rss(site: SiteView, stories: list[ArticleView], url: str, full_text: bool) -> bytes:
    """The feed of these stories, newest first. `url` is the absolute URL of the feed itself."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", site.title)
    _add(channel, "link", site.base_url)
    _add(channel, "description", site.tagline or site.title)
    _add(channel, "language", site.language)
    dates = [date for story in stories for date in (story.date, story.updated) if date]
    if dates:
        _add(channel, "lastBuildDate", _rfc822(max(dates)))
    ElementTree.SubElement(channel, _name("atom:link"), rel="self", type="application/rss+xml", href=url)
    for story in stories:
        _item(channel, site, story, full_text)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _item(channel: ElementTree.Element, site: SiteView, story: ArticleView, full_text: bool) -> None:
    item = ElementTree.SubElement(channel, "item")
    _add(item, "title", story.title)
    _add(item, "link", story.absolute_url)
    guid = _add(item, "guid", story.id or _tag_uri(site, story))
    guid.set("isPermaLink", "false")
    if story.date:
        _add(item, "pubDate", _rfc822(story.date))
    for author in story.authors:
        _add(item, _name("dc:creator"), author.title)
    for tag in story.tags:
        _add(item, "category", tag.title)
    _add(item, "description", story.summary)
    if full_text:
        _add(item, _name("content:encoded"), _absolute(story.feed_body, story.absolute_url))


def _tag_uri(site: SiteView, story: ArticleView) -> str:
    """An identity that changes with neither slug nor title (RFC 4151): host, first day, and the place of the file."""
    host = urlsplit(site.base_url).hostname or "localhost"
    day = f"{story.date:%Y-%m-%d}" if story.date else "1970"
    return f"tag:{host},{day}:{story.path}"


def _absolute(html: str, base: str) -> str:
    return _ROOTED.sub(lambda match: f'{match[1]}="{urljoin(base, match[2])}"', html)


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = text
    return element


def _name(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _rfc822(instant: datetime) -> str:
    return format_datetime(instant)
