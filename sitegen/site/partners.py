"""The feeds that a site has by configuration, those for partners and the podcast: their stories, and what is odd."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sitegen.config import PartnerFeed
from sitegen.content.images import Facts
from sitegen.errors import Problem, Span, did_you_mean
from sitegen.files import ChangedWhileReading
from sitegen.site.snapshot import Site
from sitegen.text.periods import parse_period
from sitegen.text.slugs import slugify

__all__ = ["cover_problems", "partner_changes", "partner_problems", "partner_stories", "recorded"]

_LISTS: Mapping[str, str] = {"sections": "section", "tags": "tag", "authors": "author", "series": "series"}
"""Kind of group by the setting that names such groups."""
_COVERS = (".jpeg", ".jpg", ".png")
_LEAST, _MOST = 1400, 3000
"""Pixels (Apple, "Show cover requirements")."""
_NEVER = datetime.max.replace(tzinfo=UTC)


def partner_stories(site: Site, name: str) -> tuple[str, ...]:
    """The stories in the feed of this name, newest first."""
    return _stories(site, next(feed for feed in site.config.feeds.partner if feed.name == name))


def recorded(site: Site, count: int) -> tuple[str, ...]:
    """The newest stories that have a recording, of their own or made of them."""
    made = site.narrations if site.config.audio.command else {}
    return tuple(islice((path for path in site.stories if site.articles[path].audio or path in made), count))


def partner_changes(site: Site) -> datetime | None:
    """The next instant at which a story has become too old for a feed; None if that happens to none."""
    ends = (_end(site, feed, path) for feed in site.config.feeds.partner for path in _stories(site, feed))
    return min(filter(None, ends), default=None)


def partner_problems(site: Site) -> Iterator[Problem]:
    """A warning for each section, tag, author or series that a feed asks for and that no public story has."""
    for feed in site.config.feeds.partner:
        for setting, kind in _LISTS.items():
            for name in getattr(feed, setting):
                if _slug(site, kind, name) not in site.groups[kind]:
                    message = f"the feed `{feed.name}` asks for the {kind} `{name}`, and there is none"
                    hint = did_you_mean(name, site.groups[kind])
                    yield Problem("warning", "unknown-group", message, Span(site.config.path), hint=hint)


def cover_problems(site: Site, read: Callable[..., Any]) -> Iterator[Problem]:
    """A warning if the podcast has no cover that directories take; what pictures are is asked through `read`."""
    config = site.config
    src = config.feeds.podcast.image or config.publisher.logo
    if not config.feeds.podcast.enable or _is_cover(site, f"{config.content_dir}/{src.lstrip('/')}", read):
        return
    there = f"`{src}` is none" if src else "there is none"
    message = f"directories want a cover for the podcast, a square of {_LEAST} to {_MOST} pixels, and {there}"
    hint = "set `image` in [feeds.podcast] to a JPEG or PNG; `widths` in [images] limits how large it is published"
    yield Problem("warning", "bad-cover", message, Span(config.path), hint=hint)


def _is_cover(site: Site, path: str, read: Callable[..., Any]) -> bool:
    if path not in site.media or not path.lower().endswith(_COVERS):
        return False
    try:
        facts: Facts = read("picture", path)
    except (OSError, ChangedWhileReading):
        return True  # it cannot be read at all, which whoever publishes it will tell
    published = min(facts.width, max(site.config.images.widths, default=facts.width))
    return not facts.fault and facts.width == facts.height and _LEAST <= published <= _MOST


def _stories(site: Site, feed: PartnerFeed) -> tuple[str, ...]:
    asked = [(kind, names) for setting, kind in _LISTS.items() if (names := getattr(feed, setting))]
    wanted = [_members(site, kind, names) for kind, names in asked]
    found = (path for path in site.stories if all(path in members for members in wanted))
    return tuple(islice((path for path in found if _is_fresh(site, feed, path)), feed.count))


def _members(site: Site, kind: str, names: tuple[str, ...]) -> frozenset[str]:
    """The stories that are in one of these groups."""
    groups = [site.groups[kind].get(_slug(site, kind, name)) for name in names]
    return frozenset(path for group in groups if group for path in group.stories)


def _slug(site: Site, kind: str, name: str) -> str:
    return site.slugs[kind].get(name) or slugify(name)


def _is_fresh(site: Site, feed: PartnerFeed, path: str) -> bool:
    if not feed.window:
        return True
    end = _end(site, feed, path)
    return end is not None and site.now < end


def _end(site: Site, feed: PartnerFeed, path: str) -> datetime | None:
    """When a story becomes too old for a feed; None if it does not, or has no date."""
    date = site.articles[path].date
    if date is None or not feed.window:
        return None
    try:
        return date + parse_period(feed.window)
    except OverflowError:
        return _NEVER
