"""Sitemaps as XML (sitemaps.org, protocol 0.9; Google's extensions for news and images), and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sitegen.config import RobotsConfig
from sitegen.plain import Record
from sitegen.render.feeds.xml import DECLARATION, element, escaped
from sitegen.render.views import ArticleView, SiteView, Views
from sitegen.site.sitemaps import Listed
from sitegen.urls import Links

__all__ = ["Sitemap", "news_sitemap", "robots", "sitemap", "sitemap_index"]

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


class Sitemap(Record, frozen=True):
    """One file, and when a page in it last changed."""

    text: str
    changed: datetime | None


def sitemap(entries: Iterable[Listed], views: Views) -> Sitemap:
    """The sitemap of these pages, with the lead pictures of stories."""
    entries = tuple(entries)
    urls = [_url(entry, views) for entry in entries]
    languages = {"xmlns__xhtml": _XHTML} if any(entry.alternates for entry in entries) else {}
    text = _document("urlset", urls, xmlns__image=_IMAGE, **languages)
    changed = max((entry.changed for entry in entries if entry.changed), default=None)
    return Sitemap(text, changed)


def _document(name: str, entries: Iterable[str], **namespaces: str) -> str:
    """A whole file, an entry to a line."""
    return DECLARATION + element(name, "\n".join(["", *entries, ""]), xmlns=_SITEMAP, **namespaces) + "\n"


def _url(entry: Listed, views: Views) -> str:
    image = ArticleView(views, entry.path).image if entry.path else None
    picture = element("image:image", element("image:loc", escaped(image.absolute_src))) if image else ""
    others = [_other(tag, views.links.absolute(url)) for tag, url in entry.alternates]
    loc = element("loc", escaped(views.links.absolute(entry.url)))
    return element("url", loc, _lastmod(entry.changed), *others, picture)


def _other(tag: str, url: str) -> str:
    """The page in one of its languages (Google, "Localized versions of your pages")."""
    return element("xhtml:link", rel="alternate", hreflang=tag, href=url)


def _lastmod(changed: datetime | None) -> str:
    return element("lastmod", changed.isoformat()) if changed else ""


def sitemap_index(files: Iterable[tuple[str, datetime | None]]) -> str:
    """The index of sitemaps: their absolute URLs, and when a page in each last changed."""
    entries = [element("sitemap", element("loc", escaped(url)), _lastmod(changed)) for url, changed in files]
    return _document("sitemapindex", entries)


def news_sitemap(site: SiteView, stories: Sequence[ArticleView]) -> str:
    """The news sitemap of these stories. There is one also when nothing is news."""
    publication = element(
        "news:publication",
        element("news:name", escaped(site.title)),
        element("news:language", _news_language(site.language)),
    )
    return _document("urlset", [_news(story, publication) for story in stories], xmlns__news=_NEWS)


def _news(story: ArticleView, publication: str) -> str:
    published = element("news:publication_date", story.date.isoformat())
    news = element("news:news", publication, published, element("news:title", escaped(story.title)))
    return element("url", element("loc", escaped(story.absolute_url)), news)


def _news_language(tag: str) -> str:
    """Google knows languages by ISO 639, and two kinds of Chinese."""
    lower = tag.lower()
    if lower.startswith("zh"):
        return "zh-tw" if any(part in lower.split("-") for part in ("hant", "tw", "hk", "mo")) else "zh-cn"
    return lower.partition("-")[0]


def robots(settings: RobotsConfig, links: Links, sitemaps: Iterable[str]) -> str:
    """Which crawlers may see what, and where the sitemaps are."""
    groups = {"*": settings.disallow, **settings.agents}
    lines = [line for agent, paths in groups.items() for line in _group(agent, paths, links)]
    return "\n".join([*lines, *(f"Sitemap: {links.absolute(url)}" for url in sitemaps), ""])


def _group(agent: str, paths: Iterable[str], links: Links) -> list[str]:
    return [f"User-agent: {agent}", *([f"Disallow: {links.path(path)}" for path in paths] or ["Disallow:"]), ""]
