"""The rule for stories that are there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sitegen.check.copy import Copy
from sitegen.check.paper import Paper
from sitegen.check.rule import Finding, Rule
from sitegen.content.article import Article
from sitegen.regex import regex

__all__ = ["RULES"]

_WORD = regex(r"\w+")
_SHINGLE = 4
"""Words in a row that are compared."""
_ALIKE = 0.7
"""The share of shingles that two texts have in common (A. Broder, "On the resemblance and containment of documents",
1997)."""


def _duplicates(paper: Paper) -> Iterator[Finding]:
    """Neighbours in time among stories of one headline: weekly letters of one name are compared once each."""
    by_title: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in paper.articles.values():
        if article.kind == "story":
            by_title[" ".join(article.title.casefold().split()), article.language].append(article)
    for group in by_title.values():
        group.sort(key=lambda article: (article.date is None, article.date and article.date.timestamp(), article.path))
        for first, second in pairwise(group):
            yield from _compared(paper, first, second)


def _compared(paper: Paper, first: Article, second: Article) -> Iterator[Finding]:
    one, other = paper.copy(first.path), paper.copy(second.path)
    if one is None or other is None:
        return
    ours, theirs = _shingles(one), _shingles(other)
    together = len(ours | theirs)
    if not together or len(ours & theirs) / together >= _ALIKE:
        hint = "remove one of them, and give the other its URL as an alias"
        yield other.finding(other.at("title"), f"this is the same story as `{first.path}`", hint=hint)


def _shingles(copy: Copy) -> set[tuple[str, ...]]:
    text = _WORD.findall(copy.prose.lower())
    return set(zip(*(text[start:] for start in range(_SHINGLE)), strict=False)) or {tuple(text)}


RULES = (
    Rule(
        code="duplicate-story",
        severity="warning",
        says="Two stories have one headline and much the same text.",
        find=_duplicates,
    ),
)
