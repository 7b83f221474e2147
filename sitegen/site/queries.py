"""Every question about the site that rendering may ask, and how the snapshot answers it.

An answer is plain data: paths of articles, numbers, words. Articles are never handed out; what a template wants to know
of one is a question of its own (`field`), so that it depends on just that.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.errors import did_you_mean
from sitegen.plain import Plain, unpack
from sitegen.site import cards
from sitegen.site.front import Front, Order, front_of, paper_of
from sitegen.site.groups import Group
from sitegen.site.icons import icon_source
from sitegen.site.letters import letter_choice
from sitegen.site.pages import numbered_pages, stories_of_page
from sitegen.site.partners import partner_stories, recorded
from sitegen.site.sitemaps import news_items, news_parts, sitemap_entries, sitemap_shards
from sitegen.site.snapshot import Site
from sitegen.text.slugs import slugify

__all__ = ["BY_EDITION", "QUERIES", "ask", "in_edition"]


def config(site: Site, name: str) -> Plain:
    """One setting, or one table of settings."""
    return getattr(site.config, name)


def max_pixels(site: Site) -> int:
    """How many pixels a picture may have. Apart from the other settings of pictures: it decides which are looked at."""
    return site.config.images.max_pixels


def group(site: Site, kind: str, slug: str) -> Plain:
    """What is known of a group beside its stories; None if there is no such group."""
    found = _find(site, kind, slug)
    if found is None:
        return None
    known = {"title": found.title, "url": found.url, "profile": found.profile, "article": found.article}
    return known | ({"byline": found.byline} if kind == "author" else {})


def groups(site: Site, kind: str) -> tuple[str, ...]:
    """Slugs of all groups of a kind that have a page, in the order in which they are listed."""
    return tuple(slug for slug, group in site.groups[kind].items() if group.has_page)


def count(site: Site, kind: str, slug: str) -> int:
    """How many stories a group has."""
    return len(_stories(site, kind, slug))


def page(site: Site, kind: str, slug: str, number: int | None) -> tuple[str, ...]:
    """The stories on one page of a list, newest first; kind `all` is every story. Of a series, the first part first."""
    if kind == "series":
        return tuple(path for path, _, _ in page_parts(site, slug, number))
    return stories_of_page(_stories(site, kind, slug), site.config.page_size, number)


def pages(site: Site, kind: str, slug: str) -> int:
    """How many numbered pages a list has."""
    return numbered_pages(len(_stories(site, kind, slug)), site.config.page_size)


def newest(site: Site, kind: str, slug: str, limit: int | None) -> tuple[str, ...]:
    """The newest stories of a list; without `limit` all of them."""
    return _stories(site, kind, slug)[:limit]


def on_front(site: Site, section: str, orders: str) -> Front:
    """What stands where on the front of a section, or on the front page (""). The orders are those of its editor, as
    `pack` has them.
    """
    return front_of(site, section, unpack(orders.encode(), tuple[Order, ...]) if orders else ())


def on_day(site: Site, date: str) -> Front:
    """What stood where in the paper of a day."""
    return paper_of(site, date)


def dates_beside(site: Site, date: str) -> tuple[str | None, str | None]:
    """Of the days (months, years) with stories, the one before this one and the one after it."""
    days = [*site.days]
    days.reverse()
    before, after = bisect_left(days, date) - 1, bisect_left(days, f"{date}~")  # which is beyond all of its days
    length = len(date)
    return days[before][:length] if before >= 0 else None, days[after][:length] if after < len(days) else None


def of_day(site: Site, date: str) -> tuple[str, ...]:
    """The stories of a day (`2026/03/12`), a month (`2026/03`) or a year, newest first."""
    if date in site.days:
        return site.days[date]
    return tuple(path for day, paths in site.days.items() if day.startswith(date + "/") for path in paths)


def dates_in(site: Site, date: str) -> tuple[tuple[str, int], ...]:
    """The months of a year, or the days of a month, that have stories, newest first, each with their number."""
    counts: dict[str, int] = {}
    length = len(date) + 3
    for day, paths in site.days.items():
        if day.startswith(date + "/"):
            counts[day[:length]] = counts.get(day[:length], 0) + len(paths)
    return tuple(counts.items())


def part(site: Site, path: str, slug: str) -> tuple[int, int, str | None, str | None]:
    """Place of a story in a series: its number, how many parts there are so far, the one before and the one after."""
    known = site.groups["series"][slug].parts
    order = tuple(known)
    place = order.index(path)
    before, after = order[place - 1 : place] if place else (), order[place + 1 : place + 2]
    parts = max(len(order), known[order[-1]][0])
    return known[path][0], parts, (before[0] if before else None), (after[0] if after else None)


def parts(site: Site, slug: str) -> tuple[tuple[str, int, str], ...]:
    """The parts of a series in order: the story, its number, and the title of the part, which may be empty."""
    found = _find(site, "series", slug)
    return tuple((path, *said) for path, said in found.parts.items()) if found else ()


def page_parts(site: Site, slug: str, number: int | None) -> tuple[tuple[str, int, str], ...]:
    """Those on one page of the list of a series."""
    known = site.groups["series"][slug].parts
    paths = stories_of_page(tuple(known)[::-1], site.config.page_size, number)
    return tuple((path, *known[path]) for path in paths[::-1])


def named(site: Site, name: str) -> str | None:
    """The story that a writer calls by this id, slug or path; the newest if several."""
    found = site.named(name)
    return found[0] if found else None


def like_story(site: Site, name: str) -> str:
    """A hint for a story that does not exist."""
    return did_you_mean(name, site.by_name)


def slug_of(site: Site, kind: str, name: str) -> str:
    """The slug of the group of this name; empty if there is no such group."""
    slug = site.slugs[kind].get(name) or slugify(name)
    return slug if slug in site.groups[kind] else ""


def like(site: Site, kind: str, slug: str) -> str:
    """A hint for a group that does not exist."""
    return did_you_mean(slug, site.groups[kind])


def file_at(site: Site, name: str) -> tuple[str, str | None] | None:
    """The file that a path means (`Site.file_at`), and its URL if it is public; None if there is none.

    A profile is the page of the author, tag or series.
    """
    path = site.file_at(name)
    return None if path is None else (path, site.url_of(path))


def public_in(site: Site, folder: str) -> tuple[str, ...]:
    """Names of the public files in a folder."""
    paths = (path for path in (*site.articles, *site.media) if posixpath.dirname(path) == folder)
    return tuple(sorted(posixpath.basename(path) for path in paths))


def corrected(site: Site) -> tuple[tuple[str, int], ...]:
    """Every correction, the newest first: the story or page, and the number of the correction in its list."""
    found = [
        (correction.date, path, number)
        for path in (*site.stories, *site.pages)
        for number, correction in enumerate(site.articles[path].corrections)
    ]
    return tuple((path, number) for _, path, number in sorted(found, reverse=True))


def narrations(site: Site, path: str) -> tuple[str, ...]:
    """The public recordings that were made of a story; at most one of them says what it says now."""
    return site.narrations.get(path, ())


def withdrawn(site: Site) -> tuple[str, ...]:
    """The stories and pages of which only a notice is left, by path."""
    return tuple(path for path in sorted(site.articles) if site.articles[path].kind == "withdrawn")


def gone(site: Site) -> tuple[str, ...]:
    """The URLs of these notices."""
    return tuple(site.articles[path].url for path in withdrawn(site))


def search_shards(site: Site) -> tuple[str, ...]:
    """The years that have stories, newest first, and `undated` for what else is there: each has a search index."""
    if not site.config.search.enable:
        return ()
    years = tuple(dict.fromkeys(day[:4] for day in site.days))
    return (*years, "undated") if searchable(site, "undated") else years


def searchable(site: Site, shard: str) -> tuple[str, ...]:
    """The stories of a year; all stories and pages without a date are `undated`."""
    if shard != "undated":
        return of_day(site, shard)
    dated = {path for paths in site.days.values() for path in paths}
    return (*(path for path in site.stories if path not in dated), *site.pages)


def own_param(site: Site, name: str) -> tuple[Plain, ...]:
    """A parameter that the table of an edition sets, alone in a tuple; empty if it does not."""
    return (site.config.params[name],) if name in site.config.params else ()


def editions(site: Site) -> tuple[tuple[str, str, str], ...]:
    """The editions of a site in several languages, its own first: key, tag, and what the language is called if the
    configuration says so.
    """
    named = ((key, edition.config.languages.get(key)) for key, edition in site.translated.items())
    return tuple((key, site.translated[key].config.language, known.name if known else "") for key, known in named)


def translations(site: Site, path: str) -> tuple[tuple[str, str], ...]:
    """Tag and path of a story or page in each of its languages, the site's own first; none if it has but one."""
    found = site.by_translation.get(site.articles[path].translation, {})
    return tuple(found.items()) if len(found) > 1 and path in found.values() else ()


