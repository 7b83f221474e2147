"""Where the parts of a live blog are that programs ask for: its entries alone, and its feed."""

from __future__ import annotations

__all__ = ["feed_url", "fragment_url"]


def fragment_url(url: str) -> str:
    """Of the entries without a page around them, for the live blog at this URL: below `/fragments/`, whose files hosts
    keep for a minute only.
    """
    return f"/fragments/live{url}"


def feed_url(url: str) -> str:
    """Of the feed of the entries."""
    return f"{url}feed.xml" if url.endswith("/") else f"{url}.feed.xml"
