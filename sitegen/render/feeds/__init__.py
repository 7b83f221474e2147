"""Feeds: RSS 2.0, Atom and JSON Feed of the site, RSS of each section, tag, author and series.

A story is written once in each format, and stands in as many feeds as list it. Nothing in a feed depends on when it is
built: its date is that of its newest story::

    entry      what a feed says of a story, whatever the format
    xml        elements, well-formed whatever a headline holds
    rss, atom, jsonfeed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.render.feeds import atom, jsonfeed, rss
from sitegen.render.feeds.entry import Entry, Item, entry_of
from sitegen.render.feeds.head import Head

__all__ = ["FORMATS", "Entry", "Format", "Head", "Item", "entry_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a story is written in a feed, and how the feed is put together from what was written."""

    item: Callable[[Entry], str]
    feed: Callable[[Head, Sequence[Item]], str]


FORMATS: Mapping[str, Format] = {
    "rss": Format(rss.item, rss.feed),
    "atom": Format(atom.item, atom.feed),
    "json": Format(jsonfeed.item, jsonfeed.feed),
}
