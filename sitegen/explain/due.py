"""What time alone has changed since the last build, and what it will change next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.content.article import Article
from sitegen.content.fronts import FrontFile, Term
from sitegen.files import ChangedWhileReading
from sitegen.plain import Record
from sitegen.session import Session
from sitegen.session.standing import Standing
from sitegen.site.fronts import find_fronts, load_front, next_term
from sitegen.site.publication import State, next_change, state
from sitegen.store import undamaged

__all__ = ["Changed", "Due", "what_is_due"]


class Changed(Record, frozen=True):
    """A story, a page or a slot of a front that is in another state now than at the last build, and since when."""

    at: datetime
    was: State
    now: State
    path: str
    title: str


class Due(Record, frozen=True):
    """What a scheduler wants to know. `built` is the instant of the last build without errors; None: there is none."""

    now: datetime
    built: datetime | None
    changed: tuple[Changed, ...]
    """In order of time."""
    next: datetime | None
    """The next instant at which something changes by itself."""

    @property
    def is_due(self) -> bool:
        """Whether the site should be built now."""
        return self.built is None or bool(self.changed)


def what_is_due(folder: Path, now: datetime | None = None) -> Due:
    """Of the site in `folder`, at the instant `now`. Raises `SiteProblems` if its configuration is wrong."""
    return undamaged(lambda forget: _what_is_due(folder, now, forget=forget))


def _what_is_due(folder: Path, now: datetime | None, *, forget: bool) -> Due:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        session.read_content()
        stories = [article for article in session.content.articles if article.kind in ("story", "page", "withdrawn")]
        fronts = [*_fronts(session)]
        standing = session.store.note("standing", Standing)
        built = (standing.looked or standing.since).astimezone(session.now.tzinfo) if standing else None
        found = [*_changed(stories, built, session.now), *_changed_slots(fronts, built, session.now)]
        ends = next_change(stories, session.now), next_term(fronts, session.now)
        changed = sorted(found, key=lambda found: (found.at, found.path, found.title))
        return Due(session.now, built, tuple(changed), min(filter(None, ends), default=None))


def _fronts(session: Session) -> Iterator[FrontFile]:
    """Those that a build would use."""
    for path in find_fronts(session.config, session.files).paths.values():
        with suppress(OSError, ChangedWhileReading):
            yield load_front(path, session.files, session.config.timezone)


def _changed(stories: Iterable[Article], built: datetime | None, now: datetime) -> Iterator[Changed]:
    if built is None or built > now:
        return
    for article in stories:
        was, then = state(article, built), state(article, now)
        at = next_change([article], built) if was != then else None
        if at is not None:
            yield Changed(at, was, then, article.path, article.title)


def _changed_slots(fronts: Iterable[FrontFile], built: datetime | None, now: datetime) -> Iterator[Changed]:
    if built is None or built > now:
        return
    for file in fronts:
        for term in file.terms:
            was, then = _state(term, built), _state(term, now)
            if was != then:
                at = min(instant for instant in term.instants if instant > built)
                yield Changed(at, was, then, file.path, term.what)


def _state(term: Term, now: datetime) -> State:
    if term.until is not None and term.until <= now:
        return "expired"
    return "scheduled" if term.start is not None and term.start > now else "published"