def story_card(site: Site, path: str) -> tuple[str, str] | None:
    """URL of the card of a story, and what it says; None if it has none."""
    card = cards.story_card(site, path)
    return (cards.card_url(card), card.headline) if card else None


def site_card(site: Site) -> tuple[str, str] | None:
    """The same of an edition."""
    card = cards.site_card(site)
    return (cards.card_url(card), card.headline) if card else None


def _find(site: Site, kind: str, slug: str) -> Group | None:
    return site.groups[kind].get(slug)


def _stories(site: Site, kind: str, slug: str) -> tuple[str, ...]:
    if kind == "all":
        return site.stories
    found = _find(site, kind, slug)
    return found.stories if found else ()


BY_EDITION: Mapping[str, Callable[..., Any]] = {
    query.__name__: query
    for query in (
        config, group, groups, count, page, pages, newest, on_front, on_day, of_day, dates_in, dates_beside,
        part, parts, page_parts, named, like, like_story, slug_of, corrected,
        search_shards, searchable, news_items, news_parts, own_param, site_card,
        partner_stories, recorded, letter_choice,
    )
}  # fmt: skip
"""What each edition of a site answers for itself."""
_RULES = ("allowed", "included")
"""Rules whose last argument is the key of an edition."""
QUERIES: Mapping[str, Callable[..., Any]] = {
    query.__name__: query
    for query in (
        max_pixels, file_at, public_in, gone, editions, translations, icon_source, story_card, sitemap_shards,
        sitemap_entries, narrations,
    )
}  # fmt: skip


def ask(site: Site, key: str, kind: str, *arguments: Any) -> Any:
    """What the edition with this key answers; None if there is no such edition."""
    edition = site.editions.get(key)
    return None if edition is None else BY_EDITION[kind](edition, *arguments)


def in_edition(read: Callable[..., Any], key: str) -> Callable[..., Any]:
    """What asks as `read` does, but in the edition with this key."""
    if not key:
        return read

    def ask_there(kind: str, *arguments: Any) -> Any:
        if kind in BY_EDITION:
            return read("in", key, kind, *arguments)
        return read(kind, *arguments, key) if kind in _RULES else read(kind, *arguments)

    return ask_there
