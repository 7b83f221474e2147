"""Template tags of other generators (`{% … %}`): never run, shown as they are, and reported once."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.content.markdown.run import run_of
from sitegen.regex import regex

__all__ = ["install"]

_TAG = regex(r"\s*\{%.*?%\}")


def install(md: MarkdownIt) -> None:
    """Adds the rule."""
    md.core.ruler.after("block", "foreign", _foreign)


def _foreign(state: StateCore) -> None:
    """One warning for all tags that begin a line of text."""
    if "{" not in state.src:  # one character is found far sooner than two
        return
    run, lines = run_of(state), list[int]()
    for token in state.tokens:
        if token.type == "inline" and token.map and "{%" in token.content:
            first = token.map[0]
            lines += [first + number for number, line in enumerate(token.content.split("\n")) if _TAG.match(line)]
    if lines:
        tags = "1 template tag is" if len(lines) == 1 else f"{len(lines)} template tags are"
        hint = "`{% … %}` belongs to another generator; a shortcode is written `{{< name >}}`"
        place = lines[0], max(0, run.line(lines[0]).find("{%"))
        run.report("foreign-markup", f"{tags} shown as text", lambda: place, 2, hint)
