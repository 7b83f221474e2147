"""What time alone has changed since the last build, and what it will change next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.content.article import Article
from sitegen.session import Session, undamaged
from sitegen.site.publication import State, next_change, state
from sitegen.standing import Standing

__all__ = ["Changed", "Due", "what_is_due"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A story or page that is in another state now than at the last build, and since when."""

    at: datetime
    was: State
    now: State
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Due:
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
        standing = session.store.note("standing", Standing)
        built = standing.since.astimezone(session.now.tzinfo) if standing else None
        changed = sorted(_changed(stories, built, session.now), key=lambda found: (found.at, found.path))
        return Due(session.now, built, tuple(changed), next_change(stories, session.now))


def _changed(stories: Iterable[Article], built: datetime | None, now: datetime) -> Iterator[Changed]:
    if built is None or built > now:
        return
    for article in stories:
        was, then = state(article, built), state(article, now)
        at = next_change([article], built) if was != then else None
        if at is not None:
            yield Changed(at, was, then, article.path, article.title)
