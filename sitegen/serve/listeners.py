"""Browsers that show a page and wait for news of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct, field

__all__ = ["Listener"]


class Listener(Struct, eq=False):
    """A browser that shows one page, and what it is to be told: of each kind of news only the last.

    So one that never reads costs no more than one that does.
    """

    path: str
    """Below `prefix`, which is where the site lay when the page was sent."""
    prefix: str
    mark: str
    saved: int
    """How many times it was told to go to a page that was saved."""
    problem: str = ""
    said: object = None
    """What it was told of its page."""
    fragments: Mapping[str, str] = field(default_factory=dict)
    """The marks of the fragments on it, by URL."""
    _news: dict[str, object] = field(default_factory=dict)
    _told: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: bool = False

    def tell(self, kind: str, said: object) -> None:
        """Let it know."""
        self._news.pop(kind, None)
        self._news[kind] = said
        self._told.set()

    def stop(self) -> None:
        """Let it go."""
        self._stopped = True
        self._told.set()

    async def hear(self, seconds: float) -> dict[str, object] | None:
        """What is new by kind, nothing if nothing is for so many seconds; None when it is let go."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), seconds)
        self._told.clear()
        news, self._news = self._news, {}
        return None if self._stopped else news
