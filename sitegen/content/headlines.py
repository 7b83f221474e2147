"""Headlines and standfirsts: where they come from, and their inline Markdown."""

from __future__ import annotations

import re
from html import escape
from typing import Literal

from sitegen.regex import regex
from sitegen.text.clean import clean

__all__ = ["TitleSource", "first_heading", "inline_text"]

TitleSource = Literal["field", "heading", "name"]

_MARKS = regex(r"""[\\`*_~<>&\[\](){}^=+$"']|--|\.\.|[?!,]{2}""")
"""What inline Markdown, HTML or the typographer could change; text without any of it is its own HTML."""

_HEADING = regex(
    r"^ {0,3}(?:(?P<fence>```|~~~)|#(?P<atx>[ \t].*)|(?P<setext>[^\s>#`~|-].*)\n {0,3}=+[ \t]*$)", re.MULTILINE
)
_ATTRIBUTES = regex(r"\{[^{}]*\}$")


def first_heading(body: str) -> str:
    """The text of the first heading of level 1 outside of code, or ""."""
    fence = ""
    for match in _HEADING.finditer(body):
        mark = match["fence"]
        if mark:
            fence = "" if mark == fence else fence or mark
        elif not fence:
            return _ATTRIBUTES.sub("", clean(match["atx"] or match["setext"]).strip()).strip(" \t#")
    return ""


def inline_text(text: str, language: str) -> tuple[str, str]:
    """A text with inline Markdown as plain text and as safe HTML; what would vanish as markup is shown as written."""
    if not _MARKS.search(text):
        return text, text
    from sitegen.content.markdown import inline, plain  # here, because few builds have a title to render

    words = plain(text, language)
    return (words, inline(text, language)) if words else (text, escape(text))
