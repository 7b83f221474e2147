"""What of a Markdown text readers read as text. Code, addresses, tags and marks become blanks, so places stay."""

from __future__ import annotations

import re

from sitegen.regex import regex

__all__ = ["readable", "sentences", "without_code", "words"]

_NOT_TEXT = regex(
    r"""
    ^[ ]{0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[^\n]*$|\Z)   # code
    | ^(?:[ ]{4}|\t)[^\n]*$(?=\n|\Z)                                             # code by indent
    | (?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)
    | <!--.*?(?:-->|\Z)
    | </?[A-Za-z][^<>]*>                                                         # tags, and addresses in brackets
    | \{\{[<%][^\n]*?[>%]\}\}                                                     # shortcodes
    | \]\((?:[^()\n]|\([^()\n]*\))*\)                                            # targets
    | ^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$                                              # definitions of targets and notes
    | \[\^[^\]\n]+\]
    | \{[^{}\n]*\}                                                               # attributes
    | (?:https?://|www\.)[^\s<>)\]]+ | [\w.+-]+@[\w-]+\.[\w.]+
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_NO_BREAK = regex(r"[^\n]")
_SENTENCE = regex(r"[.!?…:]+(?=[\s\"'”’»)]|$)|\n\s*\n", re.MULTILINE)
_WORD = regex(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def readable(body: str) -> str:
    """The text, of the same length and with the same lines."""
    return _NOT_TEXT.sub(lambda found: _NO_BREAK.sub(" ", found[0]), body)


def without_code(body: str) -> str:
    """The same, with everything left but code and comments."""
    return _NOT_TEXT.sub(lambda found: _NO_BREAK.sub(" ", found[0]) if _is_code(found) else found[0], body)


def _is_code(found: re.Match[str]) -> bool:
    return bool(found["fence"] or found["tick"]) or found[0].startswith(("    ", "\t", "<!--"))


def words(prose: str) -> list[re.Match[str]]:
    """Its words; digits are none, and an apostrophe or hyphen within a word belongs to it."""
    return list(_WORD.finditer(prose))


def sentences(prose: str) -> int:
    """How many there are, at least 1: full stops and the like that end something, and gaps between paragraphs."""
    return max(1, sum(1 for part in _SENTENCE.split(prose) if _WORD.search(part or "")))
