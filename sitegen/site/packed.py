"""The snapshot as it is laid down between sessions: without the articles, and with numbers for their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sitegen.config import Config, Profile
from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.snapshot import Group, Site

__all__ = ["PackedSite", "packed", "unpacked"]


class PackedGroup(Record, frozen=True, array_like=True):
    """A group, its stories by number."""

    slug: str
    title: str
    stories: tuple[int, ...]
    profile: Profile | None
    article: str | None


class PackedSite(Record, frozen=True):
    """All of a snapshot that was made from its articles. Stories are numbers: places in `paths`."""

    paths: tuple[str, ...]
    """Of the public articles."""
    hidden: tuple[str, ...]
    media: Mapping[str, str]
    stories: tuple[int, ...]
    pages: tuple[int, ...]
    groups: Mapping[str, tuple[PackedGroup, ...]]
    slugs: Mapping[str, Mapping[str, str]]
    days: Mapping[str, tuple[int, ...]]


def packed(site: Site) -> PackedSite:
    """What `unpacked` makes the same snapshot of."""
    paths = tuple(site.articles)
    number = {path: number for number, path in enumerate(paths)}

    def numbers(stories: Iterable[str]) -> tuple[int, ...]:
        return tuple([number[path] for path in stories])

    return PackedSite(
        paths=paths,
        hidden=tuple(sorted(site.hidden)),
        media=site.media,
        stories=numbers(site.stories),
        pages=numbers(site.pages),
        groups={
            kind: tuple(
                PackedGroup(group.slug, group.title, numbers(group.stories), group.profile, group.article)
                for group in groups.values()
            )
            for kind, groups in site.groups.items()
        },
        slugs=site.slugs,
        days={day: numbers(stories) for day, stories in site.days.items()},
    )


def unpacked(site: PackedSite, config: Config, now: datetime, articles: Mapping[str, Article]) -> Site:
    """The snapshot of another instant at which all that it was made from is the same."""
    path = site.paths.__getitem__

    def paths(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(map(path, numbers))

    return Site(
        config=config,
        now=now,
        articles=articles,
        hidden=frozenset(site.hidden),
        stories=paths(site.stories),
        pages=paths(site.pages),
        groups={
            kind: {
                group.slug: Group(kind, group.slug, group.title, paths(group.stories), group.profile, group.article)
                for group in groups
            }
            for kind, groups in site.groups.items()
        },
        slugs=site.slugs,
        days={day: paths(stories) for day, stories in site.days.items()},
        media=site.media,
    )
