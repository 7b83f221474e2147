"""Findings that somebody has seen and wants so: told in the file itself, so that the next reader knows it too.

`sitegen-ignore CODE …` in a comment of whatever language silences these codes in its line, or, if nothing else stands
there, in the next one;
`check: {ignore: [CODE, …]}` in the front matter does so for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from sitegen.check.registry import RULES
from sitegen.content.article import Article
from sitegen.errors import Problem
from sitegen.regex import regex

__all__ = ["audible"]

_MARK = regex(r"sitegen-ignore[ \t]+([a-z-]+(?:[ \t,]+[a-z-]+)*)")
_ALONE = regex(r"\W*sitegen-ignore")
ReadLine = Callable[[str, int], str | None]


def audible(problems: Iterable[Problem], articles: Mapping[str, Article], read_line: ReadLine) -> Iterator[Problem]:
    """Those that nobody has silenced. What ends a build cannot be."""
    marks = lru_cache(maxsize=4096)(lambda path, line: _marks(read_line(path, line)))
    for problem in problems:
        article, span = articles.get(problem.span.path), problem.span
        if problem.severity == "error" and problem.code not in RULES:
            yield problem
            continue
        if article is not None and problem.code in article.check:
            continue
        above = _above(span.path, span.line, read_line)
        if problem.code not in marks(span.path, span.line) and problem.code not in marks(span.path, above):
            yield problem


def _above(path: str, line: int, read_line: ReadLine) -> int:
    """The nearest line above that is not blank, if it is nothing but such a comment; else 0."""
    for number in range(line - 1, 0, -1):
        text = read_line(path, number) or ""
        if text.strip():
            return number if _ALONE.match(text) else 0
    return 0


def _marks(line: str | None) -> frozenset[str]:
    found = _MARK.search(line or "")
    return frozenset(re.split(r"[ \t,]+", found[1])) if found else frozenset()
