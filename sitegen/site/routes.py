"""Which URLs exist. Computed anew in every build: an output whose route is gone is removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from sitegen.content.images import ICONS
from sitegen.engine.past import Question
from sitegen.plain import Record
from sitegen.site import live
from sitegen.site.cards import card_url, cards
from sitegen.site.hosting import hosting_files, never_copied, text_files
from sitegen.site.icons import icon_source
from sitegen.site.pages import number_url, numbered_pages
from sitegen.site.queries import withdrawn
from sitegen.site.sitemaps import news_parts, sitemap_shards
from sitegen.site.snapshot import Site
from sitegen.urls import output_file

__all__ = ["FOR_EVER", "Route", "feed_url", "is_alias", "is_page", "moved", "news_url", "site_routes", "with_pages"]


class Route(Record, frozen=True):
    """A URL path, what writes it (`kind`), and what it is about."""

    url: str
    kind: str
    """A page kind, which names its template, or one of `redirect`, `feed`, `partner_feed`, `podcast`, `asset`, `copy`,
    `fragment`, `live`, `live_feed`, `picture`, `drawing`, `icon`, `manifest`, `card`, `hosting`, `robots`,
    `search_index`, `sitemap`, `sitemap_index`, `news_sitemap`, `news_index`, `text`."""
    subject: tuple[str | int | None, ...] = ()
    wanted_by: str = ""
    """The file that asks for it, relative to the site, or words that say what it is; empty if its subject says that."""
    edition: str = ""
    """The key of the edition that it belongs to (`sitegen.config.languages`)."""

    @property
    def question(self) -> Question:
        """What the bytes at the URL answer. It says all of the route that they can depend on."""
        where = (f"in {self.edition}",) if self.edition else ()
        return ("output", self.url, self.kind, *self.subject, *where)

    @property
    def origin(self) -> str:
        """The file that asks for it, relative to the site; or words that say what it is."""
        return self.wanted_by or str(next(iter(self.subject), ""))

    @property
    def made(self) -> bool:
        """Whether its URL depends on its content, so that it is known only when the engine may be asked."""
        return self.kind in ("asset", "search_index")

    @property
    def file(self) -> str:
        """Where it is written, relative to the output folder. Raises `UnsafeURL`."""
        return output_file(self.url)


def is_page(routes: Mapping[str, Route], url: str) -> bool:
    """Whether something is served at this URL whatever its content."""
    return url in routes and not routes[url].made


def is_alias(route: Route) -> bool:
    """Whether it leads from an old address to one that is for ever in its place."""
    return route.kind == "redirect" and route.subject[1:] == (FOR_EVER,)


def moved(routes: Mapping[str, Route]) -> tuple[tuple[str, str], ...]:
    """Old addresses, each with the one that is for ever in its place, in order."""
    aliases = filter(is_alias, routes.values())
    return tuple(sorted((route.url, str(route.subject[0])) for route in aliases))


_FEEDS = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
"""Names of the feeds of an edition, by format."""
_ARCHIVES = (("year", 4), ("month", 7), ("day", 10))
"""Kinds of archives, with the length of what they are called: `2026/03` is a month."""
FOR_EVER, _FOR_NOW = 301, 302
"""How long a redirect holds, as the status that says so."""
_DEPTH = {"none": 0, "year": 1, "month": 2, "day": 3}


def site_routes(site: Site) -> Iterator[Route]:
    """The routes of content, lists, archives and feeds; redirects last, because a real page wins over them."""
    for key, edition in site.editions.items():
        yield from (replace(route, edition=key) if key else route for route in _edition(edition))
    yield from _feeds_by_order(site)
    yield from _for_engines(site)
    yield from _icons(site)
    yield from (Route(card_url(card), "card", (card.spec,), f"the card `{card.headline}`") for card in cards(site))
    yield from (Route(*wanted) for wanted in (*hosting_files(site), *text_files(site)))
    left_out = never_copied(site.config)
    yield from (Route(url, "copy", (path,)) for path, url in site.media.items() if url not in left_out)


def _edition(site: Site) -> Iterator[Route]:
    """The routes of an edition."""
    home, size = site.home, site.config.page_size
    yield from _articles(site)
    yield Route(home, "front", (), "the front page")
    yield from _numbered(home, ("all", ""), len(site.stories), size, "the front page")
    for kind, groups in site.groups.items():
        for group in (group for group in groups.values() if group.has_page):
            origin = group.article or f"{kind} `{group.title}`"
            yield Route(group.url, kind, (kind, group.slug, None), origin)
            yield from _numbered(group.url, (kind, group.slug), len(group.stories), size, origin)
    yield Route(f"{home}tags/", "tags", (), "the list of tags")
    yield Route(f"{home}authors/", "authors", (), "the list of authors")
    yield Route(f"{home}404.html", "404", (), "the page for what is not found")
    yield from _feeds(site)
    if site.config.search.enable:
        yield Route(f"{home}search/", "search", (), "the search page")
    yield from _archives(site)
    if site.config.sitemaps.enable and not site.config.preview:
        yield from _news(site)


def feed_url(home: str, name: str) -> str:
    """Of the feed of an edition in this format."""
    return f"{home}{_FEEDS[name]}"


def _feeds(site: Site) -> Iterator[Route]:
    for name in site.config.feeds.formats:
        yield Route(feed_url(site.home, name), "feed", (name, "all", ""), "the feeds of the site")
    for kind in site.config.feeds.groups:
        for group in (group for group in site.groups[kind].values() if group.has_page):
            yield Route(
                f"{group.url}feed.xml", "feed", ("rss", kind, group.slug), f"the feed of {kind} `{group.title}`"
            )


def _feeds_by_order(site: Site) -> Iterator[Route]:
    """Those that only the edition in the site's own language has."""
    for feed in site.config.feeds.partner:
        yield Route(feed.url, "partner_feed", (feed.name,), f"the feed for the partner `{feed.name}`")
    if site.config.feeds.podcast.enable:
        yield Route(site.config.feeds.podcast.path, "podcast", (), "the podcast")


