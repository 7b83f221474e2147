"""Tables: they scroll in a region of their own, which has a name and takes the keyboard's focus."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.run import Run, run_of
from sitegen.content.markdown.text import plain_text

__all__ = ["install"]

_ALIGNED = "text-align:"


def install(md: MarkdownIt) -> None:
    """Switches tables on; cells are aligned by class (`align-right`), since a page allows no inline style."""
    md.enable("table")
    md.core.ruler.push("tables", _tables)


def _tables(state: StateCore) -> None:
    if "|" not in state.src:
        return
    kept: list[Token] = []
    for number, token in enumerate(state.tokens):
        if token.tag == "table" and token.nesting == 1:
            kept.append(_region(run_of(state), state.tokens[number:]))
        kept.append(token)
        if token.tag == "table" and token.nesting == -1:
            kept.append(Token("region_close", "div", -1, block=True))
        elif token.tag in ("th", "td") and token.nesting == 1:
            _cell(token)
    state.tokens = kept


def _cell(token: Token) -> None:
    if "style" in token.attrs:
        token.attrs["class"] = "align-" + str(token.attrs.pop("style")).removeprefix(_ALIGNED)
    if token.tag == "th":
        token.attrs["scope"] = "col"


def _region(run: Run, tokens: Iterable[Token]) -> Token:
    """What the table scrolls in, named by the table's header cells."""
    cells = [plain_text(token) for token in takewhile(lambda token: token.type != "thead_close", tokens)]
    label = ", ".join(filter(None, cells))
    region = Token("region_open", "div", 1, attrs={"class": "table-scroll", "tabindex": "0"}, block=True)
    if label:
        run.labels[label] += 1  # two regions of a page may not have one name
        number = run.labels[label]
        region.attrs |= {"role": "region", "aria-label": f"{label} ({number})" if number > 1 else label}
    return region
