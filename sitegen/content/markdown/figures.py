"""Figures: pictures that stand alone in a paragraph, with a title or a credit."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

__all__ = ["install"]


def install(md: MarkdownIt) -> None:
    """Adds the rule. The title of a picture is its caption; its attribute `credit` says whose it is."""
    md.core.ruler.push("figures", _figures)


def _figures(state: StateCore) -> None:
    """Turns such a paragraph into a figure; several pictures make several figures."""
    if "![" not in state.src:
        return
    tokens, kept, number = state.tokens, list[Token](), 0
    while number < len(tokens):
        token = tokens[number]
        pictures = _pictures(tokens[number + 1]) if token.type == "paragraph_open" else []
        if pictures:
            pictures[0].attrs |= token.attrs
            for picture in pictures:
                kept += _figure(picture, token.level)
        else:
            kept.append(token)
        number += 3 if pictures else 1
    state.tokens = kept


def _pictures(inline: Token) -> list[Token]:
    """The pictures of a text that holds nothing else, all of them with something to say under them."""
    children = inline.children or []
    if not children or children[0].type != "image":
        return []
    pictures = [child for child in children if child.type not in ("softbreak", "hardbreak")]
    captioned = all(child.type == "image" and ("title" in child.attrs or "credit" in child.meta) for child in pictures)
    return pictures if captioned else []


def _figure(picture: Token, level: int) -> Iterator[Token]:
    """Classes, id and language of the picture are the figure's: they concern its caption too."""
    figure = Token("figure_open", "figure", 1, level=level, block=True)
    figure.attrs = {name: picture.attrs.pop(name) for name in ("class", "id", "lang", "dir") if name in picture.attrs}
    yield figure
    yield Token("inline", "", 0, level=level + 1, children=[picture, *_caption(picture)])
    yield Token("figure_close", "figure", -1, level=level, block=True)


def _caption(picture: Token) -> Iterator[Token]:
    yield Token("figcaption_open", "figcaption", 1)
    title, credit = str(picture.attrs.pop("title", "")), str(picture.meta.get("credit", ""))
    if title:
        yield Token("caption", "", 0, content=title)
    if title and credit:
        yield Token("caption", "", 0, content=" ")
    if credit:
        yield Token("credit_open", "span", 1, attrs={"class": "credit"})
        yield Token("caption", "", 0, content=credit)
        yield Token("credit_close", "span", -1)
    yield Token("figcaption_close", "figcaption", -1)
