"""What templates see of a live blog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from sitegen.content.body import LiveEntry, Segments
from sitegen.render.views.lens import Lens
from sitegen.site.live import feed_url, fragment_url

__all__ = ["EntryView", "LiveView"]

Show = Callable[[Segments, bool], Markup]


class EntryView:
    """An entry of the live blog at this URL."""

    def __init__(self, lens: Lens, url: str, entry: LiveEntry, show: Show) -> None:
        self._lens = lens
        self._url = url
        self._entry = entry
        self._show = show
        self.date = entry.instant
        self.anchor = entry.anchor
        self.title = entry.title
        self.title_html = Markup(entry.title_html)
        self.pinned = entry.pinned
        self.key = entry.key
        self.text = entry.text

    @property
    def url(self) -> str:
        """For links within the site."""
        return f"{self._lens.links.path(self._url)}#{quote(self.anchor)}"

    @property
    def absolute_url(self) -> str:
        """With scheme and host."""
        return f"{self._lens.links.absolute(self._url)}#{quote(self.anchor)}"

    @property
    def body(self) -> Markup:
        """The text, safe HTML."""
        return self._show(self._entry.segments, False)

    @property
    def feed_body(self) -> Markup:
        """The text as feed readers can show it."""
        return self._show(self._entry.segments, True)


class LiveView:
    """The live blog in the article at `path`. `show` makes HTML of its texts, in their page or their feed variant."""

    def __init__(self, lens: Lens, path: str, show: Show) -> None:
        self._lens = lens
        self._path = path
        self._show = show

    def _body(self, name: str) -> Any:
        return self._lens.part("body", self._path, name)

    def _field(self, name: str) -> Any:
        return self._lens.part("article", self._path, name)

    @property
    def closed(self) -> datetime | None:
        """When it ended; None while it goes on."""
        closed: datetime | None = self._field("closed")
        return closed

    @property
    def entries(self) -> list[EntryView]:
        """All entries, newest first."""
        url, found = self._field("url"), self._body("entries")
        return [EntryView(self._lens, url, entry, self._show) for entry in found]

    @property
    def pinned(self) -> list[EntryView]:
        """The entries that are pinned to the top, newest first."""
        return [entry for entry in self.entries if entry.pinned]

    @property
    def unpinned(self) -> list[EntryView]:
        """The other entries, newest first."""
        return [entry for entry in self.entries if not entry.pinned]

    @property
    def key_events(self) -> list[EntryView]:
        """The entries that tell the story in short, newest first."""
        return [entry for entry in self.entries if entry.key]

    @property
    def introduction(self) -> Markup:
        """What stands before the first entry, safe HTML."""
        return self._show(self._body("introduction"), False)

    @property
    def notes(self) -> Markup:
        """The footnotes of introduction and entries, safe HTML; may be empty."""
        return self._show(self._body("notes"), False)

    @property
    def url(self) -> str:
        """Of its fragment."""
        return self._lens.links.path(fragment_url(self._field("url")))

    @property
    def feed_url(self) -> str:
        """Of the feed of its entries."""
        return self._lens.links.path(feed_url(self._field("url")))
