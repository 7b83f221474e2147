"""What is written for programs and not for readers: feeds, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sitegen.config import home_of
from sitegen.render.feeds import FORMATS, Head, Item, entry_of
from sitegen.render.manifest import manifest
from sitegen.render.sitemaps import Sitemap, news_sitemap, robots, sitemap, sitemap_index
from sitegen.render.views import ArticleView, SiteView, Views
from sitegen.site.routes import Route, news_url

__all__ = ["Distribution"]


class Distribution:
    """Writes those outputs of one site that no template makes, looking at the site only through views and `read`."""

    def __init__(self, read: Callable[..., Any], views: Views, site: SiteView) -> None:
        self._read = read
        self._views = views
        self._site = site
        self._writers: Mapping[str, Callable[..., str]] = {
            "feed": self._feed,
            "sitemap": lambda route: self._read("sitemap", route.subject[0]).text,
            "sitemap_index": self._sitemap_index,
            "news_sitemap": self._news,
            "news_index": self._news_index,
            "robots": self._robots,
            "manifest": lambda route: manifest(self._site, self._read("config", "icons")),
        }

    def writer(self, route: Route) -> Callable[[], str] | None:
        """What writes the output of a route; None if a template does."""
        write = self._writers.get(route.kind)
        return partial(write, route) if write else None

    def item(self, path: str, name: str) -> Item:
        """A story as it stands in all feeds of a format."""
        settings = self._read("config", "feeds")
        entry = entry_of(self._site, ArticleView(self._views, path), settings.authority, full_text=settings.full_text)
        return Item(FORMATS[name].item(entry), entry.updated)

    def sitemap(self, shard: str) -> Sitemap:
        """One of the sitemaps."""
        return sitemap(self._read("sitemap_entries", shard), self._views)

    def _feed(self, route: Route) -> str:
        name, kind, slug = map(str, route.subject)
        settings = self._read("config", "feeds")
        stories = self._read("newest", kind, slug, settings.count if kind == "all" else settings.group_count)
        items = [self._read("feed_item", path, name) for path in stories]
        return FORMATS[name].feed(self._head(route.url, kind, slug), items)

    def _head(self, url: str, kind: str, slug: str) -> Head:
        site, here = self._site, self._views.links.absolute(url)
        if kind == "all":
            return Head(site.title, site.tagline, site.language, here, site.absolute_url)
        group = self._views.group(kind, slug)
        return Head(f"{group.title} – {site.title}", group.description, site.language, here, group.absolute_url)

    def _sitemap_index(self, route: Route) -> str:
        shards = self._read("sitemap_shards")
        changed = {shard: self._read("sitemap", shard).changed for shard in shards}
        return sitemap_index([(self._sitemap_url(shard), instant) for shard, instant in changed.items()])

    def _sitemap_url(self, name: str) -> str:
        return self._views.links.absolute(f"/sitemaps/{name}.xml")

    def _news(self, route: Route) -> str:
        return news_sitemap(self._site, self._views.articles(self._read("news_items", route.subject[0])))

    def _news_index(self, route: Route) -> str:
        parts = self._read("news_parts")
        links, home = self._views.links, self._views.home
        return sitemap_index([(links.absolute(news_url(home, number)), None) for number in range(1, parts + 1)])

    def _robots(self, route: Route) -> str:
        homes = [home_of(key) for key, _, _ in self._read("editions")] or ["/"]
        told = ["/sitemap.xml", *(f"{home}news-sitemap.xml" for home in homes)]
        told = told if self._read("config", "sitemaps").enable else []
        return robots(self._read("config", "robots"), self._views.links, told)