def _for_engines(site: Site) -> Iterator[Route]:
    """What search engines ask for."""
    if not site.config.sitemaps.enable or site.config.preview:
        return
    yield Route("/sitemap.xml", "sitemap_index", (), "the index of sitemaps")
    for shard in sitemap_shards(site):
        yield Route(f"/sitemaps/{shard}.xml", "sitemap", (shard,), "the sitemaps")


def _icons(site: Site) -> Iterator[Route]:
    """Of the site, and what lists them in each language. A file of one's own wins."""
    source, taken = icon_source(site), set(site.media.values())
    if not source:
        return
    for name in ICONS:
        if f"/{name}" not in taken:
            yield Route(f"/{name}", "icon", (source, name, site.config.icons.background), source)
    for key, edition in site.editions.items():
        url = f"{edition.home}site.webmanifest"
        if url not in taken:
            yield Route(url, "manifest", (), "the list of icons", key)


def _news(site: Site) -> Iterator[Route]:
    parts = news_parts(site)
    kind = "news_index" if parts > 1 else "news_sitemap"
    yield Route(f"{site.home}news-sitemap.xml", kind, (1,), "the news sitemap")
    for number in range(1, parts + 1 if parts > 1 else 1):
        yield Route(news_url(site.home, number), "news_sitemap", (number,), "the news sitemap")


def news_url(home: str, number: int) -> str:
    """Of one of several files of the news sitemap of an edition."""
    return f"{home}sitemaps/news.{number}.xml"


def with_pages(site: Site) -> tuple[str, ...]:
    """The articles that have a page of their own; of those that are withdrawn, it is a notice."""
    notices = (path for path in withdrawn(site) if site.articles[path].edition == site.key)
    return (*site.stories, *site.pages, *notices)


def _articles(site: Site) -> Iterator[Route]:
    for path in with_pages(site):
        article = site.articles[path]
        yield Route(article.url, article.kind, (path,))
        if article.type == "live" and article.kind == "story":
            yield Route(live.fragment_url(article.url), "live", (path,))
            yield Route(live.feed_url(article.url), "live_feed", (path,))


def _numbered(url: str, subject: tuple[str, str], stories: int, size: int, origin: str) -> Iterator[Route]:
    last = numbered_pages(stories, size)
    for number in range(1, last + 1):
        yield Route(
            number_url(url, number), "archive" if subject[0] == "all" else subject[0], (*subject, number), origin
        )
    if last:
        yield Route(number_url(url, last + 1), "redirect", (url, _FOR_NOW), origin)


def _archives(site: Site) -> Iterator[Route]:
    kinds = _ARCHIVES[: _DEPTH[site.config.archives]]
    for date in dict.fromkeys(day[:length] for day in site.days for _, length in kinds):
        yield Route(f"{site.home}{date}/", kinds[date.count("/")][0], (date,), f"the archive of {date}")
