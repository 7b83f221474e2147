"""Why stories are related, and how good the lists are beside links that people set by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.content.frontmatter import body_text
from sitegen.content.likeness import Likeness
from sitegen.content.terms import likeness, spelt
from sitegen.errors import RouteError, Span, did_you_mean
from sitegen.plain import Record
from sitegen.session import Session
from sitegen.session.reading import settings_of
from sitegen.site.handlinks import HandLinks
from sitegen.site.publication import Allow
from sitegen.site.related.judging import Score, judged
from sitegen.site.snapshot import Site
from sitegen.store import undamaged
from sitegen.urls import normal_url

__all__ = ["NEAR_DAYS", "Evaluation", "Reason", "evaluate", "explain", "hand_links"]

NEAR_DAYS = 60
"""Stories less than so many days apart are neighbours in time."""


class Reason(Record, frozen=True):
    """A story of a list: how similar it is (0 for one that was not found by similarity), and the words that say so."""

    path: str
    title: str
    score: float
    terms: tuple[tuple[str, float], ...] = ()


class Evaluation(Record, frozen=True):
    """The scores over all pairs, and over those that are not neighbours in time; and names of no published story."""

    all: Score
    apart: Score
    unknown: tuple[str, ...]


def explain(folder: Path, name: str, now: datetime | None = None) -> list[Reason]:
    """The stories related to one of the site in `folder`, best first. Raises `SiteProblems`, `RouteError`."""
    return undamaged(lambda forget: _explain(folder, name, now, forget=forget))


def _explain(folder: Path, name: str, now: datetime | None, *, forget: bool) -> list[Reason]:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        _open(session)
        path = _story(session.site, name)
        if path is None:
            hint = did_you_mean(name, session.site.by_name, "give an id, a slug, a path or a URL")
            raise RouteError(f"no published story is called `{name}`", Span(session.config.path), hint, code="no-story")
        article, reasons = session.site.articles[path], session.related.reasons(path)
        words = spelt(article, _body(session, path), settings_of(session.config))
        found = []
        for other in session.engine.read("related", path, session.config.related.count):
            score, added = reasons.get(other, (0.0, {}))
            terms = tuple((words.get(number, "?"), share) for number, share in added.items())
            found.append(Reason(other, session.site.articles[other].title, score, terms))
        return found


def hand_links(folder: Path, now: datetime | None = None) -> dict[str, list[str]]:
    """By path, the stories that the text of each story links to. Raises `SiteProblems`."""
    return undamaged(lambda forget: _hand_links(folder, now, forget=forget))


def _hand_links(folder: Path, now: datetime | None, *, forget: bool) -> dict[str, list[str]]:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        _open(session)
        links = HandLinks(session.site)
        found = {path: _without_links(session, links, path)[1] for path in sorted(session.site.stories)}
        return {path: list(others) for path, others in found.items() if others}


def evaluate(folder: Path, labels: Mapping[str, Collection[str]], k: int, now: datetime | None = None) -> Evaluation:
    """How good the lists of the site in `folder` would be without the links that are set by hand.

    `labels` are the stories that are wanted under each, by path, id, slug or URL. Raises `SiteProblems`.
    """
    return undamaged(lambda forget: _evaluate(folder, labels, k, now, forget=forget))


def _evaluate(
    folder: Path, labels: Mapping[str, Collection[str]], k: int, now: datetime | None, *, forget: bool
) -> Evaluation:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        _open(session)
        site, links, settings = session.site, HandLinks(session.site), settings_of(session.config)
        like: dict[str, Likeness | None] = {
            path: likeness(site.articles[path], _without_links(session, links, path)[0], settings)
            for path in site.stories
        }
        index = session.related.anew(like)
    names = {name for story, others in labels.items() for name in (story, *others)}
    paths = {name: path for name in names if (path := _story(site, name)) is not None}
    wanted = {
        paths[story]: {paths[other] for other in others if other in paths} - {paths[story]}
        for story, others in labels.items()
        if story in paths
    }
    lists = {story: index.similar(story) for story in wanted}
    apart = {story: {other for other in others if _apart(site, story, other)} for story, others in wanted.items()}
    return Evaluation(judged(lists, wanted, k), judged(lists, apart, k), tuple(sorted(names - paths.keys())))


def _open(session: Session) -> None:
    session.read_content()
    session.open_site(Allow())


def _body(session: Session, path: str) -> str:
    return body_text(session.files.load(path))[0]


def _without_links(session: Session, links: HandLinks, path: str) -> tuple[str, dict[str, None]]:
    return links.taken_out(session.site.articles[path], _body(session, path))


def _story(site: Site, name: str) -> str | None:
    """The path of the story that somebody calls so; None if there is none."""
    named: Sequence[str] = site.named(name)
    if named:
        return named[0]
    url = normal_url(name)
    return next((path for path in site.stories if site.articles[path].url == url), None)


def _apart(site: Site, one: str, other: str) -> bool:
    """Whether two stories are no neighbours in time; whoever has no date is nobody's neighbour."""
    here, there = site.articles[one].date, site.articles[other].date
    return here is None or there is None or abs((here - there).days) >= NEAR_DAYS
