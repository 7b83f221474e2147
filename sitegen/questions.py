"""Every question that a build can ask, wired to what answers it: the place where files, site and theme meet the engine.

Leaves are looked at afresh in each session, rules are computed and traced (`sitegen.engine`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from sitegen.content import Settings, parse
from sitegen.content.article import Parsed
from sitegen.content.body import Body, Heading, Segments, Shortcode
from sitegen.content.frontmatter import body_text
from sitegen.content.images import dimensions
from sitegen.content.links import Link
from sitegen.engine import Engine
from sitegen.errors import Problem, Span
from sitegen.files import Files
from sitegen.plain import digest
from sitegen.render.assets import Assets
from sitegen.render.themes import Theme
from sitegen.site.links import resolve
from sitegen.site.queries import QUERIES
from sitegen.site.routes import Route
from sitegen.site.snapshot import Site
from sitegen.text.words import reading_minutes
from sitegen.urls import Links

if TYPE_CHECKING:
    from sitegen.content.markdown import Markdown
    from sitegen.render.renderer import Renderer

__all__ = ["content_questions", "output_questions", "site_questions", "theme_questions"]


def content_questions(engine: Engine, files: Files, settings: Settings) -> None:
    """Files, and the metadata of articles."""

    def article(path: str) -> Parsed:
        engine.read("file", path)
        return parse(path, files.load(path), engine.read("settings"))

    engine.leaf("file", files.digest)
    engine.leaf("settings", lambda: settings)
    engine.rule("article", article)


def site_questions(engine: Engine, files: Files, site: Site, routes: Mapping[str, Route]) -> None:
    """The snapshot, links between articles, and bodies."""

    links = Links(site.config.base_url)

    def size(path: str) -> tuple[int, int]:
        engine.read("file", path)
        return dimensions(files.load(path))

    def link(origin: str, href: str) -> Link:
        return resolve(site, routes, links, partial(engine.read, "size"), origin, href)

    @cache
    def markdown(language: str) -> Markdown:
        from sitegen.content.markdown import Markdown

        return Markdown(engine.read("config", "markdown"), language)

    def body(path: str) -> Body:
        engine.read("file", path)
        engine.read("config", "markdown")
        language = engine.read("field", path, "language") or engine.read("config", "language")
        title = engine.read("field", path, "title")
        text, first_line = body_text(files.load(path))
        return markdown(language).body(
            text,
            path=path,
            first_line=first_line,
            doc_id=digest(path.encode())[:6],
            title=title,
            resolve=partial(engine.read, "link", path),
            shortcodes=engine.read("shortcodes"),
        )

    for kind, query in QUERIES.items():
        engine.leaf(kind, partial(query, site))
    engine.rule("size", size)
    engine.leaf("link", link)
    engine.leaf("route", routes.get)
    engine.rule("body", body)
    _body_parts(engine)


def _body_parts(engine: Engine) -> None:
    """What lists show of a body, each a rule of its own: a typo mended further down leaves them as they were."""

    def excerpt(path: str) -> str:
        found: Body = engine.read("body", path)
        return found.excerpt

    def words(path: str) -> int:
        found: Body = engine.read("body", path)
        return found.words

    def minutes(path: str) -> int:
        return reading_minutes(engine.read("words", path))

    def toc(path: str) -> tuple[Heading, ...]:
        found: Body = engine.read("body", path)
        return found.toc

    def findings(path: str) -> tuple[Problem, ...]:
        found: Body = engine.read("body", path)
        missing = (
            call for call in _calls(found.segments) if engine.read("named", call.parameters.get("ref", "")) is None
        )
        return (*found.problems, *(_unknown_story(path, call) for call in missing if "ref" in call.parameters))

    for rule in (excerpt, words, minutes, toc, findings):
        engine.rule(rule.__name__, rule)


def _calls(segments: Segments) -> Iterator[Shortcode]:
    """Every shortcode in a body, also those inside others."""
    for segment in segments:
        if isinstance(segment, Shortcode):
            yield segment
            yield from _calls(segment.inner)


def _unknown_story(path: str, call: Shortcode) -> Problem:
    message = f"no published story is called `{call.parameters['ref']}`"
    hint = "give an id, a slug or a path below the content folder"
    return Problem("warning", "unknown-story", message, Span(path, call.line), hint=hint)


def theme_questions(engine: Engine, theme: Theme, assets: Assets) -> None:
    """Templates by name, the theme's words, parameters and assets."""
    engine.leaf("template", partial(theme.digest, "templates"))
    engine.leaf("messages", theme.messages)
    engine.leaf("params", lambda: theme.parameters)
    engine.leaf("shortcodes", lambda: theme.shortcodes)
    engine.leaf("asset", assets.url)


def output_questions(engine: Engine, files: Files, assets: Assets, theme: Theme) -> None:
    """The bytes at a URL. Only their digest is remembered: the output folder holds the bytes."""

    @cache
    def renderer() -> Renderer:
        from sitegen.render.renderer import Renderer

        return Renderer(engine.read, theme)

    def output(url: str) -> bytes:
        route: Route = engine.read("route", url)
        if route.kind == "copy":
            path = str(route.subject[0])
            engine.read("file", path)
            return files.load(path)
        if route.kind == "asset":
            name = str(route.subject[0])
            engine.read("asset", name)
            return assets.load(name)
        return renderer().render(route)

    engine.rule("output", output, fingerprint=digest, keeps_value=False)
