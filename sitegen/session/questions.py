"""Every question that a build can ask, wired to what answers it: the place where files, site and theme meet the engine.

Leaves are looked at afresh in each session, rules are computed and traced (`sitegen.engine`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from sitegen.content.article import Article
from sitegen.content.body import Body, Shortcode, calls
from sitegen.content.frontmatter import body_text
from sitegen.content.fronts import FrontFile
from sitegen.content.images import Facts, ImageCache
from sitegen.content.live import Coverage
from sitegen.content.recordings import Recording, recording
from sitegen.engine.engine import Engine
from sitegen.errors import Problem, Span
from sitegen.files import Files
from sitegen.plain import digest
from sitegen.render.assets import Asset, Assets
from sitegen.render.feeds import Item
from sitegen.render.hosting import hosting_file
from sitegen.render.inline import InlineCode, inline_code
from sitegen.render.policy import Sources, allowed
from sitegen.render.search import SearchIndex, SearchIndexes, search_engine
from sitegen.render.sitemaps import Sitemap
from sitegen.render.spoken import narration
from sitegen.render.themes import Theme
from sitegen.session.making import image_makers
from sitegen.site.between import Between, pages_between
from sitegen.site.crawlers import odd_lines
from sitegen.site.front import Front
from sitegen.site.front_problems import Unpublished, problems_of_front, unpublished
from sitegen.site.fronts import Banner, Fronts, find_fronts
from sitegen.site.links import Linker
from sitegen.site.queries import BY_EDITION, QUERIES, ask, file_at, in_edition
from sitegen.site.related.index import RelatedIndex
from sitegen.site.related.ladder import Related
from sitegen.site.routes import Route, is_page, moved
from sitegen.site.sitemaps import sitemap_entries
from sitegen.site.snapshot import Site
from sitegen.text.dates import zone

if TYPE_CHECKING:
    from sitegen.content.markdown import Markdown
    from sitegen.render.renderer import Renderer

__all__ = [
    "Everything",
    "body_questions",
    "output_questions",
    "related_questions",
    "search_questions",
    "site_questions",
    "theme_questions",
]


class Everything(Protocol):
    """The content folder. Whoever asks for all articles has them loaded."""

    @property
    def articles(self) -> Iterable[Article]: ...


def site_questions(
    engine: Engine,
    site: Site,
    content: Everything,
    files: Files,
    between: Between,
    *,
    stands: bool,
) -> None:
    """The snapshot. `content` has all articles, whatever their state. The snapshot `stands` if it is what it was in the
    last session, but for the texts of articles.
    """
    engine.records("article", site.articles.get, Article, between.articles.get, between.changed)
    for kind, query in QUERIES.items():
        engine.leaf(kind, partial(query, site), stands=stands)
    for kind in BY_EDITION:
        engine.leaf(kind, partial(ask, site, "", kind), stands=stands)
    engine.leaf("file_at", partial(file_at, site), stands=stands, among=between.files())
    engine.leaf("sitemap_entries", partial(sitemap_entries, site), stands=stands, may_differ=between.sitemap)
    engine.leaf("page", partial(ask, site, "", "page"), stands=stands, may_differ=between.page)
    engine.leaf("in", partial(ask, site), stands=stands)
    engine.leaf("today", site.now.date)
    engine.leaf("has_come", lambda instant: site.now >= datetime.fromisoformat(instant))
    _front_questions(engine, site, content, files, stands=stands)


def related_questions(engine: Engine, index: RelatedIndex) -> None:
    """What stands under stories. To be told last: what is told is verified in that order, and another process may be
    busy with the index until then.
    """
    engine.rule("related", Related(engine.read, engine.part), tuple[str, ...])
    engine.leaf("similar", index.similar, among=index.changed)


def _front_questions(engine: Engine, site: Site, content: Everything, files: Files, *, stands: bool) -> None:
    """What editors want on fronts, and what stands there."""

    def hidden(name: str) -> Unpublished | None:
        return unpublished(content.articles, site.now, site.config.content_dir, name)

    fronts = Fronts(engine.read, files)
    engine.leaf("front_files", partial(find_fronts, site.config, files))
    engine.leaf("unpublished", hidden, stands=stands)
    engine.rule("front_file", fronts.file, FrontFile)
    engine.rule("front", fronts.front, Front)
    engine.rule("breaking", fronts.breaking, Banner | None)
    engine.rule("front_problems", partial(problems_of_front, engine.read), tuple[Problem, ...])


def theme_questions(engine: Engine, theme: Theme, assets: Assets) -> None:
    """Templates by name, the theme's words, parameters and assets."""

    def inline() -> InlineCode:
        pages = (name for name in engine.read("templates") if not name.startswith("newsletter/"))
        names = [name for name in pages if engine.read("template", name)]
        return inline_code(theme.text(name) for name in names)

    engine.leaf("template", partial(theme.digest, "templates"))
    engine.leaf("templates", partial(theme.names, "templates"))
    engine.leaf("messages", theme.messages)
    engine.leaf("params", lambda: tuple(theme.parameters))
    engine.leaf("param", theme.param)
    engine.leaf("shortcodes", lambda: theme.shortcodes)
    engine.leaf("asset_file", partial(theme.versions, "assets"))
    engine.rule("asset", assets.make, Asset | None)
    engine.rule("inline_code", inline, InlineCode)
    engine.rule("allowed", lambda edition="": allowed(in_edition(engine.read, edition)), Sources)


