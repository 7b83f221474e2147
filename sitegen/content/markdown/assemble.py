"""From tokens to segments: HTML and the calls of shortcodes in reading order.

Calls are taken out first, each level of text is rendered with a stand-in for every call, cleaned if it holds raw HTML,
and cut at the stand-ins. So no unclosed tag reaches out of the text between two marks of a shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.content.body import Segments, Shortcode
from sitegen.content.markdown.allowed import clean
from sitegen.content.markdown.calls import CLOSE, OPEN, WHOLE
from sitegen.content.markdown.run import KEY, Run
from sitegen.plain import digest

__all__ = ["segments"]


def segments(md: MarkdownIt, tokens: Sequence[Token], run: Run) -> Segments:
    """The body's HTML, safe unless HTML is trusted, with its calls between."""
    if not run.calls:
        html = _html(md, tokens, run)
        return (html,) if html else ()
    stand_in = "call" + digest(run.source.encode("utf-8", "surrogatepass"))
    return _level(md, iter(tokens), run, stand_in)


def _html(md: MarkdownIt, tokens: Sequence[Token], run: Run) -> str:
    html: str = md.renderer.render(tokens, md.options, {KEY: run})
    return clean(html) if run.html and not run.trusted else html


def _level(md: MarkdownIt, tokens: Iterator[Token], run: Run, stand_in: str) -> Segments:
    """Everything up to the end of the tokens, or to the mark that closes this level."""
    own: list[Token] = []
    calls: list[Shortcode] = []
    for token in tokens:
        if token.type == CLOSE:
            break
        if token.type in (OPEN, WHOLE):
            inner = _level(md, tokens, run, stand_in) if token.type == OPEN else ()
            own.append(Token("text", "", 0, content=f"{stand_in}-{len(calls)}-\n"))
            calls.append(_call(token, inner, run))
        else:
            own.append(token)
    return tuple(_cut(_html(md, own, run), calls, stand_in))


def _call(token: Token, inner: Segments, run: Run) -> Shortcode:
    tag = token.meta["tag"]
    return Shortcode(tag.name, tag.parameters, inner, run.first_line + (token.map[0] if token.map else 0))


def _cut(html: str, calls: Sequence[Shortcode], stand_in: str) -> Iterator[str | Shortcode]:
    for number, part in enumerate(re.split(f"{stand_in}-([0-9]+)-\n?", html)):
        if number % 2:
            yield calls[int(part)]
        elif part:
            yield part
