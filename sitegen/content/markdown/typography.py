"""Straight quotes become the marks of the language, `--` and `---` dashes, `...` an ellipsis. Never in code.

The texts of a paragraph are read as one, so that quotes may stand around emphasis and links. A double quote without
partner keeps its direction (a speech that goes on opens each paragraph); a single one is an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.quotes import marks
from sitegen.regex import regex

__all__ = ["install", "typeset"]

Marks = tuple[str, str, str, str]
Edit = tuple[int, int, str]

_SIGN = regex(r"""\"|'|-(?:(?<!--)--(?!-)|(?<=[^\s-]-)-(?=[^\s-])|(?<!\S-)-(?!\S))|\.\.\.""")
"""Each alternative begins with a character, so that all others are skipped at once."""
_SPECIAL = regex(r"""["'.-]""")
_PLAIN = {"---": "—", "--": "–", "...": "…"}
_ELIDED = regex(r"'(?:\d\ds?\b|(?:tis|twas|em|til|cause|bout|round|n'|n’)(?!\w))", re.IGNORECASE)
_OBJECT = "\ufffc"
"""Stands for code, pictures and escaped characters while a paragraph is read."""
_BREAKS = frozenset(("softbreak", "hardbreak"))
_BEFORE_OPENING = frozenset("([{<-–—/“‘«„‚‹「『¿¡=\"'")
_AFTER_CLOSING = frozenset(",.;:!?)]}…。、，！？：；）")
_APOSTROPHE, _PRIME, _DOUBLE_PRIME = "’′″"
_OPEN, _CLOSE = "open", "close"
_UNPARTED = "\u2e80"
"""Scripts from here on do not part words by blanks, so a quotation may begin after any letter."""


def install(md: MarkdownIt, language: str) -> None:
    """Adds the rule for this language."""
    pairs = marks(language)

    def typography(state: StateCore) -> None:
        for block in state.tokens:
            if block.type == "inline" and block.children and _wanted(block.content):
                _set(block.children, pairs)

    md.core.ruler.before("text_join", "typography", typography)


def typeset(text: str, pairs: Marks) -> str:
    """One plain text with these marks."""
    return next(_applied([(0, text)], _edits(text, pairs))) if _wanted(text) else text


def _wanted(text: str) -> bool:
    return '"' in text or "'" in text or "--" in text or "..." in text


def _set(children: Sequence[Token], pairs: Marks) -> None:
    """Sets the texts of one paragraph in place."""
    texts: list[Token] = []
    offsets: list[int] = []
    parts: list[str] = []
    length, verbatim = 0, False
    for child in children:
        if child.info == "auto":
            verbatim = child.nesting == 1
        if child.type == "image":
            _set_picture(child, pairs)
        if child.type == "text" and not verbatim:
            texts.append(child)
            offsets.append(length)
        parts.append(_seen(child, verbatim))
        length += len(parts[-1])
    written = [(offset, token.content) for offset, token in zip(offsets, texts, strict=True)]
    for token, new in zip(texts, _applied(written, _edits("".join(parts), pairs)), strict=True):
        token.content = new


def _seen(token: Token, verbatim: bool) -> str:
    """What a token looks like to the marks beside it."""
    if token.type == "text" and not verbatim:
        return token.content
    if token.type in _BREAKS:
        return "\n"
    if token.type == "text_special" and not _SPECIAL.search(token.content):
        return token.content
    return _OBJECT if token.content and token.type != "html_inline" else ""


def _set_picture(picture: Token, pairs: Marks) -> None:
    for words, name in ((picture.attrs, "title"), (picture.meta, "credit")):
        if name in words:
            words[name] = typeset(str(words[name]), pairs)
    if picture.children:
        _set(picture.children, pairs)


def _applied(texts: Iterable[tuple[int, str]], edits: Iterable[Edit]) -> Iterator[str]:
    """The texts, which begin at these offsets, with the edits that lie inside each. Both are in order."""
    edits = iter(edits)
    edit = next(edits, None)
    for offset, text in texts:
        done, parts = 0, list[str]()
        while edit is not None and edit[1] <= offset + len(text):
            if edit[0] >= offset + done:
                parts += text[done : edit[0] - offset], edit[2]
                done = edit[1] - offset
            edit = next(edits, None)
        yield "".join(parts) + text[done:]


def _edits(text: str, pairs: Marks) -> list[Edit]:
    """What to replace in a whole paragraph, in order."""
    edits: list[Edit] = []
    singles: list[int] = []  # edits that open a quotation if a closing mark comes
    depth = 0
    for sign in _SIGN.finditer(text):
        start, end, mark = sign.start(), sign.end(), sign[0]
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        new = _PLAIN.get(mark, mark)
        if mark == '"':
            kind = _double(before, after, depth > 0)
            depth = max(0, depth + (kind == _OPEN) - (kind == _CLOSE))
            new = {_OPEN: pairs[0], _CLOSE: pairs[1]}.get(kind, kind)
        elif mark == "'":
            new = _single(text, start, before, after, bool(singles))
            if new == _OPEN:
                singles.append(len(edits))
            if new == _CLOSE and singles:
                first = singles.pop()
                edits[first] = (*edits[first][:2], pairs[2])
                new = pairs[3]
            elif new in (_OPEN, _CLOSE):
                new = _PRIME if before.isdigit() else _APOSTROPHE
        edits.append((start, end, new))
    return edits


def _double(before: str, after: str, inside: bool) -> str:
    """What a double quote is: beginning or end of a quotation, or the sign to put there."""
    if _opens(before, after, inside) or (not inside and before.isalpha() and after.isalpha()):
        return _OPEN
    if before.isspace():
        return '"'
    return _DOUBLE_PRIME if before.isdigit() and not inside else _CLOSE


def _single(text: str, at: int, before: str, after: str, inside: bool) -> str:
    """What a single quote is: beginning or end of a quotation, if it has a partner, or the sign to put there."""
    if before.isdigit() and after.isdigit():
        return _PRIME
    if before.isalnum() and after.isalnum() and before < _UNPARTED:
        return _APOSTROPHE
    if _opens(before, after, inside):
        return _APOSTROPHE if _ELIDED.match(text, at) else _OPEN
    return "'" if before.isspace() else _CLOSE


def _opens(before: str, after: str, inside: bool) -> bool:
    if after.isspace() or before.isspace():
        return not after.isspace()
    if after in _AFTER_CLOSING:
        return False
    return before in _BEFORE_OPENING or (before >= _UNPARTED and not inside)
