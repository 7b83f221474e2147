"""Who may see an article, and when that changes. One predicate, applied before anything else can see the site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from sitegen.content.article import Article
from sitegen.plain import Record

__all__ = ["Allow", "State", "is_public", "next_change", "state"]

State = Literal["published", "draft", "scheduled", "expired", "withdrawn"]


class Allow(Record, frozen=True):
    """States that a preview shows although readers may not see them."""

    drafts: bool = False
    future: bool = False
    expired: bool = False


def state(article: Article, now: datetime) -> State:
    """The state of an article at the instant `now`. It is published from `date` on, and no longer from `expires` on.

    Of one that is withdrawn a notice is published at the same times, and nothing else.
    """
    if article.draft:
        return "draft"
    if article.expires is not None and article.expires <= now:
        return "expired"
    if article.date is not None and article.date > now:
        return "scheduled"
    return "withdrawn" if article.kind == "withdrawn" else "published"


def is_public(article: Article, now: datetime, allow: Allow) -> bool:
    """Whether the site of this instant may contain the article; of a withdrawn one nothing is left but the notice."""
    known = state(article, now)
    if known == "draft":
        return allow.drafts
    if known == "scheduled":
        return allow.future
    return known != "expired" or allow.expired


def next_change(articles: Iterable[Article], now: datetime) -> datetime | None:
    """The next instant at which an article appears or disappears by itself; None if none will."""
    now = now.astimezone(UTC)  # in which most dates are: to compare with those of other zones takes three times as long
    instants = (
        instant
        for article in articles
        for instant in (article.date, article.expires)
        if instant is not None and instant > now and state(article, instant) != state(article, now)
    )
    return min(instants, default=None)
