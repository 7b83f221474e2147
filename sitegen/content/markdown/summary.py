"""What a body says in short: its excerpt, and how many words it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from markdown_it.token import Token

from sitegen.content.markdown.calls import CLOSE, OPEN
from sitegen.regex import regex
from sitegen.text.words import count_words, cut

__all__ = ["summarize", "texts"]

_LIMIT = 240
"""Characters of an excerpt, about."""
_ENOUGH = 80
"""A sentence that ends earlier is too short to stand alone."""
_SENTENCE = regex(
    r"""[.!?…؟۔](?<![\s(][A-Z].)(?<!\b[DMS][rst].)(?<!\bMrs.)(?<!\bNo.)[”’"'»“)\]]*(?=\s|$)|[。！？][」』”’）]*"""
)
"""The mark comes first and what may not stand before it second, so that only marks are looked at."""
_TEXTS = frozenset(("text", "code_inline"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def summarize(tokens: Sequence[Token]) -> tuple[str, int]:
    """Excerpt and number of words of a body that has been parsed."""
    return _excerpt(tokens), count_words("\n".join(texts(tokens)))


def texts(tokens: Sequence[Token]) -> list[str]:
    """The plain text of each block of text, in order."""
    return [_text(token.children) for token in tokens if token.type == "inline" and token.children]


def _text(children: Sequence[Token]) -> str:
    if len(children) == 1 and children[0].type == "text":
        return children[0].content.strip()
    return "".join([
        child.content if child.type in _TEXTS else " " if child.type in _BREAKS else ""
        for child in children
    ]).strip()  # fmt: skip


def _excerpt(tokens: Sequence[Token]) -> str:
    """The paragraphs before the summary mark; without one, the first sentences of the first paragraphs."""
    paragraphs: list[str] = []
    length = 0
    for token, marked in _paragraphs(tokens):
        paragraphs.append(_text(token))
        length += len(paragraphs[-1])
        if marked or length > _LIMIT:
            break
    text = " ".join(filter(None, paragraphs))
    return text if len(text) <= _LIMIT else _shorten(text)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], bool]]:
    """The texts of the paragraphs that are the story's own, and whether the summary ends with each."""
    depth = 0
    before = tokens[0] if tokens else None
    for token in tokens:
        if token.type in (OPEN, CLOSE):
            depth += 1 if token.type == OPEN else -1
        elif token.type == "html_block" and "summary" in token.meta:
            yield (), True
        elif token.type == "inline" and token.level == 1 and depth == 0 and before and before.type == "paragraph_open":
            children = token.children or []
            own = list(takewhile(lambda child: "summary" not in child.meta, children))
            yield own, len(own) < len(children)
        before = token


def _shorten(text: str) -> str:
    """Whole sentences if they say enough, else words."""
    ends = [found.end() for found in _SENTENCE.finditer(text, 0, _LIMIT + 1) if found.end() <= _LIMIT]
    return text[: ends[-1]] if ends and ends[-1] >= _ENOUGH else cut(text, _LIMIT)
