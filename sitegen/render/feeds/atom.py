"""Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sitegen.render.feeds.entry import Author, Entry, Item
from sitegen.render.feeds.head import Head, newest
from sitegen.render.feeds.xml import DECLARATION, element, escaped

__all__ = ["feed", "item"]

_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Of a feed or a story without a date: `updated` must be there."""


def feed(head: Head, items: Sequence[Item]) -> str:
    """The feed of these stories."""
    parts = [
        element("id", escaped(head.url)),
        element("title", escaped(head.title)),
        element("subtitle", escaped(head.description)) if head.description else "",
        element("updated", (newest(items) or _UNKNOWN).isoformat()),
        element("author", element("name", escaped(head.title))),
        element("link", rel="self", type="application/atom+xml", href=head.url),
        element("link", rel="alternate", type="text/html", href=head.page),
        element("link", rel="hub", href=head.hub) if head.hub else "",
        *(story.text for story in items),
    ]
    language = {"xml__lang": head.language}
    inside = "\n".join(filter(None, parts))
    return DECLARATION + element("feed", inside, xmlns="http://www.w3.org/2005/Atom", **language) + "\n"


def item(entry: Entry) -> str:
    """A story."""
    return element("entry", "\n".join(_item(entry)), xml__lang=entry.language)


def _item(entry: Entry) -> Iterator[str]:
    yield element("id", escaped(entry.id))
    yield element("title", escaped(entry.title))
    yield element("updated", (entry.updated or _UNKNOWN).isoformat())
    if entry.published:
        yield element("published", entry.published.isoformat())
    yield element("link", rel="alternate", type="text/html", href=entry.url)
    yield from map(_author, entry.authors)
    yield from (element("category", term=name) for name in entry.tags)
    yield element("summary", escaped(entry.summary))
    if entry.html:
        yield element("content", escaped(entry.html), type="html")
    if entry.sound:
        sound = entry.sound
        yield element("link", rel="enclosure", type=sound.type, length=str(sound.size), href=sound.url)


def _author(author: Author) -> str:
    page = element("uri", escaped(author.url)) if author.url else ""
    return element("author", element("name", escaped(author.name)), page)
