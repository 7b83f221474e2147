"""Small files at the root of a site that say something to programs or to the curious, each made from settings alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from sitegen.config import HostingConfig, SecurityTextConfig
from sitegen.render.views import SiteView, Views
from sitegen.site.routes import feed_url

__all__ = ["TEXTS"]

_NAMES: Mapping[str, str] = {"rss": "RSS", "atom": "Atom", "json": "JSON"}
_SECURITY: Mapping[str, str] = {
    "contact": "Contact",
    "encryption": "Encryption",
    "acknowledgments": "Acknowledgments",
    "policy": "Policy",
    "hiring": "Hiring",
}


def _hosting(views: Views) -> HostingConfig:
    found: HostingConfig = views.read("config", "hosting")
    return found


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _humans(views: Views, site: SiteView) -> str:
    return _hosting(views).humans.strip() + "\n"


def _ads(views: Views, site: SiteView) -> str:
    return _lines(_hosting(views).ads)


def _app_ads(views: Views, site: SiteView) -> str:
    return _lines(_hosting(views).app_ads)


def _indexnow(views: Views, site: SiteView) -> str:
    """The key of IndexNow, which shows that whoever uses it may write to this host."""
    return str(views.read("config", "notify").key)


def _security(views: Views, site: SiteView) -> str:
    """RFC 9116. When it expires is a setting: a date that moves with each build would promise what nobody has done."""
    told: SecurityTextConfig = _hosting(views).security_txt
    named = [f"{field}: {value}" for name, field in _SECURITY.items() for value in getattr(told, name)]
    spoken = [f"Preferred-Languages: {', '.join(told.languages)}"] if told.languages else []
    here = views.links.absolute("/.well-known/security.txt")
    return _lines([*named, f"Expires: {told.expires}", *spoken, f"Canonical: {here}"])


def _llms(views: Views, site: SiteView) -> str:
    """A list of where things are, for language models (llmstxt.org). No stories: it stays while they come and go."""
    return "\n\n".join(filter(None, _llms_parts(views, site))) + "\n"


def _llms_parts(views: Views, site: SiteView) -> Iterator[str]:
    yield f"# {_flat(site.title)}"
    yield f"> {_flat(site.tagline)}" if site.tagline else ""
    sections = [_link(section.title, section.absolute_url, section.description) for section in site.sections]
    yield "\n".join(["## Sections", "", *sections]) if sections else ""
    pages = {item.url: item.title for items in views.read("config", "menus").values() for item in items}
    links = [_link(title, _absolute(views, url)) for url, title in pages.items()]
    yield "\n".join(["## About", "", *links]) if links else ""
    feeds = [
        _link(f"Newest stories ({_NAMES[name]})", views.links.absolute(feed_url("/", name))) for name in _formats(views)
    ]
    has_map = views.read("served", "/sitemap.xml")
    maps = [_link("All pages", views.links.absolute("/sitemap.xml"))] if has_map else []
    yield "\n".join(["## Optional", "", *feeds, *maps]) if feeds or maps else ""


def _formats(views: Views) -> tuple[str, ...]:
    found: tuple[str, ...] = views.read("config", "feeds").formats
    return found


def _absolute(views: Views, url: str) -> str:
    return views.links.absolute(url) if url.startswith("/") else url


def _link(title: str, url: str, notes: str = "") -> str:
    return f"- [{_flat(title)}]({url})" + (f": {_flat(notes)}" if notes else "")


def _flat(text: str) -> str:
    """Plain text as a line of Markdown."""
    return re.sub(r"([\\\[\]<`*_])", r"\\\1", " ".join(text.split()))


TEXTS: Mapping[str, Callable[[Views, SiteView], str]] = {
    "ads": _ads,
    "app_ads": _app_ads,
    "humans": _humans,
    "indexnow": _indexnow,
    "llms": _llms,
    "security_txt": _security,
}
"""What writes a file, by its name in routes."""
