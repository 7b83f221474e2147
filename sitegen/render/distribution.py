"""What is written for programs and not for readers: feeds, sitemaps, robots.txt and its like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from sitegen.config import PartnerFeed, PodcastConfig, home_of
from sitegen.render.feeds import FORMATS, ITEMS, Head, Item, Show, entry_of, live_entry, podcast_feed
from sitegen.render.manifest import manifest
from sitegen.render.sitemaps import Sitemap, news_sitemap, robots, sitemap, sitemap_index
from sitegen.render.texts import TEXTS
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
            "live_feed": self._live_feed,
            "partner_feed": self._partner_feed,
            "podcast": self._podcast,
            "sitemap": lambda route: self._read("sitemap", route.subject[0]).text,
            "sitemap_index": self._sitemap_index,
            "news_sitemap": self._news,
            "news_index": self._news_index,
            "robots": self._robots,
            "manifest": lambda route: manifest(self._site, self._read("config", "icons")),
            "text": lambda route: TEXTS[str(route.subject[0])](self._views, self._site),
        }

    def writer(self, route: Route) -> Callable[[], str] | None:
        """What writes the output of a route; None if a template does."""
        write = self._writers.get(route.kind)
        return partial(write, route) if write else None

    def item(self, path: str, name: str, full_text: int, images: int) -> Item:
        """A story as it stands in all feeds of a format that want the same of it (0 or 1)."""
        story, authority = ArticleView(self._views, path), self._read("config", "feeds").authority
        entry = entry_of(self._site, story, authority, full_text=bool(full_text), images=bool(images))
        return Item(ITEMS[name](entry), entry.updated)

    def sitemap(self, shard: str) -> Sitemap:
        """One of the sitemaps."""
        return sitemap(self._read("sitemap_entries", shard), self._views)

    def _feed(self, route: Route) -> str:
        name, kind, slug = map(str, route.subject)
        settings = self._read("config", "feeds")
        stories = self._read("newest", kind, slug, settings.count if kind == "all" else settings.group_count)
        items = self._items(stories, name, settings.full_text)
        return FORMATS[name].feed(self._head(route.url, kind, slug), items)

    def _items(self, stories: Iterable[str], name: str, full_text: bool, images: bool = True) -> list[Item]:
        return [self._read("feed_item", path, name, int(full_text), int(images)) for path in stories]

    def _head(self, url: str, kind: str, slug: str) -> Head:
        site, here, hub = self._site, self._views.links.absolute(url), self._read("config", "feeds").hub
        if kind == "all":
            return Head(site.title, site.tagline, site.language, here, site.absolute_url, hub=hub)
        group = self._views.group(kind, slug)
        title = f"{group.title} – {site.title}"
        return Head(title, group.description, site.language, here, group.absolute_url, hub=hub)

    def _partner_feed(self, route: Route) -> str:
        name = str(route.subject[0])
        feed: PartnerFeed = next(feed for feed in self._read("config", "feeds").partner if feed.name == name)
        items = self._items(self._read("partner_stories", name), feed.format, feed.full_text, feed.images)
        head = self._head(route.url, "all", "")
        return FORMATS[feed.format].feed(replace(head, title=feed.title or head.title), items)

    def _live_feed(self, route: Route) -> str:
        """The entries of a live blog, as many as feeds of the site hold."""
        story, settings = ArticleView(self._views, str(route.subject[0])), self._read("config", "feeds")
        entries = story.live.entries[: settings.count] if story.live else []
        told = [live_entry(self._site, story, entry, settings.authority) for entry in entries]
        items = [Item(FORMATS["rss"].item(entry), entry.updated) for entry in told]
        here, title = self._views.links.absolute(route.url), f"{story.title} – {self._site.title}"
        head = Head(title, story.summary, story.language, here, story.absolute_url, hub=settings.hub)
        return FORMATS["rss"].feed(head, items)

    def _podcast(self, route: Route) -> str:
        podcast: PodcastConfig = self._read("config", "feeds").podcast
        items = self._items(self._read("recorded", podcast.count), "podcast", podcast.full_text)
        head = self._head(route.url, "all", "")
        head = replace(head, title=podcast.title or head.title, description=podcast.description or head.description)
        return podcast_feed(head, self._show(podcast), [item for item in items if item.text])

    def _show(self, podcast: PodcastConfig) -> Show:
        site, publisher = self._site, self._site.publisher
        image = podcast.image or publisher.logo
        return Show(
            author=podcast.author or publisher.name or site.title,
            email=podcast.email,
            category=podcast.category,
            explicit=podcast.explicit,
            image=self._views.links.absolute(f"/{image.lstrip('/')}") if image else "",
            type=podcast.type,
        )

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
        if self._read("config", "preview"):
            return "User-agent: *\nDisallow: /\n"
        homes = [home_of(key) for key, _, _ in self._read("editions")] or ["/"]
        told = ["/sitemap.xml", *(f"{home}news-sitemap.xml" for home in homes)]
        told = told if self._read("config", "sitemaps").enable else []
        return robots(self._read("config", "robots"), self._views.links, told)
