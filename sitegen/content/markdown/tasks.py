"""Task lists: `- [x] done`. A box nobody can change, with the text of the item as its label."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

__all__ = ["install"]


def install(md: MarkdownIt) -> None:
    """Adds the rules."""
    md.options["tasklists"] = True
    md.core.ruler.after("inline", "tasks", _tasks)


def _tasks(state: StateCore) -> None:
    """Puts box and label around the first text of each item that is a task."""
    if "[" not in state.src:
        return
    for number, token in enumerate(state.tokens):
        if token.type == "list_item_open" and "checked" in token.meta:
            inline = state.tokens[number + 2]
            if inline.type == "inline" and inline.children is not None:
                inline.children = _labelled(inline.children, checked=token.meta.pop("checked"))


def _labelled(children: list[Token], *, checked: bool) -> list[Token]:
    box = Token("task_box", "input", 0, attrs={"type": "checkbox", "disabled": ""})
    if checked:
        box.attrs["checked"] = ""
    blank = Token("text", "", 0, content=" ")
    return [Token("task_open", "label", 1), box, blank, *children, Token("task_close", "label", -1)]
