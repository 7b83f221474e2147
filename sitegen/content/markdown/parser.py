"""The parser for one set of options and one language: set up once, used for every body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from sitegen.config import MarkdownConfig
from sitegen.content.markdown import (
    assemble,
    attributes,
    callouts,
    calls,
    entries,
    fast,
    figures,
    footnotes,
    foreign,
    headings,
    rawhtml,
    tables,
    targets,
    tasks,
    typography,
)  # fmt: skip
from sitegen.content.markdown.highlight import code_block, plain_block
from sitegen.content.markdown.run import run_of

__all__ = ["parser", "rules"]

_DEEPEST = 60
"""Levels of nesting beyond which text is left out."""


def _strikethrough(md: MarkdownIt) -> None:
    md.enable("strikethrough")


_EXTENSIONS: dict[str, Callable[[MarkdownIt], None]] = {
    "tables": tables.install,
    "strikethrough": _strikethrough,
    "footnotes": footnotes.install,
    "definition-lists": deflist_plugin,
    "task-lists": tasks.install,
    "attributes": attributes.install,
    "figures": figures.install,
    "shortcodes": calls.install,
    "anchors": headings.install_anchors,
}


@lru_cache(maxsize=32)
def parser(options: MarkdownConfig, language: str) -> MarkdownIt:
    """A parser whose rules find what belongs to one body in its `env`."""
    md = rules(options, language)
    fast.install(md)
    return md


def rules(options: MarkdownConfig, language: str) -> MarkdownIt:
    """The same parser as the library makes it, which asks every rule everywhere."""
    plain = not options.extensions
    md = MarkdownIt(
        "commonmark",
        {"html": options.html != "escape", "maxNesting": _DEEPEST, "xhtmlOut": plain},
        renderer_cls=fast.Html,
    )
    md.core.ruler.at("inline", _inline)
    md.add_render_rule("blockquote_open", _quote)
    md.add_render_rule("caption", _caption)
    targets.install(md)
    assemble.install(md)
    rawhtml.install(md)
    foreign.install(md)
    if not plain:
        md.options["highlight"] = code_block if options.highlight else plain_block
        md.add_render_rule("code_block", _indented)
        headings.install_levels(md)
        entries.install(md)
    if "callouts" in options.extensions:
        callouts.install(md, language)
    for name, install in _EXTENSIONS.items():
        if name in options.extensions:
            install(md)
    if options.typographer:
        typography.install(md, language)
    return md


def _inline(state: StateCore) -> None:
    """Parses the text of each block, and lets the run know which one it is."""
    run, parse = run_of(state), state.md.inline.parse
    for token in state.tokens:
        if token.type == "inline":
            run.block = token
            parse(token.content, state.md, state.env, token.children)  # type: ignore[arg-type]


def _indented(_: RendererHTML, tokens: Sequence[Token], number: int, *__: Any) -> str:
    """Code by indent looks like code in a fence."""
    return plain_block(tokens[number].content, "", "") + "\n"


def _quote(self: RendererHTML, *arguments: Any) -> str:
    """An empty quotation takes two lines too, as the specification has it."""
    return self.renderToken(*arguments).rstrip("\n") + "\n"


def _caption(_: RendererHTML, tokens: Sequence[Token], number: int, *__: Any) -> str:
    """Text that is no part of the story's text."""
    return escapeHtml(tokens[number].content)
