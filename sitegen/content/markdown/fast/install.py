"""Puts the faster parts into a parser."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, text_join
from markdown_it.token import Token

from sitegen.content.markdown.fast.blocks import Blocks
from sitegen.content.markdown.fast.inlines import Inlines, emphasis

__all__ = ["install"]


def install(md: MarkdownIt) -> None:
    """Keeps the rules that the parser has; others may be added later."""
    md.block = Blocks(md.block.ruler)
    md.inline = Inlines(md.inline)
    md.inline.ruler.at("emphasis", emphasis)
    md.core.ruler.at("normalize", _normalize)
    md.core.ruler.at("text_join", _text_join)


def _normalize(state: StateCore) -> None:
    """One form of line ends and no NUL (section 2), as the library has it, but searched for one by one."""
    if "\r" in state.src:
        state.src = state.src.replace("\r\n", "\n").replace("\r", "\n")
    state.src = state.src.replace("\0", "\ufffd")


def _text_join(state: StateCore) -> None:
    """The rule of the library, for all texts but those that are one token already."""
    several = [token for token in state.tokens if token.children and not _is_text(token.children)]
    text_join(StateCore("", state.md, state.env, several))


def _is_text(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].type == "text"
