"""Headings: below the story's title, without gaps, each with an id of its own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.body import Heading
from sitegen.content.markdown.calls import CLOSE, OPEN
from sitegen.content.markdown.run import Run, run_of
from sitegen.content.markdown.text import plain_text
from sitegen.regex import regex
from sitegen.text.slugs import slugify

__all__ = ["install_anchors", "install_levels"]

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‹›『』", "'") | dict.fromkeys("“”„«»「」", '"'))
_ID = regex(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


def install_levels(md: MarkdownIt) -> None:
    """The title is the page's only h1: drops a heading that repeats it, and moves the others to h2 and below."""
    md.core.ruler.push("levels", _levels)


def install_anchors(md: MarkdownIt) -> None:
    """Gives ids to headings and gathers the table of contents."""
    md.core.ruler.push("anchors", _anchors)


def _same(one: str, other: str) -> bool:
    """Whether two texts are one to a reader: blanks, letter case and the form of quotes do not count."""
    first, second = ("".join(text.translate(_STRAIGHT).casefold().split()) for text in (one, other))
    return first == second


def _levels(state: StateCore) -> None:
    tokens, dropped = state.tokens, set[int]()
    above: list[int] = []
    title = run_of(state).title
    for number, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        inline, closing = tokens[number + 1 : number + 3]
        level = int(token.tag[1])
        repeated = level == 1 and title and _same(plain_text(inline), title)
        if repeated or not inline.children:
            title = "" if repeated else title
            dropped.update(range(number, number + 3))
        else:
            token.tag = closing.tag = _below(above if token.level == 0 else above.copy(), level)
    if dropped:
        state.tokens = [token for number, token in enumerate(tokens) if number not in dropped]


def _below(above: list[int], level: int) -> str:
    """The tag of a heading, given the levels of the headings it stands under; itself becomes the last of them."""
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return f"h{min(1 + len(above), 6)}"


def _anchors(state: StateCore) -> None:
    run, depth = run_of(state), 0
    if run.html:
        run.ids.update(dict.fromkeys(_ID.findall(run.source), 1))
    for number, token in enumerate(state.tokens):
        if token.type == "heading_open":
            text = plain_text(state.tokens[number + 1])
            _anchor(run, token, text, listed=token.level == 0 and depth == 0)
        elif token.type == OPEN:
            depth += 1
        elif token.type == CLOSE:
            depth -= 1


def _anchor(run: Run, token: Token, text: str, *, listed: bool) -> None:
    if "id" not in token.attrs:
        token.attrs["id"] = run.claim(slugify(text) or "section")
    if listed and text:
        run.headings.append(Heading(int(token.tag[1]), str(token.attrs["id"]), text))
