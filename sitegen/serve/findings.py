"""What a preview finds out about a site little by little: what is wrong in its bodies, and what its pictures are."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from itertools import chain

from sitegen.content.images import PICTURES, stem_of
from sitegen.errors import Problem
from sitegen.session import Session
from sitegen.session.bodies import read_some_bodies
from sitegen.session.pictures import look_at_picture, put_picture
from sitegen.site.pictures import focuses, picture_files

__all__ = ["Findings"]

_FEW = 20
"""Bodies that are read at once: those that somebody has just edited."""
_SHARE = 0.005
"""Seconds that somebody may have to wait because of what nobody has asked for."""


class Findings:
    """All that is known at one look. What is left to do is handed on to the next."""

    def __init__(self, session: Session, site_problems: Iterable[Problem], last: Findings | None = None) -> None:
        """`site_problems` are those that were found before any body was read; `last` are the findings of the look
        before, if `session` is the one that comes after.
        """
        self._session = session
        self._site_problems = tuple(site_problems)
        self._shortcodes = session.engine.read("shortcodes")
        faults = last._faults if last else _faults(session)
        last = last if session.same_site and last and last._shortcodes == self._shortcodes else None
        unread = [*last._unread, *last._lost, *session.content.fresh] if last else session.site.articles
        unseen = [*last._unseen, *_touched(session)] if last else picture_files(session.site)
        self._unread: dict[str, None] = dict.fromkeys(unread)
        self._unseen: dict[str, None] = dict.fromkeys(unseen)
        self._lost: dict[str, Problem] = {}
        """By path, why a body cannot be read."""
        self._faults: dict[str, Problem] = {path: told for path, told in faults.items() if path in session.site.media}
        self._focuses: Mapping[str, Iterable[str]] | None = last._focuses if last else None
        self._stems: Mapping[str, list[str]] | None = last._stems if last else None
        self._put: set[str] = set()
        """Paths of the pictures whose routes are there."""
        if len(self._unread) <= _FEW:
            for path in list(self._unread):
                self._read(path)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, as far as it is known."""
        told = chain.from_iterable(self._session.told.values())
        return (*self._site_problems, *self._lost.values(), *told, *self._faults.values())

    def work(self) -> bool:
        """Find out a little more; whether there is more to find out."""
        end = time.monotonic() + _SHARE
        while (self._unread or self._unseen) and time.monotonic() < end:
            if self._unread:
                self._read(next(iter(self._unread)))
            else:
                self._look_at(next(iter(self._unseen)))
        self._session.engine.unload()  # a hundred thousand traces would not fit into memory
        return bool(self._unread or self._unseen)

    def _read(self, path: str) -> None:
        del self._unread[path]
        if not self._session.engine.knows_from_before(("body", path)):
            self._lost.update((problem.span.path, problem) for problem in read_some_bodies(self._session, [path]))

    def _look_at(self, path: str) -> None:
        del self._unseen[path]
        if not self._session.engine.knows_from_before(("picture", path)):
            self._faults.pop(path, None)
            problem = look_at_picture(self._session, path)
            self._faults.update({path: problem} if problem else {})

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


def _touched(session: Session) -> Iterable[str]:
    """The pictures that may not be what they were."""
    suspects, files = session.files.suspects or (), session.site.media
    return (path for path in suspects if path in files and path.lower().endswith(PICTURES))


def _faults(session: Session) -> Mapping[str, Problem]:
    """What the last build has said of pictures."""
    known = session.left.pictured()
    return {problem.span.path: problem for problem in known.problems} if known else {}


def _by_stem(session: Session) -> dict[str, list[str]]:
    """The paths of pictures by their URLs without suffix."""
    stems: dict[str, list[str]] = {}
    for path in picture_files(session.site):
        stems.setdefault(session.site.media[path].rpartition(".")[0], []).append(path)
    return stems
