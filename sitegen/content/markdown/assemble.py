"""From tokens to segments: HTML, pictures and the calls of shortcodes in reading order.

Calls are taken out first, each level of text is rendered with a stand-in for every call and picture, cleaned if it
holds raw HTML, and cut at the stand-ins. So no unclosed tag reaches out of the text between two marks of a shortcode.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.content.body import Picture, Segments, Shortcode
from sitegen.content.markdown.allowed import clean
from sitegen.content.markdown.calls import CLOSE, OPEN, WHOLE
from sitegen.content.markdown.rawpictures import with_raw_pictures
from sitegen.content.markdown.run import KEY, Run
from sitegen.plain import digest
from sitegen.regex import regex

__all__ = ["install", "segments"]

_NUMBER = regex("([0-9]+)(?:-\n?|_)")
"""The end of a stand-in: which piece is meant."""


def install(md: MarkdownIt) -> None:
    """Has the renderer put stand-ins in the place of pictures that are files of the site."""
    md.add_render_rule("image", _image)


def _image(self: RendererHTML, tokens: Sequence[Token], number: int, options: OptionsDict, env: EnvType) -> str:
    html: str = RendererHTML.image(self, tokens, number, options, env)  # it also fills in `alt`
    token = tokens[number]
    run: Run = env[KEY]
    if "picture" not in token.meta:
        return html
    return run.put(Picture(token.meta["picture"], {name: str(value) for name, value in token.attrs.items()}))


def segments(md: MarkdownIt, tokens: Sequence[Token], run: Run) -> Segments:
    """The body's HTML, safe unless HTML is trusted, with its calls and pictures between."""
    if not run.calls and not run.pictures:
        html = _html(md, tokens, run)
        return (html,) if html else ()
    run.stand_in = "piece" + digest(run.source.encode("utf-8", "surrogatepass"))
    return _level(md, iter(tokens), run)


def _html(md: MarkdownIt, tokens: Sequence[Token], run: Run) -> str:
    html: str = md.renderer.render(tokens, md.options, {KEY: run})
    return clean(html) if run.html and not run.trusted else html


def _level(md: MarkdownIt, tokens: Iterator[Token], run: Run) -> Segments:
    """Everything up to the end of the tokens, or to the mark that closes this level."""
    own: list[Token] = []
    pieces: list[Shortcode | Picture] = []
    for token in tokens:
        if token.type == CLOSE:
            break
        if token.type in (OPEN, WHOLE):
            inner = _level(md, tokens, run) if token.type == OPEN else ()
            own.append(Token("text", "", 0, content=f"{run.stand_in}-{len(pieces)}-\n"))
            pieces.append(_call(token, inner, run))
        else:
            own.append(token)
    run.pieces = pieces
    return tuple(_cut(with_raw_pictures(run, _html(md, own, run)), pieces, run.stand_in))


def _call(token: Token, inner: Segments, run: Run) -> Shortcode:
    tag = token.meta["tag"]
    return Shortcode(tag.name, tag.parameters, inner, run.first_line + (token.map[0] if token.map else 0))


def _cut(html: str, pieces: Sequence[Shortcode | Picture], stand_in: str) -> Iterator[str | Shortcode | Picture]:
    text, *others = html.split(f"{stand_in}-")
    if text:
        yield text
    for other in others:
        found = _NUMBER.match(other)
        assert found is not None, "only `stand_in` begins like this"
        yield pieces[int(found[1])]
        if found.end() < len(other):
            yield other[found.end() :]
