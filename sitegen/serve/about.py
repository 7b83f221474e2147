"""What authors want to know: of the page before them, of what readers do not see, and of pages nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from sitegen.content.article import Article
from sitegen.errors import Problem, SitegenError
from sitegen.files import ChangedWhileReading
from sitegen.plain import Record
from sitegen.serve.preview import NOT_FOUND, Preview
from sitegen.site.publication import state
from sitegen.site.routes import Route
from sitegen.text.words import reading_minutes

__all__ = ["Shown", "held_back", "inspect", "let_go", "prepare", "seen", "shown", "unseen"]

_NO_PAGES = frozenset(("asset", "copy", "drawing", "hosting", "picture", "search_index"))
"""Kinds of routes that have no template."""


class Shown(Record, frozen=True):
    """What there is to say of a page. `path` to `minutes` are empty if it is no story."""

    path: str = ""
    state: str = ""
    words: int = 0
    minutes: int = 0
    why: str = ""
    """Why it is as it is."""
    told: tuple[str, ...] = ()
    """What is wrong with its file, or with the page itself."""
    problems: int = 0
    """How many there are in all."""


def shown(preview: Preview, path: str) -> Shown:
    """What there is to say of the page at a path, as browsers send it."""
    routes = preview.session.routes if preview.is_open else {}
    route = routes.get(unquote(path)) or routes.get(NOT_FOUND)
    if route is None:
        return Shown(problems=len(preview.all_problems))
    article = preview.session.site.articles.get(route.origin) if route.kind in ("story", "page") else None
    words = _words(preview, article.path) if article else 0
    return Shown(
        article.path if article else "",
        state(article, preview.session.now) if article else "",
        words,
        reading_minutes(words) if article else 0,
        preview.because.get(route.url, ""),
        tuple(preview.words([problem]) for problem in _told(preview, route, article)),
        len(preview.all_problems),
    )


def _told(preview: Preview, route: Route, article: Article | None) -> list[Problem]:
    of_file = [problem for problem in preview.problems if article and problem.span.path == article.path]
    return list(dict.fromkeys([*of_file, *filter(None, [preview.wrong.get(route.url)])]))


def _words(preview: Preview, path: str) -> int:
    try:
        words: int = preview.session.engine.read("body", path).words
    except (SitegenError, OSError, ChangedWhileReading):  # which is a problem, and told as such
        return 0
    return words


def held_back(preview: Preview) -> list[tuple[str, Article]]:
    """Every story and page that readers do not see yet, or no more, by state; the latest of each first."""
    session = preview.session
    articles = [article for article in session.content.articles if article.kind in ("story", "page")]
    states = [(state(article, session.now), article) for article in articles]
    held = [(name, article) for name, article in states if name != "published"]
    held.sort(key=lambda pair: (pair[1].date is not None, pair[1].date, pair[1].path), reverse=True)
    return sorted(held, key=lambda pair: pair[0])


def seen(preview: Preview) -> tuple[int, int]:
    """How many pages were made since the last look, and how many there are."""
    pages = [route.url for route in _pages(preview)]
    return sum(url in preview.wrong for url in pages), len(pages)


def unseen(preview: Preview) -> list[str]:
    """The URLs of pages that have not been made since the last look."""
    return [route.url for route in _pages(preview) if route.url not in preview.wrong]


def _pages(preview: Preview) -> Iterator[Route]:
    routes = preview.session.routes.values() if preview.is_open else ()
    return (route for route in routes if route.kind not in _NO_PAGES)


def inspect(preview: Preview, url: str) -> None:
    """Find out what is wrong with a page; it is made only if something may be."""
    route = preview.session.routes.get(url) if preview.is_open else None
    if route is None or url in preview.wrong:
        return
    if preview.session.engine.knows(route.question):
        preview.wrong[url] = None  # of what could not be made nothing is remembered
    else:
        preview.make(route)


def prepare(preview: Preview) -> None:
    """Have at hand what the first edit would have to wait for."""
    if preview.is_open:
        preview.session.related.load()


def let_go(preview: Preview) -> None:
    """Keep nothing in memory of what was inspected: a hundred thousand traces and articles would not fit."""
    if preview.is_open:
        preview.session.engine.unload()
        preview.session.before.unload()
