"""The plain text of tokens."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

__all__ = ["plain_text"]

_WORDS = frozenset(("text", "code_inline", "text_special"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def plain_text(token: Token) -> str:
    """What a reader reads in an inline token or a picture; marks, footnote numbers and HTML left out."""
    return "".join(_texts(token.children or ())).strip()


def _texts(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type in _WORDS:
            yield token.content
        elif token.type in _BREAKS:
            yield " "
        elif token.type == "image" and token.children:
            yield plain_text(token)
