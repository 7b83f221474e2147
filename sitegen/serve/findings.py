"""What a preview finds out about a site little by little: what is wrong in its bodies, and what its pictures are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from sitegen.bodies import bodies_to_read, read_some_bodies
from sitegen.content.images import PICTURES, stem_of
from sitegen.errors import Problem
from sitegen.pictures import look_at_picture, pictures_to_read, put_picture, stale_pictures
from sitegen.session import Session
from sitegen.site.pictures import focuses, picture_files

__all__ = ["Findings"]

_FEW = 20
"""Bodies that are read at once: those that somebody has just edited."""
_SHARE = 5
"""Bodies that are read at a time while nobody waits."""


class Findings:
    """All that is known at one look. What is left to do is handed on to the next."""

    def __init__(self, session: Session, site_problems: Iterable[Problem], last: Findings | None = None) -> None:
        """`site_problems` are those that were found before any body was read; `last` are the findings of the look
        before, if `session` is the one that comes after.
        """
        articles, files = session.site.articles, session.site.media
        self._session = session
        self._site_problems = tuple(site_problems)
        unread = [path for path in (last._unread if last else ()) if path in articles]
        unseen = [path for path in (last._unseen if last else ()) if path in files]
        to_see = stale_pictures(session) if last and session.same_site else pictures_to_read(session)
        lost = last._lost if last else ()
        self._unread: dict[str, None] = dict.fromkeys([*unread, *lost, *bodies_to_read(session)])
        self._unseen: dict[str, None] = dict.fromkeys([*unseen, *to_see])
        self._lost: dict[str, Problem] = {}
        """By path, why a body cannot be read."""
        self._faults = {path: problem for path, problem in _faults(session, last).items() if path in files}
        self._focuses: Mapping[str, Iterable[str]] | None = last._focuses if last and session.same_site else None
        self._stems: Mapping[str, list[str]] | None = last._stems if last and session.same_site else None
        self._put: set[str] = set()
        """Paths of the pictures whose routes are there."""
        if len(self._unread) <= _FEW:
            self._read(list(self._unread))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, as far as it is known."""
        told = chain.from_iterable(self._session.told.values())
        return (*self._site_problems, *self._lost.values(), *told, *self._faults.values())

    def work(self) -> bool:
        """Find out a little more; whether there is more to find out."""
        if self._unread:
            self._read(list(self._unread)[:_SHARE])
        elif self._unseen:
            path = next(iter(self._unseen))
            del self._unseen[path]
            problem = look_at_picture(self._session, path)
            self._faults.pop(path, None)
            if problem:
                self._faults[path] = problem
        return bool(self._unread or self._unseen)

    def _read(self, paths: list[str]) -> None:
        for path in paths:
            del self._unread[path]
        self._lost.update((problem.span.path, problem) for problem in read_some_bodies(self._session, paths))

    # Routes

    def show_picture(self, url: str) -> None:
        """See to it that there are routes for the picture of which this may be the URL, or that of a variant."""
        if not url.lower().endswith(PICTURES):
            return
        for path in self._sources(url):
            if path not in self._put:
                self._put.add(path)
                self._focuses = focuses(self._session.site) if self._focuses is None else self._focuses
                put_picture(self._session, path, self._focuses)

    def _sources(self, url: str) -> list[str]:
        if self._stems is None:
            self._stems = _by_stem(self._session)
        stem = stem_of(url)
        found = [*self._stems.get(url.rpartition(".")[0], ()), *self._stems.get(stem, ())]
        if not found:  # the names of variants are cut off where they would be too long
            found = [path for start, paths in self._stems.items() if stem and start.startswith(stem) for path in paths]
        return found


def _faults(session: Session, last: Findings | None) -> Mapping[str, Problem]:
    if last is not None:
        return last._faults
    known = session.left.pictured()
    return {problem.span.path: problem for problem in known.problems} if known else {}


def _by_stem(session: Session) -> dict[str, list[str]]:
    """The paths of pictures by their URLs without suffix."""
    stems: dict[str, list[str]] = {}
    for path in picture_files(session.site):
        stems.setdefault(session.site.media[path].rpartition(".")[0], []).append(path)
    return stems
