"""Footnotes: `[^label]` in the text, `[^label]: note` anywhere. Their ids differ from story to story."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from sitegen.content.markdown.run import KEY, Run, run_of
from sitegen.regex import regex

__all__ = ["install"]

_REFERENCE = regex(r"\[\^([^\s\[\]]{1,100})\]")


def install(md: MarkdownIt) -> None:
    """Adds the rules, and how notes look in HTML."""
    md.use(footnote_plugin, inline=False)
    md.block.ruler.at("footnote_def", _definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.at("footnote_ref", _reference)
    md.core.ruler.after("footnote_tail", "footnotes_unused", _unused)
    rules = {
        "footnote_ref": _render_reference,
        "footnote_anchor": _render_back,
        "footnote_open": _render_open,
        "footnote_block_open": _render_block_open,
        "footnote_block_close": _render_block_close,
    }
    for name, write in rules.items():
        md.add_render_rule(name, _renderer(write))


def _renderer(write: Callable[[Token, Run], str]) -> Callable[..., str]:
    return lambda _, tokens, number, __, env: write(tokens[number], env[KEY])


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The rule of the plugin, which does not expect a note within a note."""
    if not state.src.startswith("[^", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    run = run_of(state)
    if silent:
        return footnote_def(state, start_line, end_line, silent)
    if run.in_note:
        return False
    run.in_note = True
    found = footnote_def(state, start_line, end_line, silent)
    run.in_note = False
    return found


def _reference(state: StateInline, silent: bool) -> bool:
    """The rule of the plugin, asked only where a reference stands; a note that does not exist is reported."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if footnote_ref(state, silent):
        return True
    if not silent:
        place = run_of(state).inside(state.src, state.pos)
        run_of(state).report("missing-footnote", f"there is no note `[^{found[1]}]:`", place, len(found[0]))
    return False


def _unused(state: StateCore) -> None:
    """Reports notes that nothing refers to: no reader will see them."""
    run = run_of(state)
    for label, number in state.env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            mark = f"[^{label.removeprefix(':')}]:"
            place = run.at(run.source.find(mark))
            run.report("unused-footnote", f"nothing refers to the note `{mark}`", place, len(mark))


def _id(token: Token, run: Run, kind: str = "fn") -> str:
    """The id of a note, or, for the kind `fnref`, of a place that refers to it."""
    story = re.sub(r"[^\w.-]+", "-", run.doc_id)
    again = token.meta.get("subId", 0) if kind == "fnref" else 0
    return ":".join(filter(None, (kind, story, str(token.meta["id"] + 1), str(again + 1) if again else "")))


def _render_reference(token: Token, run: Run) -> str:
    here, note = _id(token, run, "fnref"), token.meta["id"] + 1
    return f'<sup class="footnote-ref"><a href="#{_id(token, run)}" id="{here}" role="doc-noteref">{note}</a></sup>'


def _render_back(token: Token, run: Run) -> str:
    again = token.meta.get("subId", 0)
    mark = f"↩︎<sup>{again + 1}</sup>" if again else "↩︎"
    return f' <a href="#{_id(token, run, "fnref")}" class="footnote-back" role="doc-backlink">{mark}</a>'


def _render_open(token: Token, run: Run) -> str:
    return f'<li id="{_id(token, run)}">'


def _render_block_open(token: Token, run: Run) -> str:
    return '<div class="footnotes" role="doc-endnotes">\n<ol>\n'  # a `section` would want a heading


def _render_block_close(token: Token, run: Run) -> str:
    return "</ol>\n</div>\n"