def body_questions(engine: Engine, files: Files) -> None:
    """Files, what pictures are, what recordings measure, and bodies."""

    def picture(path: str) -> Facts:
        from sitegen.content.images.looking import look

        mark, most = engine.read("file", path), engine.read("max_pixels")
        return look(files.load(path), mark, path, most)

    def heard(path: str) -> Recording:
        engine.read("file", path)
        return recording(path, files.load(path))

    def directives(path: str) -> tuple[tuple[int, str], ...]:
        engine.read("file", path)
        return tuple(odd_lines(files.load(path)))

    def load_markdown(language: str) -> Markdown:
        from sitegen.content.markdown import Markdown

        return Markdown(engine.read("config", "markdown"), language)

    markdown = cache(engine.watched("setup", "loading Markdown", load_markdown))

    def body(path: str) -> Body:
        engine.read("config", "markdown")
        if engine.part("article", path, "kind") == "withdrawn":
            return Body()
        engine.part("article", path, "text")  # two articles with the same `text` have the same body
        language = engine.part("article", path, "language") or engine.read("config", "language")
        text, first_line = body_text(files.load(path))
        rendered = markdown(language).body(
            text,
            path=path,
            first_line=first_line,
            doc_id=digest(path.encode())[:6],
            title=engine.part("article", path, "title"),
            resolve=Linker(engine.read, path, engine.part("article", path, "url")),
            shortcodes=engine.read("shortcodes"),
            live=_coverage(engine, path),
        )
        named = partial(in_edition(engine.read, engine.part("article", path, "edition")), "named")
        return _checked(rendered, path, named)

    engine.leaf("file", files.digest, among=files.suspects)
    engine.rule("picture", picture, Facts)
    engine.rule("recording", heard, Recording)
    engine.rule("narration", partial(narration, engine.read, engine.part), str)
    engine.rule("odd_lines", directives, tuple[tuple[int, str], ...])
    engine.rule("body", body, Body)


def _coverage(engine: Engine, path: str) -> Coverage | None:
    """What the times in a live blog count from; None for any other article."""
    if engine.part("article", path, "type") != "live":
        return None
    date = engine.part("article", path, "date")
    return Coverage(date and date.date(), zone(engine.read("config", "timezone")))


def _checked(body: Body, path: str, named: Callable[[str], str | None]) -> Body:
    """The body with the problems of shortcodes that name a story."""
    wrong = [
        call for call in calls(body.segments) if "ref" in call.parameters and named(call.parameters["ref"]) is None
    ]
    if not wrong:
        return body
    return replace(body, problems=(*body.problems, *(_unknown_story(path, call) for call in wrong)))


def _unknown_story(path: str, call: Shortcode) -> Problem:
    message = f"no published story is called `{call.parameters['ref']}`"
    hint = "give an id, a slug or a path below the content folder"
    return Problem("warning", "unknown-story", message, Span(path, call.line), hint=hint)


def search_questions(engine: Engine, indexes: SearchIndexes) -> None:
    """What makes search indexes, and those that were made."""
    engine.leaf("search_engine", search_engine)
    engine.rule("search_index", indexes.make, SearchIndex)


def output_questions(
    engine: Engine,
    files: Files,
    assets: Assets,
    indexes: SearchIndexes,
    theme: Theme,
    before: Callable[[], Mapping[str, Route]],
    pages: Mapping[str, Route],
    routes: Mapping[str, Route],
    images: ImageCache,
    *,
    same: bool,
) -> None:
    """What there is, and the bytes at a URL: of these only the digest is remembered, the output folder holds them.

    `pages` are the URLs that a text may lead to, which are known before any text is read. They may be the `same` as
    `before`, in the last session.
    """
    makers = image_makers(engine, files, images)

    def load_renderer(edition: str) -> Renderer:
        from sitegen.render.renderer import Renderer

        return Renderer(engine.read, engine.part, theme, engine.watched, edition)

    renderer = cache(engine.watched("setup", "loading Jinja", load_renderer))

    def output(url: str, *_: str | int | None) -> bytes:
        route = routes[url]
        if route.kind == "copy":
            path = str(route.subject[0])
            engine.read("file", path)
            return files.load(path)
        if route.kind in makers:
            return makers[route.kind](*map(str, route.subject))
        if route.kind == "asset":
            name = str(route.subject[0])
            engine.read("asset", name)
            return assets.load(name)
        if route.kind == "search_index":
            return indexes.load(route)
        if route.kind == "hosting":
            return hosting_file(route.url, engine.read)
        return renderer(route.edition).render(route)

    def feed_item(path: str, name: str, full_text: int, images: int) -> Item:
        return renderer(engine.part("article", path, "edition")).feed_item(path, name, full_text, images)

    engine.leaf("served", partial(is_page, pages), stands=same, among=pages_between(before, pages))
    engine.leaf("moved", partial(moved, pages), stands=same)
    engine.rule("included", lambda name, edition="": renderer(edition).included(name), str)
    engine.rule("feed_item", feed_item, Item)
    engine.rule("sitemap", lambda shard: renderer("").sitemap(shard), Sitemap)
    engine.rule("output", output, last=True)
