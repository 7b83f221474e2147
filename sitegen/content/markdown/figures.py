"""Figures: pictures that stand alone in a paragraph, with a title or a credit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

__all__ = ["install", "render_image"]


def install(md: MarkdownIt) -> None:
    """Adds the rules. The title of a picture is its caption; its attribute `credit` says whose it is."""
    md.core.ruler.push("figures", _figures)
    md.add_render_rule("figure", _render_figure)


def _figures(state: StateCore) -> None:
    """Turns the three tokens of a paragraph into one for each picture; several pictures make several figures."""
    tokens, kept, number = state.tokens, list[Token](), 0
    while number < len(tokens):
        token = tokens[number]
        number += 1
        pictures = _pictures(tokens[number]) if token.type == "paragraph_open" else []
        if not pictures:
            kept.append(token)
            continue
        for picture in pictures:
            figure = Token("figure", "figure", 0, block=True, level=token.level, children=[picture])
            figure.attrs, token.attrs = token.attrs, {}
            kept.append(figure)
        number += 2
    state.tokens = kept


def _pictures(inline: Token) -> list[Token]:
    """The pictures of a text that holds nothing else, all of them with something to say under them."""
    children = inline.children or []
    if not children or children[0].type != "image":
        return []
    pictures = [child for child in children if child.type not in ("softbreak", "hardbreak")]
    captioned = all(child.type == "image" and ("title" in child.attrs or "credit" in child.attrs) for child in pictures)
    return pictures if captioned else []


def _render_figure(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    figure = tokens[number]
    assert figure.children is not None
    attrs = figure.children[0].attrs
    title, credit = str(attrs.pop("title", "")), str(attrs.pop("credit", ""))
    if "class" in attrs:
        figure.attrJoin("class", str(attrs.pop("class")))
    if credit:
        credit = f'<span class="credit">{escapeHtml(credit)}</span>'
    caption = " ".join(filter(None, (escapeHtml(title), credit)))
    picture = render_image(self, figure.children, 0, options, env)
    return f"<figure{self.renderAttrs(figure)}>{picture}<figcaption>{caption}</figcaption></figure>\n"


def render_image(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    """A picture as HTML. `credit` is no attribute of HTML: outside a figure it is left out."""
    tokens[number].attrs.pop("credit", None)
    html: str = self.image(tokens, number, options, env)
    return html
