"""What templates see of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from sitegen.config import MenuItem, NewsletterConfig, Publisher
from sitegen.plain import Plain
from sitegen.render.views.front import BreakingView, FrontView, front_view
from sitegen.render.views.icon import IconLink, icon_links
from sitegen.render.views.lens import Lens
from sitegen.render.views.translation import TranslationView, editions_of
from sitegen.text.language import direction

__all__ = ["SiteView"]

_POLICIES = ("principles", "corrections", "ethics", "ownership", "masthead")


class SiteView:
    """The site. Its queries answer with stories that readers may see now, and with no others."""

    def __init__(self, lens: Lens) -> None:
        self._lens = lens

    def _config(self, name: str) -> Any:
        return self._lens.read("config", name)

    @property
    def title(self) -> str:
        """Its name."""
        return str(self._config("title"))

    @property
    def tagline(self) -> str:
        """The motto; may be empty."""
        return str(self._config("tagline"))

    @property
    def base_url(self) -> str:
        """Scheme, host and folder, with a final slash."""
        return str(self._config("base_url"))

    @property
    def url(self) -> str:
        """Of the front page, for links within the site."""
        return self._lens.links.path(self._lens.home)

    @property
    def absolute_url(self) -> str:
        """Of the front page, with scheme and host."""
        return self._lens.links.absolute(self._lens.home)

    @property
    def root_url(self) -> str:
        """Of the whole site, for links; in a site of one language, the same as `url`."""
        return self._lens.links.path("/")

    @property
    def icons(self) -> list[IconLink]:
        """The icons, for `<link>`; none if no picture is there that they could be made of."""
        source = self._lens.read("icon_source")
        if not source or self._lens.part("picture", source, "fault"):
            return []
        return icon_links(self.root_url)

    @property
    def manifest_url(self) -> str:
        """Of the web manifest; empty if there are no icons to be listed."""
        return self._path("site.webmanifest") if self.icons else ""

    @property
    def theme_colour(self) -> str:
        """Of the browser's own bars; empty if the site does not say."""
        return str(self._config("icons").colour)

    @property
    def languages(self) -> list[TranslationView]:
        """The front page in each language of the site; none in a site of one language."""
        return editions_of(self._lens)

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        return str(self._config("language"))

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    @property
    def publisher(self) -> Publisher:
        """The `[publisher]` table; URLs of this site come ready."""
        found: Publisher = self._config("publisher")
        ready: dict[str, Any] = {name: self._ready(getattr(found, name)) for name in _POLICIES}
        return replace(found, **ready)

    @property
    def newsletter(self) -> NewsletterConfig:
        """The `[newsletter]` table."""
        found: NewsletterConfig = self._config("newsletter")
        return found

    @property
    def audio(self) -> Any:
        """The `[audio]` table."""
        return self._config("audio")

    @property
    def menus(self) -> dict[str, list[MenuItem]]:
        """Links by place; URLs of this site come ready."""
        return {
            name: [MenuItem(item.title, self._ready(item.url)) for item in items]
            for name, items in self._config("menus").items()
        }

    def _ready(self, url: str) -> str:
        """A URL of the settings, for links: a path counts from the root of the site."""
        return self._lens.links.path(url) if url.startswith("/") else url

    @property
    def params(self) -> Mapping[str, Plain]:
        """`[params]` over the theme's defaults."""
        return Params(self._lens)

    @property
    def edition(self) -> date:
        """The day of this edition. A page that shows it changes every day: only fronts and fragments should."""
        day: date = self._lens.read("today")
        return day

    @property
    def breaking(self) -> BreakingView | None:
        """What is breaking at this instant; None on quiet days."""
        found = self._lens.read("breaking", self._lens.edition)
        return BreakingView(self._lens, found) if found else None

    @property
    def preview(self) -> bool:
        """Whether this is a build for a few eyes."""
        return bool(self._config("preview"))

    @property
    def feed_url(self) -> str:
        """Of the site's RSS feed; empty if it has none."""
        return self._path("feed.xml") if "rss" in self._config("feeds").formats else ""

    @property
    def corrections_url(self) -> str:
        """Of the log of corrections, or of the site's own page there; empty if there is neither."""
        there = self._lens.read("served", f"{self._lens.home}corrections/")
        return self._path("corrections/") if there else ""

    @property
    def search_url(self) -> str:
        """Of the search page; empty if there is none."""
        return self._path("search/") if self._config("search").enable else ""

    @property
    def search_indexes(self) -> list[str]:
        """URLs of the folders of search indexes, newest first; none if nothing can make them."""
        shards = self._lens.read("search_shards") if self._lens.read("search_engine") else ()
        return [self._path(f"pagefind/{shard}/") for shard in shards]

    def _path(self, below: str) -> str:
        return self._lens.links.path(f"{self._lens.home}{below}")

    @property
    def sections(self) -> list[Any]:
        """All sections, in the order of the navigation."""
        return self._lens.groups("section")

    @property
    def tags(self) -> list[Any]:
        """All tags."""
        return self._lens.groups("tag")

    @property
    def authors(self) -> list[Any]:
        """All authors."""
        return self._lens.groups("author")

    @property
    def series_list(self) -> list[Any]:
        """All series."""
        return self._lens.groups("series")

    def section(self, slug: str) -> Any:
        """One section, or None."""
        return self._group("section", slug)

    def tag(self, slug: str) -> Any:
        """One tag, or None."""
        return self._group("tag", slug)

    def author(self, slug: str) -> Any:
        """One author, or None."""
        return self._group("author", slug)

    def _group(self, kind: str, slug: str) -> Any:
        return self._lens.group(kind, slug) if self._lens.read("group", kind, slug) else None

    def latest(self, count: int) -> list[Any]:
        """The newest stories."""
        return self._lens.articles(self._lens.read("newest", "all", "", count))

    def related(self, article: Any, count: int | None = None) -> list[Any]:
        """Stories to read after this one, best first."""
        found: list[Any] = article.related(count)
        return found

    def story(self, name: str) -> Any:
        """The story with this id, slug or path, or None."""
        return self._lens.article(self._lens.read("named", name))

    def front(self) -> FrontView:
        """What stands where on the front page."""
        return front_view(self._lens)


class Params(Mapping[str, Plain]):
    """The theme's parameters. Each is a question of its own: a page depends on those that it shows."""

    def __init__(self, lens: Lens) -> None:
        self._lens = lens

    def __getitem__(self, name: str) -> Plain:
        own = self._lens.read("own_param", name) if self._lens.edition else ()
        found: tuple[Plain, ...] = own or self._lens.read("param", name)
        if not found:
            raise KeyError(name)
        return found[0]

    def __iter__(self) -> Iterator[str]:
        names: tuple[str, ...] = self._lens.read("params")
        own = self._lens.read("config", "params") if self._lens.edition else ()
        return iter(dict.fromkeys((*names, *own)))

    def __len__(self) -> int:
        return len(tuple(iter(self)))
