"""Tables: they scroll in a region of their own, which has a name and takes the keyboard's focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.run import run_of
from sitegen.content.markdown.text import plain_text

__all__ = ["install"]

_ALIGNED = "text-align:"


def install(md: MarkdownIt) -> None:
    """Switches tables on; cells are aligned by class (`align-right`), since a page allows no inline style."""
    md.enable("table")
    md.core.ruler.push("tables", _tables)
    md.add_render_rule("table_open", _render_open)
    md.add_render_rule("table_close", _render_close)


def _tables(state: StateCore) -> None:
    labels = run_of(state).labels
    for number, token in enumerate(state.tokens):
        if token.type == "table_open":
            token.meta["label"] = _unique(labels, _label(state.tokens, number))
        elif token.type == "th_open" or token.type == "td_open":
            style = str(token.attrs.pop("style", ""))
            if style:
                token.attrs["class"] = "align-" + style.removeprefix(_ALIGNED)
            if token.tag == "th":
                token.attrs["scope"] = "col"


def _label(tokens: Sequence[Token], number: int) -> str:
    """The header cells of the table that begins here."""
    cells = []
    for token in tokens[number:]:
        if token.type == "thead_close":
            break
        if token.type == "inline":
            cells.append(plain_text(token))
    return ", ".join(filter(None, cells))


def _unique(labels: dict[str, int], label: str) -> str:
    """Two regions of a page may not have one name."""
    labels[label] = count = labels.get(label, 0) + 1
    return label if count == 1 else f"{label} ({count})"


def _render_open(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    token = tokens[number]
    label = token.meta["label"]
    name = f' role="region" aria-label="{escapeHtml(label)}"' if label else ""
    return f'<div class="table-scroll"{name} tabindex="0">\n<table{self.renderAttrs(token)}>\n'


def _render_close(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return "</table>\n</div>\n"
