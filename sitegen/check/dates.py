"""Rules for dates that are dates, and yet can hardly be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from sitegen.check.copy import Copy
from sitegen.check.paper import Paper
from sitegen.check.rule import Finding, Rule
from sitegen.content.article import Article
from sitegen.content.nodes import Items
from sitegen.errors import Span

__all__ = ["RULES"]


def _where(paper: Paper, odd: Callable[[Article], bool]) -> Iterator[Copy]:
    """The files whose articles are odd in this way; only those are opened."""
    yield from paper.copies([path for path, article in paper.articles.items() if odd(article)])


def _updated_early(paper: Paper) -> Iterator[Finding]:
    def odd(article: Article) -> bool:
        return bool(article.updated and article.date and article.updated < article.date)

    for copy in _where(paper, odd):
        yield copy.finding(copy.at("updated"), "this story was updated before it was published")


def _updated_later(paper: Paper) -> Iterator[Finding]:
    now = paper.session.now

    def odd(article: Article) -> bool:
        return bool(article.updated and article.updated > now and not (article.date and article.date > now))

    for copy in _where(paper, odd):
        yield copy.finding(copy.at("updated"), "`updated` lies in the future")


def _far_future(paper: Paper) -> Iterator[Finding]:
    days = paper.config.check.future_days
    latest = paper.session.now + timedelta(days=days)
    for copy in _where(paper, lambda article: bool(article.date and article.date > latest)):
        message = f"this story waits for more than {days} days"
        yield copy.finding(copy.at("date"), message, hint="is the year right?")


def _expires_early(paper: Paper) -> Iterator[Finding]:
    """Looks at all stories: one that is over as soon as it begins is never at work."""
    for article in paper.session.content.articles:
        if article.expires and article.date and article.expires <= article.date:
            span = Span(article.path, article.line("expires"))
            yield Finding(span, "this story expires before it is published")


def _odd_correction(paper: Paper) -> Iterator[Finding]:
    now = paper.session.now
    for copy in _where(paper, lambda article: bool(article.corrections)):
        article = copy.article
        for number, correction in enumerate(article.corrections):
            if article.date and correction.date < article.date and correction.date.date() != article.date.date():
                yield copy.finding(_correction(copy, number), "this was corrected before it was published")
            elif correction.date > now:
                yield copy.finding(_correction(copy, number), "this correction lies in the future")


def _correction(copy: Copy, number: int) -> Span:
    node = copy.matter.get("corrections")
    if isinstance(node, Items) and number < len(node.items):
        return Span(copy.article.path, *node.items[number].place)
    return copy.at("corrections")


RULES = (
    Rule(code="updated-early", severity="warning", says="`updated` lies before `date`.", find=_updated_early),
    Rule(code="updated-later", severity="warning", says="`updated` lies in the future.", find=_updated_later),
    Rule(code="far-future", severity="warning", says="A story waits for longer than `future_days`.", find=_far_future),
    Rule(code="expires-early", severity="warning", says="A story expires before it is published.", find=_expires_early),
    Rule(
        code="odd-correction",
        severity="warning",
        says="A correction is older than its story, or lies in the future.",
        find=_odd_correction,
    ),
)
