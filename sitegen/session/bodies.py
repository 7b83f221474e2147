"""The bodies of a session: finding out which have to be read, reading them, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from sitegen.content.body import Body
from sitegen.engine.engine import Engine
from sitegen.engine.past import Question
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading
from sitegen.session.reading import unreadable
from sitegen.session.session import Session
from sitegen.session.work import spread

__all__ = ["bodies_to_read", "read_bodies", "read_some_bodies"]

_WORTH = 100
"""Bodies that are worth a second process."""
_Read = tuple[str, tuple[Problem, ...], tuple[str, ...], bool]
"""Path, problems and pictures of a body, and whether it is there although it has problems."""


def read_bodies(session: Session) -> list[Problem]:
    """Every public body; what is wrong in them."""
    lost: list[Problem] = []
    todo = bodies_to_read(session)
    done = 0
    with closing(spread(_read_bodies, session, todo, session.jobs, _WORTH, _expected)) as chunks:
        for chunk in chunks:
            lost += _take(session, chunk.result or map(_lost, chunk.items))
            done += len(chunk.items)
            if session.related.ready:
                session.related.wait(session.store.save_note)
            session.progress("bodies", done, len(todo))
    session.lost = bool(lost)
    return [*lost, *(problem for problems in session.told.values() for problem in problems)]


def read_some_bodies(session: Session, paths: Iterable[str]) -> list[Problem]:
    """Some of those that are `bodies_to_read`; what is wrong with those that cannot be read."""
    return _take(session, _read_bodies(session, paths))


def bodies_to_read(session: Session) -> Sequence[str]:
    """The public bodies that are not what they were, or not known."""
    engine, articles = session.engine, session.site.articles
    stale = {str(question[1]) for question in engine.stale("body", articles.__contains__)}
    if session.same_site:
        return sorted(stale)
    known = session.left.public if session.left.standing else {}
    return [path for path in articles if path in stale or (path not in known and not engine.knows(("body", path)))]


def _take(session: Session, found: Iterable[_Read]) -> list[Problem]:
    """Takes in what a process has read; what is wrong with bodies that are lost."""
    lost: list[Problem] = []
    for path, problems, pictures, kept in found:
        session.told.pop(path, None)
        session.shown.pop(path, None)
        if pictures:
            session.shown[path] = pictures
        if not kept:
            lost += problems
        elif problems:
            session.told[path] = problems
    return lost


def _read_bodies(session: Session, paths: Iterable[str]) -> list[_Read]:
    """In a process."""
    return [(path, *_read_body(session.engine, path)) for path in paths]


def _expected(path: str) -> Iterable[Question]:
    return ("article", path), ("body", path)


def _read_body(engine: Engine, path: str) -> tuple[tuple[Problem, ...], tuple[str, ...], bool]:
    try:
        body: Body = engine.read("body", path)
        engine.release(("body", path))
    except SitegenError as error:
        if isinstance(error, StateError):
            raise
        return (error.problem,), (), False
    except (OSError, ChangedWhileReading) as error:
        return (unreadable(path, error),), (), False
    return body.problems, body.pictures, True


def _lost(path: str) -> _Read:
    problem = Problem("error", "process-died", "the process that rendered this body died", Span(path))
    return path, (problem,), (), False
