"""What a session leaves to the next one on the same site, beside the past: on disk, or in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from msgspec.structs import force_setattr, replace

from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.content.sharing import Pool
from sitegen.errors import Problem
from sitegen.plain import Record
from sitegen.session.reading import Content
from sitegen.session.standing import Asked, Public, Standing, articles_again
from sitegen.site.between import Between
from sitegen.site.packed import PackedSite, unpacked
from sitegen.site.pictures import Pictured
from sitegen.site.publication import Allow
from sitegen.site.related.left import IndexLeft
from sitegen.site.routes import Route
from sitegen.site.snapshot import Site
from sitegen.store import Store

__all__ = ["Left", "Shown", "Told", "left_on_disk"]

Told = dict[str, tuple[Problem, ...]]
"""Problems by the path of the article whose body has them."""
Shown = dict[str, tuple[str, ...]]
"""Picture files by the path of the article whose body shows them."""


class Left(Record, frozen=True, dict=True, eq=False):
    """What the last session found. What is a function is loaded only when it is called."""

    standing: Standing | None
    """None if there was no last session, or it did not come to its end."""
    public: Mapping[str, object]
    """The public articles by path; only the paths count."""
    hidden: Collection[str]
    """Paths of the files that were not public."""
    media: Mapping[str, str]
    """Paths of the files that were copied, with their URLs."""
    site: Callable[[Config, datetime, Mapping[str, Article]], Site]
    """The snapshot, at another instant and with other texts."""
    pages: Callable[[], Mapping[str, Route]]
    """The routes as far as the snapshot and the theme tell."""
    made: Sequence[Route]
    """Those that the stages after that have added."""
    pictured: Callable[[], Pictured | None]
    told: Told
    shown: Shown
    related: IndexLeft
    content: Content | None = None
    """None if it is not in memory."""

    def articles_again(self, content: Content, asked: Asked, allow: Allow, now: datetime) -> Public | None:
        """The public articles as they are now; None if another snapshot has to be made of them."""
        known = self.standing
        return articles_again(self.public, content) if known and known.holds(asked, allow, now) else None

    def between(
        self, site: Site, before: Mapping[str, Article], now: Standing, fresh: Collection[str] | None
    ) -> Between:
        """What may be otherwise in this snapshot than in the one that was left, which had the articles `before`.

        If only texts may be, those of the `fresh` articles may.
        """
        known, articles = self.standing, site.articles
        changed = fresh
        if changed is None:
            changed = [path for path in {**self.public, **articles} if before.get(path) is not articles.get(path)]
        same_config = known is not None and known.asked.config == now.asked.config
        return Between(site, before, self.hidden, self.media, changed, same_config)

    def bodies_of(self, public: Mapping[str, object] | None) -> tuple[Told, Shown]:
        """The problems of bodies and the pictures in them, as far as their articles are `public` now; None: all are."""
        if public is None:
            return self.told, self.shown
        told = {path: found for path, found in self.told.items() if path in public}
        return told, {path: found for path, found in self.shown.items() if path in public}

    def routes(self) -> Mapping[str, Route]:
        """All routes by URL; none if not all are known."""
        pictured = self.pictured() if self.standing else None
        if pictured is None:
            return {}
        routes = dict(self.pages())
        pictured.change(routes)
        routes.update((route.url, route) for route in self.made)
        return routes


def left_on_disk(store: Store, pool: Pool | None = None) -> Left:
    """What a session in another process has saved; its paths are shared with those in the `pool`, if there is one.

    Raises `StateError`, and so do the functions.
    """
    packed = store.note("site", PackedSite)
    if packed and pool:
        packed = replace(packed, paths=pool.texts(packed.paths))

    def site(config: Config, now: datetime, articles: Mapping[str, Article]) -> Site:
        assert packed is not None
        return unpacked(packed, config, now, articles)

    @cache
    def pages() -> Mapping[str, Route]:
        routes = store.note("routes", tuple[Route, ...]) or ()
        if pool:
            for route in routes:
                _share(route, pool)
        return {route.url: route for route in routes}

    return Left(
        standing=store.note("standing", Standing) if packed else None,
        public=dict.fromkeys(packed.paths) if packed else {},
        hidden=packed.hidden if packed else (),
        media=packed.media if packed else {},
        site=site,
        pages=pages,
        made=store.note("made", list[Route]) or [],
        pictured=cache(lambda: store.note("pictures", Pictured)),
        told=store.note("bodies", Told) or {},
        shown=store.note("shown", Shown) or {},
        related=IndexLeft(store.note, anew=store.anew),
    )


def _share(route: Route, pool: Pool) -> None:
    """Hold nothing in a route, which nobody else may have seen yet, that is in the pool."""
    force_setattr(route, "kind", pool.text(route.kind))
    force_setattr(route, "wanted_by", pool.text(route.wanted_by))
    force_setattr(route, "subject", tuple([pool.text(part) if type(part) is str else part for part in route.subject]))
