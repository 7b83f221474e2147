"""The faster parser gives the tokens and the HTML of the library's, whatever the text.

`SITEGEN_TEXTS=200000 pytest tests/markdown/test_same_tokens.py` draws that many texts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.config import MarkdownConfig
from sitegen.content.frontmatter import body_text
from sitegen.content.markdown import fast
from sitegen.content.markdown.parser import parser, rules
from sitegen.content.markdown.run import KEY, Run
from tests.markdown.pieces import PIECES
from tests.markdown.shown import SHORTCODES
from tests.support.commonmark_spec import Example, examples

DEMO = sorted(Path(__file__).parents[2].joinpath("content").rglob("*.md"))
STARTS = [
    "", "", "> ", ">", "- ", "1. ", "   ", "    ", "\t", " ", ": ", "[^1]: ", "# ", "a", "---", "===", "|-", "```",
]  # fmt: skip
FORMS = [
    "a", "B1", "é", " ", "  ", "   ", "\u00a0", "\x0b", "\x1f", "\x85", ".", ",", "\r\n", "\r", "  \n", "\\\n",
    "\n    ", "+ ", "-", "-\t", "1) ", "12. ", "2. ", ">", "> > ", ">\t", "\t- ", "~", "~~~", "````", ": ", "~ ", "#\t",
    "=", "-- -\n", "*a*", "**a**", "***a***", "_a b_", "__a__", "a*b*c", "*a**", "**a*", "~~a~~", "`a`", "``", "(*a*)",
    "*a b*,", "[*a*](b)", "[a](b)", "[a](b)c", "[a b](<c d>)", "[a](b(c)d)", "[a](&amp;b)", "[a](b\\)", "[a]()",
    "[](b)", "[a]", "[a][b]", "[b]: c\n", "![a](b)", '![*a*](b "c")', "<http://a.b>", "<a@b.c>", "&amp;", "&#0;",
    "&nope;", "[^2]", "[^2]: d\n", "|", "| a\n--|--\n",
]  # fmt: skip
DECIDING = [
    "a\n\n: b", "a\n\n~ b", "> a\n>\n>", "a\n: b", "a\n===", "a\nb\n---", "a\n    ---", "> a\n---", "> a\n===\nb",
    "- a\nb", "- a\n- b", "- a\n\n  b", "- a\n      - b", "> - > \t- a", "a|b\n-|-\nc|d", "a\n|-|", "a\n2. b", "    a",
    "a\0b\r\nc\rd", "", "\n", "  ", "a\n ", "\t\ta", " \ta", "\x0ba\x1f", "a\n\x0bb", "[a]: b\n[a]",
    "**a** b", "a **b** c", "*a*b", "a*b*", "*a*", "*a*\u00a0", "\u00a0*a*", "***a***", "**a*", "*a**", "*a *b* c*",
    "&amp;", "![\\*a](b)", "[^1]: a\nb\n\nc[^1]",
    "[a](b)", "[a](b", "[a](b\\)c)", "[a](&lt;)", "[a](<b>)", "[a](b c)", "[[a](b)](c)", "![![a **b** c](d)](e)",
]  # fmt: skip
ODD = st.sampled_from(PIECES + FORMS)
LINES = st.builds(
    lambda starts, words: "".join((*starts, *words)),
    st.lists(st.sampled_from(STARTS), max_size=3),
    st.lists(st.sampled_from(["a", "*b*", "[c](d)", "|"]) | ODD, max_size=2),
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join) | st.lists(ODD | st.text(max_size=4), max_size=30).map("".join)


def library(renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """The library with the rules that a body may need and that are not ours."""
    options = {"maxNesting": 20, "tasklists": True}
    md = MarkdownIt("commonmark", options, renderer_cls=renderer).enable(["table", "strikethrough"])
    return md.use(deflist_plugin).use(footnote_plugin, inline=False)


def faster() -> MarkdownIt:
    md = library(fast.Html)
    fast.install(md)
    md.inline.ruler.at("link", fast.link)
    return md


PLAIN, FAST = library(), faster()
CONFIGURED = [
    (rules(options, "en"), parser(options, "en"), options)
    for options in (MarkdownConfig(), MarkdownConfig(html="allow", extensions=(), typographer=False))
]


def same(text: str) -> None:
    first: dict[str, Any] = {}
    second: dict[str, Any] = {}
    tokens = PLAIN.parse(text, first)
    assert FAST.parse(text, second) == tokens
    assert known(first) == known(second)
    assert html(FAST, tokens) == html(PLAIN, tokens)
    for slow, quick, options in CONFIGURED:
        assert parsed(quick, text, options) == parsed(slow, text, options)


def known(env: dict[str, Any]) -> dict[str, Any]:
    """What was defined; where nothing was, the library leaves an empty record of notes or none."""
    notes = env.get("footnotes", {}).get("refs")
    return env if notes else {name: value for name, value in env.items() if name != "footnotes"}


def html(md: MarkdownIt, tokens: list[Token]) -> str:
    shown: str = md.renderer.render(tokens, md.options, {})
    return shown


def parsed(md: MarkdownIt, text: str, options: MarkdownConfig) -> tuple[object, ...]:
    """All that our own rules make of a text."""
    run = Run(text, options, "a.md", 3, "id", "word", shortcodes=SHORTCODES)
    tokens = md.parse(text, {KEY: run})
    return tokens, run.headings, run.problems, run.ids, run.html, run.calls


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example.number))
def test_examples_of_the_specification(example: Example) -> None:
    same(example.markdown)


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_stories_of_the_demo(path: Path) -> None:
    same(body_text(path.read_bytes())[0])


@pytest.mark.parametrize("text", DECIDING)
def test_what_decides_which_way_is_taken(text: str) -> None:
    same(text)


@settings(max_examples=int(os.environ.get("SITEGEN_TEXTS", "300")), suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_odd_texts(text: str) -> None:
    same(text)
