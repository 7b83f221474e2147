"""Rules for the text itself: the style guide of the house, spelling, and how hard it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sitegen.check.copy import Copy
from sitegen.check.prose import sentences, words
from sitegen.check.rule import Finding, Rule
from sitegen.config import StyleConfig
from sitegen.content.nodes import Scalar
from sitegen.errors import ConfigError, Span

__all__ = ["RULES", "load_dictionary"]

_LINES = ("title", "deck", "kicker", "summary", "dateline")
_LONG_WORD = 6
_ENOUGH = 100
"""Words that a text must have before its level means anything."""


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of these terms, whole; one without capitals in any letter case."""
    longest = sorted(terms, key=len, reverse=True)
    forms = [re.escape(term) if term != term.lower() else f"(?i:{re.escape(term)})" for term in longest]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


def _terms(copy: Copy, table: Mapping[str, str]) -> Iterator[tuple[re.Match[str], Span, str]]:
    """Every term of a table in a file: where, and what the table says of it."""
    if not table:
        return
    pattern = _pattern(tuple(table))
    said = {term.lower(): value for term, value in table.items()} | dict(table)
    for found, span in _everywhere(copy, pattern):
        yield found, span, said.get(found[0], said.get(found[0].lower(), ""))


def _everywhere(copy: Copy, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
    for key in _LINES:
        node = copy.matter.get(key)
        if isinstance(node, Scalar) and node.place.line:
            row, start = copy.line(node.place.line), node.place.column - 1
            for found in pattern.finditer(row, start, start + node.place.length or len(row)):
                yield found, Span(copy.article.path, node.place.line, found.start() + 1, len(found[0]))
    for found in pattern.finditer(copy.prose):
        yield found, copy.in_body(*found.span())


def _preferred(copy: Copy) -> Iterator[Finding]:
    style: StyleConfig = copy.config.check.style
    for found, span, better in _terms(copy, style.prefer):
        new = better[:1].upper() + better[1:] if found[0][:1].isupper() and better.islower() else better
        yield copy.finding(span, f"the house writes `{new}`, not `{found[0]}`", old=found[0], new=new)


def _banned(copy: Copy) -> Iterator[Finding]:
    for found, span, instead in _terms(copy, copy.config.check.style.ban):
        yield copy.finding(span, f"the house does not write `{found[0]}`", hint=instead)


def load_dictionary(folder: Path, names: Iterable[str]) -> frozenset[str]:
    """The words of these files, in lower case. Raises `ConfigError`."""
    return frozenset().union(*(_load(folder, name) for name in names))


def _load(folder: Path, name: str) -> frozenset[str]:
    try:
        rows = (folder / name).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the dictionary `{name}` cannot be read: {error}", Span(name)) from None
    # A list of Hunspell (`.dic`) has flags behind a slash. Its rules for endings are not known here.
    return frozenset(row.partition("/")[0].strip().lower() for row in rows if not row.startswith("#"))


def _misspelt(copy: Copy) -> Iterator[Finding]:
    """Words of a text that are in no dictionary. Names (words with capitals) are passed over."""
    told = set[str]()
    for found in words(copy.prose) if copy.dictionary else ():
        word = found[0].lower().replace("’", "'")
        if found[0] != word and found[0] != found[0].lower():
            continue
        if word in told or len(word) < 3 or any(form in copy.dictionary for form in _forms(word)):
            continue
        told.add(word)
        yield copy.finding(copy.in_body(*found.span()), f"`{found[0]}` is in no dictionary")


def _forms(word: str) -> Iterator[str]:
    """The word, the word without an ending, and its parts: what a plain list may have."""
    yield word
    for ending in ("'s", "s", "es", "ed", "ing", "ly", "d", "er", "est"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word.removesuffix(ending)
            yield word.removesuffix(ending) + "e"
    if "-" in word:
        yield word.replace("-", "")


def _hard(copy: Copy) -> Iterator[Finding]:
    """LIX (C.-H. Björnsson, "Läsbarhet", 1968): words in a sentence, and per cent of words with more than 6 letters."""
    found = words(copy.prose)
    if len(found) < _ENOUGH:
        return
    long = sum(len(word[0]) > _LONG_WORD for word in found)
    level = round(len(found) / sentences(copy.prose) + 100 * long / len(found))
    if level > copy.config.check.reading_level:
        message = f"this text has a LIX of {level}, and {copy.config.check.reading_level} is the most"
        yield copy.finding(copy.at("title"), message, hint="shorter sentences and shorter words")


RULES = (
    Rule(
        code="house-style",
        severity="warning",
        says="A term is written otherwise than the style guide has it.",
        find=_preferred,
    ),
    Rule(
        code="banned-phrase",
        severity="warning",
        says="A phrase stands in a story that the style guide bans.",
        find=_banned,
    ),
    Rule(code="misspelt", severity="warning", says="A word is in none of the files of `dictionary`.", find=_misspelt),
    Rule(code="hard-to-read", severity="off", says="A text is harder to read than `reading_level` allows.", find=_hard),
)
