"""Markdown within one line: headlines and decks."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.content.markdown import typography
from sitegen.content.markdown.allowed import allowed_in_a_line, clean_inline
from sitegen.content.markdown.text import plain_text
from sitegen.regex import regex

__all__ = ["inline", "plain"]

_DROPPED = frozenset(("link_open", "link_close"))
_TAG = regex(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)


def inline(text: str, language: str = "en") -> str:
    """Safe HTML of a headline or deck: emphasis, code and the like; the text of links without the link."""
    md = _parser(language)
    tokens = _children(md, text)
    html: str = md.renderer.render(tokens, md.options, {})
    return clean_inline(html) if any(token.type == "html_inline" for token in tokens) else html


def plain(text: str, language: str = "en") -> str:
    """The same text without any markup, with the quotes and dashes that `inline` gives it."""
    root = Token("inline", "", 0, children=_children(_parser(language), text))
    return " ".join(plain_text(root).split())


def _children(md: MarkdownIt, text: str) -> list[Token]:
    children: list[Token] = []
    for token in md.parseInline(text)[0].children or []:
        if token.type == "image":
            children.append(Token("text", "", 0, content=plain_text(token)))
        elif token.type not in _DROPPED and not _is_out_of_place(token):
            children.append(token)
    return children


def _is_out_of_place(token: Token) -> bool:
    """Whether it is a tag that no headline has. Only the tag goes: what stood in a script is text, also on the page."""
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    return tag is not None and not allowed_in_a_line(tag[1].lower())


@lru_cache(maxsize=32)
def _parser(language: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"xhtmlOut": False}).enable("strikethrough")
    typography.install(md, language)
    return md
