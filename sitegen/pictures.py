"""The pictures of a session: looking at those that are new, their routes, and forgetting what is gone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import closing

from sitegen.content.images import Facts
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading
from sitegen.questions import cache_key
from sitegen.reading import unreadable
from sitegen.session import Session
from sitegen.site.pictures import Pictured, picture_files, picture_problems, put_pictures
from sitegen.site.routes import Route
from sitegen.work import spread

__all__ = ["prune_images", "read_pictures"]

_WORTH = 8
"""Pictures that are worth a second process: each is decoded as a whole."""


def read_pictures(session: Session) -> list[Problem]:
    """Every public picture, after the bodies; its routes join those of the session. What is wrong with pictures."""
    paths = picture_files(session.site)
    stale = {str(question[1]) for question in session.engine.stale("picture", set(paths).__contains__)}
    shown = tuple(sorted({path for pictures in session.shown.values() for path in pictures}))
    known = session.store.note("pictures", Pictured) if session.same_pages and not stale else None
    if known and known.shown == shown:
        session.pictured, session.same_pictures = known, True
        known.change(session.routes)
        return list(known.problems)
    return _read_all(session, paths, stale, shown)


def _read_all(session: Session, paths: list[str], stale: Container[str], shown: tuple[str, ...]) -> list[Problem]:
    lost = dict(_look_at(session, paths, stale))
    facts: dict[str, Facts] = {path: session.engine.read("picture", path) for path in paths if path not in lost}
    problems = picture_problems(facts)
    unknown = dict.fromkeys(lost, Facts(fault="unreadable"))
    before = dict(session.routes)
    put_pictures(session.routes, session.site, {**facts, **unknown}, shown)
    if not lost:
        session.pictured = Pictured(*_changes(before, session.routes), tuple(problems), shown)
    return [*lost.values(), *problems]


def _changes(before: Mapping[str, Route], after: Mapping[str, Route]) -> tuple[tuple[Route, ...], tuple[str, ...]]:
    """The routes that were put, and the URLs that are gone."""
    return (
        tuple(route for url, route in after.items() if before.get(url) is not route),
        tuple(url for url in before if url not in after),
    )


def _look_at(session: Session, paths: list[str], stale: Container[str]) -> Iterator[tuple[str, Problem]]:
    """Have what is not known of pictures found out; those of which it could not be."""
    session.engine.past.load()
    numbers, findings = session.engine.past.numbers, session.engine.past.findings
    todo = [path for path in paths if path in stale or numbers.get(("picture", path)) not in findings]
    done = 0
    with closing(spread(_look_at_some, session, todo, session.jobs, _WORTH)) as chunks:
        for chunk in chunks:
            yield from chunk.result if chunk.result is not None else [(path, _died(path)) for path in chunk.items]
            done += len(chunk.items)
            session.progress("pictures", done, len(todo))


def _look_at_some(session: Session, paths: Iterable[str]) -> list[tuple[str, Problem]]:
    """In a process: those of some pictures that cannot be read."""
    return [(path, problem) for path in paths if (problem := _look_at_one(session, path))]


def _look_at_one(session: Session, path: str) -> Problem | None:
    try:
        session.engine.read("picture", path)
    except StateError:
        raise
    except SitegenError as error:
        return error.problem
    except (OSError, ChangedWhileReading) as error:
        return unreadable(path, error)
    return None


def _died(path: str) -> Problem:
    return Problem("error", "process-died", "the process that looked at this picture died", Span(path))


def prune_images(session: Session, gone: Iterable[str]) -> None:
    """Forget the bytes of variants that nothing shows any more, if some of the URLs that are `gone` may be such."""
    if not any(url.endswith((".avif", ".webp", ".jpg", ".png")) for url in gone):
        return
    routes = (route for route in session.routes.values() if route.kind == "picture")
    session.images.prune(
        cache_key(session.files.digest(str(route.subject[0])) or "", str(route.subject[1])) for route in routes
    )
