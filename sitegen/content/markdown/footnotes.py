"""Footnotes: `[^label]` in the text, `[^label]: note` anywhere. Their ids differ from story to story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from sitegen.content.markdown.run import KEY, Run, run_of

__all__ = ["install"]

_REFERENCE = re.compile(r"\[\^([^\s\]]+)\]")


def install(md: MarkdownIt) -> None:
    """Adds the rules and how notes look in HTML."""
    md.use(footnote_plugin, inline=False)
    md.inline.ruler.at("footnote_ref", _reference)
    md.add_render_rule("footnote_ref", _render_reference)
    md.add_render_rule("footnote_anchor", _render_back)
    md.add_render_rule("footnote_open", _render_open)
    md.add_render_rule("footnote_block_open", _render_block_open)


def _reference(state: StateInline, silent: bool) -> bool:
    """The rule of the plugin, asked only where a reference stands; a note that does not exist is reported."""
    if not state.src.startswith("[^", state.pos):
        return False
    if footnote_ref(state, silent):
        return True
    found = None if silent else _REFERENCE.match(state.src, state.pos)
    if found:
        run = run_of(state)
        place = run.inline_place(state.src, state.pos)
        run.report("missing-footnote", f"there is no footnote `[^{found[1]}]:`", place, len(found[0]))
    return False


def _ids(tokens: Sequence[Token], number: int, env: Any) -> tuple[str, str, str]:
    """The number of a note, its id, and the id of this reference to it."""
    run: Run = env[KEY]
    note, again = tokens[number].meta["id"] + 1, tokens[number].meta.get("subId", 0)
    return str(note), run.note_id(note), run.note_id(note, "fnref", again)


def _render_reference(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    note, target, here = _ids(tokens, number, env)
    return f'<sup class="footnote-ref"><a href="#{target}" id="{here}" role="doc-noteref">{note}</a></sup>'


def _render_back(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    reference = _ids(tokens, number, env)[2]
    again = tokens[number].meta.get("subId", 0)
    mark = f"↩︎<sup>{again + 1}</sup>" if again else "↩︎"
    return f' <a href="#{reference}" class="footnote-back" role="doc-backlink">{mark}</a>'


def _render_open(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return f'<li id="{_ids(tokens, number, env)[1]}">'


def _render_block_open(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return '<section class="footnotes" role="doc-endnotes">\n<ol>\n'
