"""Callouts: `> [!NOTE] A title` and the quoted lines below it become a note."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.regex import regex

__all__ = ["install"]

_KINDS = ("note", "tip", "important", "warning", "caution")
_FIRST = regex(rf"\[!({'|'.join(_KINDS)})\][ \t]*(.*)(?:\n|$)", re.IGNORECASE)
_TITLES = {
    "ar": "ملاحظة نصيحة مهم تحذير تنبيه",
    "da": "Bemærk Tip Vigtigt Advarsel Forsigtig",
    "de": "Hinweis Tipp Wichtig Warnung Vorsicht",
    "en": "Note Tip Important Warning Caution",
    "es": "Nota Consejo Importante Advertencia Precaución",
    "fr": "Note Conseil Important Avertissement Attention",
    "it": "Nota Consiglio Importante Avviso Attenzione",
    "ja": "注 ヒント 重要 警告 注意",
    "nl": "Opmerking Tip Belangrijk Waarschuwing Voorzichtig",
    "pl": "Uwaga Wskazówka Ważne Ostrzeżenie Przestroga",
    "pt": "Nota Dica Importante Aviso Cuidado",
    "ru": "Примечание Совет Важно Предупреждение Осторожно",
    "sv": "Obs Tips Viktigt Varning Försiktighet",
    "zh": "注意 提示 重要 警告 小心",
}


def install(md: MarkdownIt, language: str) -> None:
    """Adds the rule; a callout without a title gets the name of its kind in this language."""
    names = dict(zip(_KINDS, _TITLES.get(language.partition("-")[0].lower(), _TITLES["en"]).split(), strict=True))

    def callouts(state: StateCore) -> None:
        if "!" in state.src and "[!" in state.src:
            _mark(state, names)

    md.core.ruler.after("block", "callouts", callouts)


def _mark(state: StateCore, names: dict[str, str]) -> None:
    tokens, kept = state.tokens, list[Token]()
    ends: list[bool] = []
    number = 0
    while number < len(tokens):
        token = tokens[number]
        kept.append(token)
        number += 1
        if token.type == "blockquote_open":
            found = _FIRST.match(tokens[number + 1].content) if tokens[number].type == "paragraph_open" else None
            ends.append(found is not None)
            if found:
                kept += _open(token, tokens[number : number + 3], found, names)
                number += 3
        elif token.type == "blockquote_close" and ends.pop():
            token.tag = "div"
    state.tokens = kept


def _open(quote: Token, paragraph: list[Token], found: re.Match[str], names: dict[str, str]) -> list[Token]:
    """The title, and what is left of the paragraph that began with the mark."""
    kind = found[1].lower()
    quote.tag = "div"
    quote.attrJoin("class", f"callout callout-{kind}")
    quote.attrs["role"] = "note"
    inline = paragraph[1]
    assert inline.map is not None
    title = [Token("paragraph_open", "p", 1, block=True), Token("inline", "", 0), Token("paragraph_close", "p", -1)]
    title[0].attrs["class"] = "callout-title"
    title[1].content = found[2].strip() or names[kind]
    title[1].map, title[1].children = [inline.map[0], inline.map[0] + 1], []
    title[2].block = True
    for token in title:
        token.level = inline.level - (token.type != "inline")
    inline.content = inline.content[found.end() :]
    inline.map = [inline.map[0] + 1, inline.map[1]]
    return title + (paragraph if inline.content else [])
