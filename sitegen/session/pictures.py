"""The pictures of a session: looking at those that are new, their routes, and forgetting what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from typing import TYPE_CHECKING

from sitegen.content.images import Facts
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading
from sitegen.session.making import image_bytes, image_key
from sitegen.session.reading import unreadable
from sitegen.session.session import Session
from sitegen.session.work import spread
from sitegen.site.pictures import Pictured, focuses, picture_files, picture_problems, put_pictures
from sitegen.site.routes import Route

if TYPE_CHECKING:
    from sitegen.content.images.encoding import Encoder

__all__ = [
    "look_at_picture",
    "made_ahead",
    "pictures_to_read",
    "prune_images",
    "put_picture",
    "read_pictures",
    "stale_pictures",
]

_WORTH = 8
"""Pictures that are worth a second process: each is decoded as a whole."""


def read_pictures(session: Session) -> list[Problem]:
    """Every public picture, after the bodies; its routes join those of the session. What is wrong with pictures."""
    todo = pictures_to_read(session)
    shown = tuple(sorted({path for pictures in session.shown.values() for path in pictures}))
    known = session.left.pictured() if session.same_pages and not todo else None
    if known and known.shown == shown:
        session.pictured, session.same_pictures = known, True
        known.change(session.routes)
        return list(known.problems)
    return _read_all(session, todo, shown)


def pictures_to_read(session: Session) -> Sequence[str]:
    """The public pictures that are not what they were, or not known."""
    engine, left, stale = session.engine, session.left, stale_pictures(session)
    pictured = left.pictured() is not None
    if session.same_site and pictured:
        return stale
    known, old = left.media if pictured else {}, set(stale)
    paths = picture_files(session.site)
    return [path for path in paths if path in old or (path not in known and not engine.knows(("picture", path)))]


def stale_pictures(session: Session) -> Sequence[str]:
    """The public pictures that are known and are not what they were."""
    return sorted(str(question[1]) for question in session.engine.stale("picture", session.site.media.__contains__))


def put_picture(session: Session, path: str, places: Mapping[str, Iterable[str]]) -> None:
    """Have the routes of one picture join those of the session, as if something showed it.

    `places` are the focuses of all pictures (`sitegen.site.pictures.focuses`).
    """
    lost = _look_at_one(session, path)
    facts = {path: Facts(fault="unreadable") if lost else session.engine.read("picture", path)}
    put_pictures(session.routes, session.site, facts, (path,), {path: places.get(path, ())})


def look_at_picture(session: Session, path: str) -> Problem | None:
    """What is wrong with a picture."""
    return _look_at_one(session, path) or next(
        iter(picture_problems({path: session.engine.read("picture", path)})), None
    )


def _read_all(session: Session, todo: Sequence[str], shown: tuple[str, ...]) -> list[Problem]:
    lost = dict(_look_at(session, todo))
    paths = picture_files(session.site)
    facts: dict[str, Facts] = {path: session.engine.read("picture", path) for path in paths if path not in lost}
    problems = picture_problems(facts)
    unknown = dict.fromkeys(lost, Facts(fault="unreadable"))
    before = dict(session.routes)
    put_pictures(session.routes, session.site, {**facts, **unknown}, shown, focuses(session.site))
    if not lost:
        session.pictured = Pictured(*_changes(before, session.routes), tuple(problems), shown)
    return [*lost.values(), *problems]


def _changes(before: Mapping[str, Route], after: Mapping[str, Route]) -> tuple[tuple[Route, ...], tuple[str, ...]]:
    """The routes that were put, and the URLs that are gone."""
    return (
        tuple(route for url, route in after.items() if before.get(url) is not route),
        tuple(url for url in before if url not in after),
    )


def _look_at(session: Session, todo: Sequence[str]) -> Iterator[tuple[str, Problem]]:
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
    if not any(url.endswith((".avif", ".webp", ".jpg", ".png", ".ico")) for url in gone):
        return
    session.images.prune(filter(None, (_key(session, route) for route in session.routes.values())))


def _key(session: Session, route: Route) -> str:
    """What the bytes of an output are kept under; empty if they are not."""
    return image_key(route.kind, [*map(str, route.subject)], _mark(session))


def _mark(session: Session) -> Callable[[str], str]:
    return lambda path: session.files.digest(path) or ""


def made_ahead(session: Session, route: Route) -> Callable[[], None] | None:
    """What makes the bytes of a picture, icon or card before they are asked for, and holds them; None if there is
    nothing to make. Another thread may do it, but only one. Raises `OSError`.
    """
    key = _key(session, route)
    if not key or session.images.get(key):
        return None

    def make() -> None:
        with suppress(Exception):  # whoever asks meets it again, in its own place
            subject, load = [*map(str, route.subject)], session.files.load
            session.images.hold(key, image_bytes(route.kind, subject, _mark(session), load, _encoder))

    return make


@cache
def _encoder() -> Encoder:
    """That of the thread that makes pictures ahead."""
    from sitegen.content.images.encoding import Encoder

    return Encoder()
