"""The snapshot as it is laid down between sessions: without the articles, and with numbers for their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sitegen.config import Config, Profile, config_of, home_of
from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.groups import Group
from sitegen.site.snapshot import Site

__all__ = ["PackedSite", "packed", "unpacked"]


class PackedGroup(Record, frozen=True, array_like=True):
    """A group, its stories by number."""

    slug: str
    title: str
    stories: tuple[int, ...]
    profile: Profile | None
    article: str | None
    parts: tuple[tuple[int, int, str], ...] = ()
    """Of a series: story, number and title of each part."""
    byline: str = ""


class PackedEdition(Record, frozen=True):
    """What an edition, or a whole snapshot, has of its own. Stories are numbers: places in the `paths` of the whole."""

    stories: tuple[int, ...]
    pages: tuple[int, ...]
    groups: Mapping[str, tuple[PackedGroup, ...]]
    slugs: Mapping[str, Mapping[str, str]]
    days: Mapping[str, tuple[int, ...]]
    others: tuple[int, ...] = ()


class PackedSite(Record, frozen=True):
    """All of a snapshot that was made from its articles."""

    paths: tuple[str, ...]
    """Of the public articles."""
    hidden: tuple[str, ...]
    media: Mapping[str, str]
    whole: PackedEdition
    translated: Mapping[str, PackedEdition] = {}


def packed(site: Site) -> PackedSite:
    """What `unpacked` makes the same snapshot of."""
    paths = tuple(site.articles)
    number = {path: number for number, path in enumerate(paths)}
    return PackedSite(
        paths=paths,
        hidden=tuple(sorted(site.hidden)),
        media=site.media,
        whole=_packed(site, number),
        translated={key: _packed(edition, number) for key, edition in site.translated.items()},
    )


def _packed(site: Site, number: Mapping[str, int]) -> PackedEdition:
    def numbers(stories: Iterable[str]) -> tuple[int, ...]:
        return tuple([number[path] for path in stories])

    return PackedEdition(
        stories=numbers(site.stories),
        pages=numbers(site.pages),
        groups={
            kind: tuple(
                PackedGroup(
                    group.slug,
                    group.title,
                    numbers(group.stories),
                    group.profile,
                    group.article,
                    tuple([(number[path], *said) for path, said in group.parts.items()]),
                    group.byline,
                )
                for group in groups.values()
            )
            for kind, groups in site.groups.items()
        },
        slugs=site.slugs,
        days={day: numbers(stories) for day, stories in site.days.items()},
        others=numbers(site.others),
    )


def unpacked(site: PackedSite, config: Config, now: datetime, articles: Mapping[str, Article]) -> Site:
    """The snapshot of another instant at which all that it was made from is the same."""
    hidden = frozenset(site.hidden)

    def made(edition: PackedEdition, key: str, translated: Mapping[str, Site]) -> Site:
        def paths(numbers: Iterable[int]) -> tuple[str, ...]:
            return tuple(map(site.paths.__getitem__, numbers))

        def group(kind: str, known: PackedGroup) -> Group:
            stories = paths(known.stories)
            parts = {site.paths[path]: (number, title) for path, number, title in known.parts}
            about, home = (known.profile, known.article), home_of(key)
            return Group(kind, known.slug, known.title, stories, *about, home, parts, known.byline)

        return Site(
            config=config_of(config, key),
            now=now,
            articles=articles,
            hidden=hidden,
            stories=paths(edition.stories),
            pages=paths(edition.pages),
            groups={kind: {known.slug: group(kind, known) for known in all} for kind, all in edition.groups.items()},
            slugs=edition.slugs,
            days={day: paths(stories) for day, stories in edition.days.items()},
            media=site.media,
            key=key,
            others=paths(edition.others),
            translated=translated,
        )

    translated = {key: made(edition, key, {}) for key, edition in site.translated.items()}
    return made(site.whole, "", translated)
