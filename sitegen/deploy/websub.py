"""WebSub: telling a hub which feeds have changed (W3C, WebSub; hubs agree on the form of PubSubHubbub 0.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from sitegen.deploy.posting import Post
from sitegen.urls import Links

__all__ = ["websub_posts"]


def websub_posts(hub: str, links: Links, feeds: Sequence[str]) -> Iterator[tuple[Post, int]]:
    """A request for each feed, with the number of feeds in it."""
    for feed in feeds:
        body = urlencode({"hub.mode": "publish", "hub.url": links.absolute(feed)}).encode()
        yield Post(hub, body, "application/x-www-form-urlencoded"), 1
