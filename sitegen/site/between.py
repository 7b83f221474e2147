"""Which answers of a snapshot may be others than those of the one before it.

Of most questions that is not known, and they are asked again. But about files, pages and lists there are many
thousands, and what a few articles can change of those is quickly told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from sitegen.content.article import Article
from sitegen.site.crawlers import has_rules_of_its_own
from sitegen.site.routes import Route
from sitegen.site.sitemaps import NO_MONTH, month_of, month_of_shard
from sitegen.site.snapshot import INDEX, Site

__all__ = ["Between", "pages_between"]

_BY_THEMSELVES = ("story", "page", "withdrawn")
"""Kinds of articles that have a URL of their own; others have that of a group."""


@dataclass(frozen=True)
class Between:
    """A snapshot, and what is known of the one before it. Nothing is worked out before somebody asks."""

    site: Site
    articles: Mapping[str, Article]
    """Those that were public before."""
    hidden: Collection[str]
    media: Mapping[str, str]
    changed: Collection[str]
    """Paths of the articles that may not be what they were."""
    same_config: bool

    def files(self) -> Iterator[str]:
        """The names that may stand for other files than before, or for files with other URLs."""
        paths = {*self.changed, *self.site.hidden.symmetric_difference(self.hidden)}
        paths.update(path for path, _ in self.site.media.items() ^ self.media.items())
        paths.update(path for path, article in self.site.articles.items() if article.kind not in _BY_THEMSELVES)
        names = {normalize("NFC", path) for path in paths}
        yield from names
        yield from {name.removesuffix(f"/{INDEX}") for name in names if name.endswith(f"/{INDEX}")} - names

    def page(self, kind: str, slug: str, _number: int | None) -> bool:
        """Whether a page of a list may show other stories."""
        return not self.same_config or kind == "all" or (kind, slug) in self._lists

    def sitemap(self, shard: str) -> bool:
        """Whether a sitemap may have other entries. The one that has no month also has all lists."""
        month = month_of_shard(shard)
        return month == NO_MONTH or self._months is None or month in self._months

    @cached_property
    def _articles(self) -> tuple[Article, ...]:
        """The changed articles, as they were and as they are."""
        known = (self.articles, self.site.articles)
        return tuple([articles[path] for articles in known for path in self.changed if path in articles])

    @cached_property
    def _lists(self) -> frozenset[tuple[str, str]]:
        """Kind and slug of the groups that changed articles are in, or were."""
        return frozenset(
            (kind, slug)
            for article in self._articles
            for kind, slugs in (
                ("section", article.sections),
                ("tag", article.tag_slugs),
                ("author", article.author_slugs),
                ("series", article.series_slugs),
            )
            for slug in slugs
        )

    @cached_property
    def _months(self) -> frozenset[str] | None:
        """Those of changed articles, and of what they are translations of; None: any."""
        if not self.same_config or has_rules_of_its_own(self.site.media) != has_rules_of_its_own(self.media):
            return None
        keys = {article.translation for article in self._articles} - {""}
        others = [article for article in self.site.articles.values() if article.translation in keys] if keys else ()
        return frozenset(map(month_of, (*self._articles, *others)))


def pages_between(before: Callable[[], Mapping[str, Route]], now: Mapping[str, Route]) -> Iterator[str]:
    """The URLs at which a page has come or gone, whatever its content; of routes of which none is `made`."""
    yield from before().keys() ^ now.keys()
