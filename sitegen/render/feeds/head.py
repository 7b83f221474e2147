"""What a feed says of itself, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitegen.plain import Record
from sitegen.render.feeds.entry import Item

__all__ = ["Head", "newest"]


class Head(Record, frozen=True):
    """URLs are absolute."""

    title: str
    description: str
    language: str
    url: str
    """Of the feed itself."""
    page: str
    """Of the page that lists the same stories."""
    icon: str = ""
    hub: str = ""
    """Who tells subscribers that it has changed (WebSub); empty: nobody."""


def newest(items: Iterable[Item]) -> datetime | None:
    """When something in a feed last changed; None if that is not known of any story."""
    return max((item.changed for item in items if item.changed), default=None)
