"""Texts: at each character only those rules are asked which can match there; what lies between is taken at once.

What is not plain text begins with one of a few characters (CommonMark, section 6), so a text without any of them is one
token. Three more shortcuts are safe:

- Without delimiters there is nothing to pair (6.2), so only texts that stand side by side are joined.
- `[label](target)` is a link (6.3) if the label holds none of those characters, and the target no blank, round bracket,
  entity or backslash: nothing that binds more tightly than the brackets can stand in it.
- `*words*` is emphasis (6.2) if the first mark can only open and the second only close, and no character between them
  is special: of all marks these are nearest to each other, so no rule pairs either with another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_inline import StateInline, fragments_join
from markdown_it.rules_inline import link as any_link
from markdown_it.rules_inline.emphasis import tokenize as any_emphasis
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.regex import regex

__all__ = ["Inlines", "emphasis", "link"]

InlineRule = Callable[[StateInline, bool], bool]

_STARTS = {
    "attributes": "{",
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "newline": "\n",
    "shortcode": "{",
    "span": "[",
    "strikethrough": "~",
}
"""The characters that a text of each kind begins with: a rule that is added to the parser is entered here."""
_SPECIAL = "".join(sorted({*"".join(_STARTS.values()), "]"}))
_STOP = regex(f"[{re.escape(_SPECIAL)}]")
_LINK = regex(rf"\[([^{re.escape(_SPECIAL)}]+)\]\(([^\x00-\x20\x7f()<&\\]+)\)")
_EMPHASIS = regex(rf"""(?<![^ \n("'])(\*\*?|__?)([^\W_](?:[^{re.escape(_SPECIAL)}]*[^\W_])?)\1(?=[ \n.,;:!?)"']|\Z)""")


class Inlines(ParserInline):
    """The parser of the library for texts, with a faster way to its rules."""

    def __init__(self, other: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = _Ruler(other.ruler), other.ruler2

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The tokens of a text."""
        if not _STOP.search(src) and not tokens:
            if src:
                tokens.append(_text(src, 0))
            return tokens
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(meta and meta["delimiters"] for meta in state.tokens_meta):
            for rule in self.ruler2.getRules(""):
                rule(state)
        else:
            fragments_join(state)
        return tokens


class _Ruler(Ruler[InlineRule]):
    """Makes one rule of all rules: the one that asks the others."""

    def __init__(self, other: Ruler[InlineRule]) -> None:
        super().__init__()
        self.__rules__ = other.__rules__

    def __compile__(self) -> None:
        rules = [rule for rule in self.__rules__ if rule.enabled and rule.name != "text"]
        by_first = {first: [rule.fn for rule in rules if first in _STARTS[rule.name]] for first in _SPECIAL}
        self.__cache__ = {"": [_asking(by_first)]}


def _asking(by_first: dict[str, list[InlineRule]]) -> InlineRule:
    """A rule that asks those of the rules which can match, or takes all text up to where one may."""

    def ask(state: StateInline, silent: bool) -> bool:
        src, at = state.src, state.pos
        rules = by_first.get(src[at])
        if rules is None:
            stop = _STOP.search(src, at, state.posMax)
            state.pos = stop.start() if stop else state.posMax
            if not silent:
                state.append_pending(src[at : state.pos])
            return True
        for rule in rules:  # noqa: SIM110 - a generator would cost more than most rules
            if rule(state, silent):
                return True
        return False

    return ask


def link(state: StateInline, silent: bool) -> bool:
    """The rule for links, by one look where label and destination are plain."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    url = state.md.normalizeLink(found[2]) if found else ""
    if found is None or not state.md.validateLink(url):
        return any_link(state, silent)
    if not silent:
        if state.pending:
            state.pushPending()
        level = state.level
        state.tokens += (
            Token("link_open", "a", 1, {"href": url}, None, level),
            _text(found[1], level + 1),
            Token("link_close", "a", -1, {}, None, level),
        )
    state.pos = found.end()
    return True


def emphasis(state: StateInline, silent: bool) -> bool:
    """The rule for emphasis, by one look where plain text stands between a mark that opens and one that closes."""
    found = None if silent else _EMPHASIS.match(state.src, state.pos, state.posMax)
    if found is None:
        return any_emphasis(state, silent)
    if state.pending:
        state.pushPending()
    level, mark = state.level, found[1]
    tag = "strong" if mark[1:] else "em"
    opening = Token(f"{tag}_open", tag, 1, {}, None, level, None, "", mark)
    closing = Token(f"{tag}_close", tag, -1, {}, None, level, None, "", mark)
    # The library leaves the outer halves of a double mark behind, as texts that are empty.
    outer = (_text("", level), _text("", level)) if mark[1:] else ()
    state.tokens += (*outer[:1], opening, _text(found[2], level + 1), closing, *outer[1:])
    state.pos = found.end()
    return True


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, {}, None, level, None, content)
