"""Which pages are told to search engines, and in which file (sitemaps.org; Google, "News sitemaps").

A story stands in the sitemap of the month of its date, so that a new one changes that file and the index alone. What is
not known is not told: a page without a date has no `lastmod`, and nothing ever has the date of a build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.crawlers import forbids
from sitegen.site.snapshot import Site

__all__ = ["Listed", "news_changes", "news_items", "news_parts", "sitemap_entries", "sitemap_shards"]

_PAGES = "pages"
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


def sitemap_shards(site: Site) -> tuple[str, ...]:
    """What the sitemaps are called: `2026-03`, newest first, then `pages`; `2026-03.2` where one file is too small."""
    return tuple(_shards(site))


def sitemap_entries(site: Site, shard: str) -> tuple[Listed, ...]:
    """The pages in one of the sitemaps."""
    return _shards(site).get(shard, ())


_known: WeakKeyDictionary[Site, Mapping[str, tuple[Listed, ...]]] = WeakKeyDictionary()


def _shards(site: Site) -> Mapping[str, tuple[Listed, ...]]:
    if site not in _known:
        _known[site] = dict(_by_shard(site))
    return _known[site]


def _by_shard(site: Site) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    months: defaultdict[str, list[Listed]] = defaultdict(list)
    forbidden = forbids(site)
    for path in (*site.stories, *site.pages):
        article = site.articles[path]
        if _is_told(article) and not forbidden(article.url):
            month = f"{article.date:%Y-%m}" if article.kind == "story" and article.date else _PAGES
            months[month].append(Listed(article.url, _changed(article), path if article.image else ""))
    months[_PAGES] += (listed for listed in _lists(site) if not forbidden(listed.url))
    for month in sorted(months, key=lambda month: (month != _PAGES, month), reverse=True):
        yield from _split(month, months[month])


def _split(name: str, entries: list[Listed]) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    """In files that are small enough; of a month the oldest first, so that full ones stay as they are."""
    if len(entries) <= _MOST:
        yield name, tuple(entries)
        return
    entries = entries[::-1]
    for number, start in enumerate(range(0, len(entries), _MOST), 1):
        yield f"{name}.{number}", tuple(entries[start : start + _MOST])


def _lists(site: Site) -> Iterator[Listed]:
    yield Listed("/", _last(site, site.stories))
    for groups in site.groups.values():
        yield from (Listed(group.url, _last(site, group.stories)) for group in groups.values() if group.stories)


def _last(site: Site, stories: Iterable[str]) -> datetime | None:
    return max(filter(None, (_changed(site.articles[path]) for path in stories)), default=None)


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
    news = (path for path in site.stories if _is_news(articles[path], site.now))
    return tuple(path for path in news if not forbidden(articles[path].url))


def _is_news(article: Article, now: datetime) -> bool:
    fresh = article.date is not None and article.date <= now < article.date + _FRESH
    wanted = article.type not in _NO_NEWS and article.params.get("news_sitemap") is not False
    return fresh and wanted and _is_told(article)


def news_changes(articles: Iterable[Article], now: datetime) -> datetime | None:
    """The next instant at which a story ceases to be news; None if there is no news."""
    return min((article.date + _FRESH for article in articles if article.date and _is_news(article, now)), default=None)
