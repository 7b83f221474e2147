"""Which article is in which state, and when that changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.content.article import Article
from sitegen.errors import Problem
from sitegen.plain import Record
from sitegen.session import Session
from sitegen.site.publication import State, next_change, state
from sitegen.store import undamaged

__all__ = ["Listing", "Row", "articles_by_state"]


class Row(Record, frozen=True):
    """One article: its state now, and the instant at which it changes by itself (None: it does not)."""

    state: State
    changes: datetime | None
    path: str
    title: str
    url: str


class Listing(Record, frozen=True):
    """The rows, those that change soonest first, then by path; and what was wrong with the files."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def articles_by_state(folder: Path, now: datetime | None = None) -> Listing:
    """Every story and page of the site in `folder`. Raises `SiteProblems` if its configuration is wrong."""
    return undamaged(lambda forget: _by_state(folder, now, forget=forget))


def _by_state(folder: Path, now: datetime | None, *, forget: bool) -> Listing:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        session.read_content()
        content = session.content
        stories = (article for article in content.articles if article.kind in ("story", "page", "withdrawn"))
        rows = [_row(session, article) for article in stories]
    rows.sort(key=lambda row: (row.changes is None, row.changes, row.path))
    return Listing(tuple(rows), content.problems)


def _row(session: Session, article: Article) -> Row:
    changes = next_change([article], session.now)
    return Row(state(article, session.now), changes, article.path, article.title, article.url)
