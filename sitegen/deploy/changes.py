"""What a build has changed, as its report says it (docs/guide/publishing.md, "The report")."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sitegen.config import Config, home_of
from sitegen.errors import SitegenError, Span
from sitegen.plain import Record
from sitegen.site.routes import feed_url

__all__ = ["Changes", "changed_feeds", "changed_pages", "read_report"]

_NO_PAGES = ("fragments/", "404.html")
"""Below the front page of each language."""


class Changes(Record, frozen=True):
    """URLs of the site, without the folder of its address."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """What a cache must forget."""
        return *self.written, *self.removed


def read_report(file: Path) -> Changes:
    """What the report in a file says. Raises `SitegenError` if it is none."""
    try:
        report: Any = json.loads(file.read_bytes())
    except OSError as error:
        raise _no_report(file, f"it cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise _no_report(file, "it is not JSON") from error
    written, removed = (_urls(report, name) for name in ("written", "removed"))
    if written is None or removed is None:
        raise _no_report(file, "it has no lists of URLs called `written` and `removed`")
    if report.get("preview") is True:
        raise SitegenError(
            f"{file.name} is the report of a preview, which nobody is told of", Span(""), code="bad-report"
        )
    return Changes(written, removed)


def _urls(report: Any, name: str) -> tuple[str, ...] | None:
    found = report.get(name) if isinstance(report, dict) else None
    if not isinstance(found, list) or not all(isinstance(url, str) and url.startswith("/") for url in found):
        return None
    return tuple(found)


def _no_report(file: Path, reason: str) -> SitegenError:
    hint = "`sitegen build --report FILE` writes one"
    return SitegenError(f"{file.name} is not the report of a build: {reason}", Span(""), hint, code="bad-report")


def changed_pages(changes: Changes, config: Config) -> tuple[str, ...]:
    """The pages that are new, other or gone."""
    none = tuple(home + name for home in _homes(config) for name in _NO_PAGES)
    return tuple(url for url in changes.all if url.endswith(("/", ".html")) and not url.startswith(none))


def _homes(config: Config) -> list[str]:
    return [home_of(key) for key in ("", *config.languages)]


def changed_feeds(changes: Changes, config: Config) -> tuple[str, ...]:
    """The feeds whose bytes are others."""
    feeds = config.feeds
    known = {feed_url(home, name) for home in _homes(config) for name in feeds.formats}
    known |= {feed.url for feed in feeds.partner} | {feeds.podcast.path}
    of_groups = tuple(url for url in changes.written if url.endswith("/feed.xml") and url.count("/") > 1)
    return tuple(url for url in changes.written if url in known or url in of_groups)
