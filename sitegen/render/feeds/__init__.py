"""Feeds: RSS 2.0, Atom and JSON Feed of the site, RSS of each section, tag, author and series; for partners; a podcast.

A story is written once in each format, and stands in as many feeds as list it. Nothing in a feed depends on when it is
built: its date is that of its newest story::

    entry      what a feed says of a story, whatever the format
    xml        elements, well-formed whatever a headline holds
    rss, atom, jsonfeed
    podcast    RSS with what directories of podcasts want
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sitegen.plain import Record
from sitegen.render.feeds import atom, jsonfeed, podcast, rss
from sitegen.render.feeds.entry import Entry, Item, entry_of, live_entry
from sitegen.render.feeds.head import Head
from sitegen.render.feeds.podcast import Show
from sitegen.render.feeds.podcast import feed as podcast_feed

__all__ = ["FORMATS", "ITEMS", "Entry", "Format", "Head", "Item", "Show", "entry_of", "live_entry", "podcast_feed"]


class Format(Record, frozen=True):
    """How a story is written in a feed, and how the feed is put together from what was written."""

    item: Callable[[Entry], str]
    feed: Callable[[Head, Sequence[Item]], str]


FORMATS: Mapping[str, Format] = {
    "rss": Format(rss.item, rss.feed),
    "atom": Format(atom.item, atom.feed),
    "json": Format(jsonfeed.item, jsonfeed.feed),
}
ITEMS: Mapping[str, Callable[[Entry], str]] = {
    **{name: form.item for name, form in FORMATS.items()},
    "podcast": podcast.item,
}
"""What writes a story, by format."""
