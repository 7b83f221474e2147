"""What stands where on the front page. No story stands twice; any number of stories, even none, makes a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.site.snapshot import Site

__all__ = ["Front", "by_importance", "front"]

_SECONDS, _RIVER, _STRIP, _OPINION, _LATEST = 3, 6, 4, 4, 7
_DAYS_OF_PRIORITY = 30
"""An editor's priority fades: a lead that nobody replaced must not stay a lead for a year."""


@dataclass(frozen=True, slots=True)
class Front:
    """Paths of stories by place, most important first."""

    lead: str | None = None
    seconds: tuple[str, ...] = ()
    river: tuple[str, ...] = ()
    opinion: tuple[str, ...] = ()
    strips: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Slug of a section and its stories, in the order of the navigation."""
    latest: tuple[str, ...] = ()


def front(site: Site) -> Front:
    """The front page of this instant: pinned stories, then those with a priority, then the newest."""
    used: set[str] = set()

    def take(paths: Iterable[str], count: int) -> tuple[str, ...]:
        chosen: list[str] = []
        for path in paths:
            if len(chosen) == count:
                break
            if path not in used:
                chosen.append(path)
                used.add(path)
        return tuple(chosen)

    # Opinion has its own place.
    news = by_importance(site, (path for path in site.stories if site.articles[path].type != "opinion"))
    lead = take((path for path in news if site.articles[path].image), 1) or take(news, 1)
    return Front(
        lead=lead[0] if lead else None,
        seconds=take(news, _SECONDS),
        opinion=take((path for path in site.stories if site.articles[path].type == "opinion"), _OPINION),
        latest=take(site.stories, _LATEST),
        river=take(news, _RIVER),
        strips=tuple(
            (group.slug, stories)
            for group in site.groups["section"].values()
            if (stories := take(group.stories, _STRIP))
        ),
    )


def by_importance(site: Site, stories: Iterable[str]) -> list[str]:
    """These stories, pinned ones first, then those with a priority; of equal rank as they came."""
    newest = site.articles[site.stories[0]].date if site.stories else None

    def rank(path: str) -> tuple[bool, int]:
        article = site.articles[path]
        age = (newest - article.date).days if newest and article.date else _DAYS_OF_PRIORITY
        return not article.pinned, article.priority or 9 if age < _DAYS_OF_PRIORITY else 9

    return sorted(stories, key=rank)
