"""Template tags of other generators (`{% … %}`): never run, shown as they are, and reported once."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.content.markdown.run import run_of

__all__ = ["install"]

_TAG = re.compile(r"^\s*\{%.*?%\}", re.MULTILINE)


def install(md: MarkdownIt) -> None:
    """Adds the rule."""
    md.core.ruler.after("block", "foreign", _foreign)


def _foreign(state: StateCore) -> None:
    """One warning for all tags that begin a line of text."""
    if "{%" not in state.src:
        return
    run, first, count = run_of(state), None, 0
    for token in state.tokens:
        if token.type == "inline" and token.map and "{%" in token.content:
            found = list(_TAG.finditer(token.content))
            count += len(found)
            if found and first is None:
                first = token.map[0] + token.content.count("\n", 0, found[0].end())
    if first is not None:
        line = first
        tags = "1 template tag is" if count == 1 else f"{count} template tags are"
        hint = "`{% … %}` belongs to another generator; a shortcode is written `{{< name >}}`"
        run.report("foreign-markup", f"{tags} shown as text", lambda: (line, max(0, run.line(line).find("{%"))), 2, hint)
