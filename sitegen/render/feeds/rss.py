"""RSS 2.0 (RSS Advisory Board: RSS 2.0 Specification, RSS Best Practices Profile), with Media RSS for pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sitegen.render.feeds.entry import Entry, Item, Picture
from sitegen.render.feeds.head import Head, newest
from sitegen.render.feeds.xml import DECLARATION, as_html, element, escaped, title

__all__ = ["NAMESPACES", "channel", "described", "document", "enclosed", "feed", "item"]

NAMESPACES = {
    "xmlns__atom": "http://www.w3.org/2005/Atom",
    "xmlns__content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
    "xmlns__media": "http://search.yahoo.com/mrss/",
}


def feed(head: Head, items: Sequence[Item]) -> str:
    """The feed of these stories."""
    return document([*channel(head, items), *(story.text for story in items)], NAMESPACES)


def document(parts: Sequence[str], namespaces: Mapping[str, str]) -> str:
    """A whole file with these elements in its channel."""
    inside = "\n".join(filter(None, parts))
    return DECLARATION + element("rss", element("channel", inside), version="2.0", **namespaces) + "\n"


def channel(head: Head, items: Sequence[Item]) -> Iterator[str]:
    """What the channel says of itself."""
    built = newest(items)
    yield element("title", title(head.title))
    yield element("link", escaped(head.page))
    yield element("description", as_html(head.description or head.title))
    yield element("language", escaped(head.language))
    if built:
        yield element("lastBuildDate", _date(built))
    yield element("atom:link", rel="self", type="application/rss+xml", href=head.url)
    if head.hub:
        yield element("atom:link", rel="hub", href=head.hub)


def item(entry: Entry) -> str:
    """A story. The summary comes before the text, as readers want it."""
    media = _media(entry.picture) if entry.picture else ""
    return element("item", "\n".join([*described(entry), *([media] if media else []), *enclosed(entry)]))


def described(entry: Entry) -> Iterator[str]:
    """What is said of a story in words."""
    yield element("title", title(entry.title))
    yield element("link", escaped(entry.url))
    yield element("guid", escaped(entry.id), isPermaLink="false")
    if entry.published:
        yield element("pubDate", _date(entry.published))
    yield from (element("dc:creator", escaped(author.name)) for author in entry.authors)
    yield from (element("category", escaped(name)) for name in entry.tags)
    yield element("description", as_html(entry.summary))
    if entry.html:
        yield element("content:encoded", escaped(entry.html))


def enclosed(entry: Entry) -> Iterator[str]:
    """The recording, if there is one."""
    if entry.sound:
        yield element("enclosure", url=entry.sound.url, type=entry.sound.type, length=str(entry.sound.size))


def _media(picture: Picture) -> str:
    sizes = {"width": picture.width, "height": picture.height}
    attributes = {"url": picture.url, "type": picture.type, "medium": "image"}
    attributes |= {name: str(pixels) for name, pixels in sizes.items() if pixels}
    said = [
        element("media:description", escaped(picture.caption)) if picture.caption else "",
        element("media:credit", escaped(picture.credit)) if picture.credit else "",
    ]
    return element("media:content", *said, **{name: value for name, value in attributes.items() if value})


def _date(instant: datetime) -> str:
    """By RFC 5322."""
    from email.utils import format_datetime  # which brings half of the network library with it

    return format_datetime(instant)
