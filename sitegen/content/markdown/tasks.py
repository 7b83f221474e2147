"""Task lists: `- [x] done`. A box nobody can change, with the text of the item as its label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

__all__ = ["install"]


def install(md: MarkdownIt) -> None:
    """Adds the rules."""
    md.options["tasklists"] = True
    md.core.ruler.after("inline", "tasks", _tasks)
    md.add_render_rule("list_item_open", _render_item)
    md.add_render_rule("task_open", _render_open)


def _tasks(state: StateCore) -> None:
    """Puts a label around the first text of each item that is a task."""
    if "[" not in state.src:
        return
    for number, token in enumerate(state.tokens):
        if token.type != "list_item_open" or "checked" not in token.meta:
            continue
        inline = state.tokens[number + 2] if number + 2 < len(state.tokens) else token
        if inline.type == "inline" and inline.children is not None:
            opening = Token("task_open", "label", 1, meta=token.meta)
            inline.children = [opening, *inline.children, Token("task_close", "label", -1)]


def _render_item(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    html: str = self.renderToken(tokens, number, options, env)
    return html


def _render_open(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    checked = " checked" if tokens[number].meta["checked"] else ""
    return f'<label><input type="checkbox" disabled{checked}> '
