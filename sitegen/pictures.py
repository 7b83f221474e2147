"""The pictures of a session: looking at those that are new, their routes, and forgetting what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from sitegen.content.images import Facts
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading
from sitegen.questions import cache_key
from sitegen.reading import unreadable
from sitegen.session import Session
from sitegen.site.pictures import picture_files, picture_problems, put_pictures
from sitegen.work import spread

__all__ = ["prune_images", "read_pictures"]

_WORTH = 8
"""Pictures that are worth a second process: each is decoded as a whole."""


def read_pictures(session: Session) -> list[Problem]:
    """Every public picture, after the bodies; its routes join those of the session. What is wrong with pictures.

    If neither pictures nor who shows them have changed, the routes of the last session have them already.
    """
    paths = picture_files(session.site)
    todo = _to_look_at(session, paths)
    known = session.store.note("pictures", tuple[Problem, ...])
    if known is not None and session.same_routes and session.same_shown and not todo:
        session.picture_problems = known
        return list(known)
    session.forget_pictures()
    lost = dict(_look_at(session, todo))
    session.lost = session.lost or bool(lost)
    facts: dict[str, Facts] = {path: session.engine.read("picture", path) for path in paths if path not in lost}
    unknown = dict.fromkeys(lost, Facts(fault="unreadable"))
    in_bodies = (path for shown in session.shown.values() for path in shown)
    put_pictures(session.routes, session.site, {**facts, **unknown}, in_bodies)
    session.picture_problems = tuple(picture_problems(facts))
    return [*lost.values(), *session.picture_problems]


def _to_look_at(session: Session, paths: list[str]) -> list[str]:
    engine, wanted = session.engine, set(paths)
    stale = {question[1] for question in engine.stale("picture", wanted.__contains__)}
    if session.same_routes:  # nothing was lost in the last session, and there are the same files
        return [path for path in paths if path in stale]
    engine.past.load()
    numbers, findings = engine.past.numbers, engine.past.findings
    return [path for path in paths if path in stale or numbers.get(("picture", path)) not in findings]


def _look_at(session: Session, todo: list[str]) -> Iterator[tuple[str, Problem]]:
    """Have what is not known of pictures found out; those of which it could not be."""
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
