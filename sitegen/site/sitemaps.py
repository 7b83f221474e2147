"""Which pages are told to search engines, and in which file (sitemaps.org; Google, "News sitemaps").

A story stands in the sitemap of the month of its date, so that a new one changes that file and the index alone. What is
not known is not told: a page without a date has no `lastmod`, and nothing ever has the date of a build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import takewhile
from weakref import WeakKeyDictionary

from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.crawlers import forbids
from sitegen.site.snapshot import Site

__all__ = [
    "NO_MONTH",
    "Listed",
    "alternates",
    "month_of",
    "month_of_shard",
    "news_changes",
    "news_items",
    "news_parts",
    "sitemap_entries",
    "sitemap_shards",
]

NO_MONTH = "pages"
"""The sitemap of all that has no month: fronts, lists, pages, stories without a date."""
_MOST = 50_000
"""URLs in a file (sitemaps.org)."""
_MOST_NEWS = 1000
"""Stories in a news sitemap (Google)."""
_FRESH = timedelta(days=2)
"""How long a story is news to Google."""
_NO_NEWS = ("sponsored", "advertorial")
"""Types of stories that are none."""


class Listed(Record, frozen=True):
    """A page in a sitemap."""

    url: str
    changed: datetime | None
    """When what it shows last changed; None if unknown."""
    path: str = ""
    """Of its article, if that has a picture."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Tag and URL of the page in each of its languages, and in `x-default`; none if it has but one."""


_Entry = str | Listed
"""Path of an article, or a page that has none."""


def sitemap_shards(site: Site) -> tuple[str, ...]:
    """What the sitemaps are called: `2026-03`, newest first, then `pages`; `2026-03.2` where one file is too small."""
    return tuple(_shards(site))


def sitemap_entries(site: Site, shard: str) -> tuple[Listed, ...]:
    """The pages in one of the sitemaps."""
    told = _shards(site).get(shard, ())
    return tuple([_listed(site, site.articles[entry]) if isinstance(entry, str) else entry for entry in told])


def month_of(article: Article) -> str:
    """The month in whose sitemap an article stands, if it stands in any; `pages` if it has none."""
    date = article.date if article.kind == "story" else None
    return _month(date.year, date.month) if date else NO_MONTH


@cache
def _month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"


def month_of_shard(shard: str) -> str:
    """The month that a sitemap is for, or `pages`."""
    return shard.partition(".")[0]


_known: WeakKeyDictionary[Site, Mapping[str, Sequence[_Entry]]] = WeakKeyDictionary()


def _shards(site: Site) -> Mapping[str, Sequence[_Entry]]:
    """What is told in each sitemap. Articles become entries only when somebody asks for theirs: few months change."""
    if site not in _known:
        _known[site] = dict(_by_shard(site))
    return _known[site]


def _by_shard(site: Site) -> Iterator[tuple[str, Sequence[_Entry]]]:
    months: defaultdict[str, list[_Entry]] = defaultdict(list)
    forbidden = forbids(site)
    for path in (*site.stories, *site.pages):
        article = site.articles[path]
        if _is_told(article) and not forbidden(article.url):
            months[month_of(article)].append(path)
    for edition in site.editions.values():
        months[NO_MONTH] += (listed for listed in _lists(site, edition) if not forbidden(listed.url))
    for month in sorted(months, key=lambda month: (month != NO_MONTH, month), reverse=True):
        yield from _split(month, months[month])


def _listed(site: Site, article: Article) -> Listed:
    picture = article.path if article.image else ""
    return Listed(article.url, _changed(article), picture, _translated(site, article))


def _split(name: str, entries: list[_Entry]) -> Iterator[tuple[str, Sequence[_Entry]]]:
    """In files that are small enough; of a month the oldest first, so that full ones stay as they are."""
    if len(entries) <= _MOST:
        yield name, entries
        return
    entries = entries[::-1]
    for number, start in enumerate(range(0, len(entries), _MOST), 1):
        yield f"{name}.{number}", entries[start : start + _MOST]


def _translated(site: Site, article: Article) -> tuple[tuple[str, str], ...]:
    known = site.by_translation.get(article.translation, {}) if article.translation else {}
    if article.path not in known.values():
        return ()
    others = ((language, site.articles[path]) for language, path in known.items())
    return alternates((language, other.url) for language, other in others if _is_told(other))


def alternates(pages: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Tag and URL of a page in each of its languages, the first of which serves for all others; none if it has but one.

    Google, "Localized versions of your pages".
    """
    found = tuple(pages)
    return (*found, ("x-default", found[0][1])) if len(found) > 1 else ()


def _lists(site: Site, edition: Site) -> Iterator[Listed]:
    fronts = alternates((other.config.language, other.home) for other in site.editions.values())
    changed = {path: _changed(edition.articles[path]) for path in edition.stories}
    yield Listed(edition.home, _last(changed.values()), alternates=fronts)
    for kind, groups in edition.groups.items():
        for group in groups.values():
            if group.stories and group.has_page:
                told = _grouped(site, kind, group.slug)
                yield Listed(group.url, _last(map(changed.get, group.stories)), alternates=told)


def _grouped(site: Site, kind: str, slug: str) -> tuple[tuple[str, str], ...]:
    """A section or a person is the same in all languages; a word need not be."""
    if kind not in ("section", "author") or not site.translated:
        return ()
    found = ((edition, edition.groups[kind].get(slug)) for edition in site.editions.values())
    return alternates((edition.config.language, group.url) for edition, group in found if group)


def _last(instants: Iterable[datetime | None]) -> datetime | None:
    return max(filter(None, instants), default=None)


def _changed(article: Article) -> datetime | None:
    return article.updated or article.date


def _is_told(article: Article) -> bool:
    return not article.noindex and not article.canonical


def news_items(site: Site, number: int) -> tuple[str, ...]:
    """The stories that are news at the instant of the snapshot, newest first: those of the file with this number."""
    return _news(site)[(number - 1) * _MOST_NEWS : number * _MOST_NEWS]


def news_parts(site: Site) -> int:
    """In how many files they are told."""
    return max(1, -(-len(_news(site)) // _MOST_NEWS))


def _news(site: Site) -> tuple[str, ...]:
    forbidden, articles = forbids(site), site.articles
    recent = takewhile(lambda path: _is_recent(articles[path], site.now), site.stories)  # they come newest first
    news = (path for path in recent if _is_news(articles[path], site.now))
    return tuple(path for path in news if not forbidden(articles[path].url))


def _is_recent(article: Article, now: datetime) -> bool:
    return article.date is not None and now < article.date + _FRESH


def _is_news(article: Article, now: datetime) -> bool:
    fresh = article.date is not None and article.date <= now and _is_recent(article, now)
    wanted = article.type not in _NO_NEWS and article.params.get("news_sitemap") is not False
    return fresh and wanted and _is_told(article)


def news_changes(articles: Iterable[Article], now: datetime) -> datetime | None:
    """The next instant at which a story ceases to be news; None if there is no news."""
    oldest = now.astimezone(UTC) - _FRESH
    recent = (article for article in articles if article.date and article.date > oldest)
    return min((article.date + _FRESH for article in recent if article.date and _is_news(article, now)), default=None)
