"""Rules for headlines, and for the lines that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.copy import Copy
from sitegen.check.rule import Finding, Rule
from sitegen.content.nodes import Scalar
from sitegen.errors import Span
from sitegen.regex import regex

__all__ = ["RULES"]

_FEW_LETTERS = 12
"""A headline of fewer letters may be a name: "NATO", "UEFA 2027"."""
_STOP = regex(r"(?<=[\w)\]*_])\.(?=[\"'*_]*$)")
_ABBREVIATION = regex(r"(?:\b\w\.\w|\b[A-Z][a-z]{0,2}|\betc)\.$")
_BLANKS = regex(r"(?<=\S) {2,}(?=\S)")
_LINES = ("title", "deck", "kicker", "summary")


def _long(copy: Copy) -> Iterator[Finding]:
    length, most = len(copy.article.title), copy.config.check.headline
    if length > most:
        message = f"the headline has {length} characters, and search engines show {most}"
        yield copy.finding(_title(copy), message, hint="say less, and the rest in the `deck`")


def _capitals(copy: Copy) -> Iterator[Finding]:
    letters = [letter for letter in copy.article.title if letter.lower() != letter.upper()]
    if len(letters) >= _FEW_LETTERS and all(map(str.isupper, letters)):
        hint = "write it as a sentence; how it looks is the theme's affair"
        yield copy.finding(_title(copy), "the headline is all in capitals", hint=hint)


def _full_stop(copy: Copy) -> Iterator[Finding]:
    written = copy.matter.get("title")
    if not isinstance(written, Scalar) or _ABBREVIATION.search(written.text):
        return
    text = written.text.rstrip()
    found = _STOP.search(text)
    if found is None or text.count(".") > 1:  # two sentences may end alike
        return
    span = copy.at("title")
    at = copy.line(span.line).find(".", span.column - 1 + found.start())
    place = Span(span.path, span.line, at + 1, 1) if at >= 0 else span
    yield copy.finding(place, "the headline ends in a full stop", hint="leave it out", old=".", new="")


def _blanks(copy: Copy) -> Iterator[Finding]:
    """The values are looked at as they are written: reading them has taken the blanks out."""
    for key in _LINES:
        written = copy.matter.get(key)
        if not isinstance(written, Scalar) or not written.place.length:
            continue
        row, start = copy.line(written.place.line), written.place.column - 1
        value = row[start : start + written.place.length]
        odd = [(start + found.start(), found[0], " ") for found in _BLANKS.finditer(value)]
        odd += [(start + found.start(), found[0], "") for found in _outer(value)]
        behind = row[start + written.place.length :]
        odd += [(start + written.place.length, behind, "")] if behind and behind.isspace() else []
        for column, blanks, kept in odd:
            place = Span(copy.article.path, written.place.line, column + 1, len(blanks))
            yield copy.finding(place, f"`{key}` has blanks too many", old=blanks, new=kept)


_OUTER = regex(r"(?<=^[\"']) +|(?<=\S) +(?=[\"']$)")


def _outer(value: str) -> Iterator[re.Match[str]]:
    """Blanks just inside of the quotes around a value."""
    return _OUTER.finditer(value) if value[:1] in ("'", '"') else iter(())


def _missing_deck(copy: Copy) -> Iterator[Finding]:
    article = copy.article
    if article.kind == "story" and not article.deck and not article.summary:
        message = "this story has neither a `deck` nor a `summary`"
        yield copy.finding(_title(copy), message, hint="lists and search engines show the first sentences instead")


def _missing_summary(copy: Copy) -> Iterator[Finding]:
    if copy.article.kind == "story" and not copy.article.summary:
        yield copy.finding(_title(copy), "this story has no `summary`", hint="feeds and search engines show the deck")


def _title(copy: Copy) -> Span:
    return copy.at("title")


RULES = (
    Rule(code="long-headline", severity="warning", says="A headline is longer than `headline` allows.", find=_long),
    Rule(code="headline-capitals", severity="warning", says="A headline is all in capitals.", find=_capitals),
    Rule(code="headline-stop", severity="warning", says="A headline ends in a full stop.", find=_full_stop),
    Rule(
        code="double-blanks",
        severity="warning",
        says="A line has two blanks in a row, or some at its end.",
        find=_blanks,
    ),
    Rule(code="missing-deck", severity="warning", says="A story has no standfirst and no summary.", find=_missing_deck),
    Rule(code="missing-summary", severity="off", says="A story has no summary.", find=_missing_summary),
)
