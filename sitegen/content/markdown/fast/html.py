"""Tokens to HTML as the library writes it, without its steps for what a token does not have."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

__all__ = ["Html"]


class Html(RendererHTML):
    """The renderer of the library. Its rules for text and for tags are here, so none may be added for `text`."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """The HTML of blocks, or of what stands within one."""
        rules, parts = self.rules, list[str]()
        for number, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                parts.append(escapeHtml(token.content))
            elif kind == "inline":
                parts.append(self.render(token.children or (), options, env))
            elif kind in rules:
                parts.append(rules[kind](tokens, number, options, env))
            elif token.nesting == -1 and not token.attrs and not token.hidden:
                parts.append(f"</{token.tag}>\n" if token.block else f"</{token.tag}>")
            else:
                parts.append(self.renderToken(tokens, number, options, env))
        return "".join(parts)

    renderInline = render  # noqa: N815 - the library's name

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        """The tag of a token, with the line breaks around the tags of blocks."""
        token = tokens[idx]
        if token.hidden:
            return ""
        attributes = self.renderAttrs(token) if token.attrs else ""
        if token.nesting == -1:
            return f"</{token.tag}{attributes}>\n" if token.block else f"</{token.tag}{attributes}>"
        slash = " /" if token.nesting == 0 and options["xhtmlOut"] else ""
        if not token.block:
            return f"<{token.tag}{attributes}{slash}>"
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        after = "" if token.nesting == 1 and _holds_text(token, tokens, idx + 1) else "\n"
        return f"{before}<{token.tag}{attributes}{slash}>{after}"


def _holds_text(token: Token, tokens: Sequence[Token], number: int) -> bool:
    """Whether no line break follows the token: its text does, or its end."""
    if number == len(tokens):
        return False
    after = tokens[number]
    return after.type == "inline" or after.hidden or (after.nesting == -1 and after.tag == token.tag)
