"""Counting and cutting words, also where a script does not part them by blanks."""

from __future__ import annotations

import re

__all__ = ["count_words", "cut", "reading_minutes"]

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""

_DENSE = re.compile(f"[{_UNPARTED}]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_CHARACTERS_A_WORD = 2
_WORDS_A_MINUTE = 230


def count_words(text: str) -> int:
    """Words; where a script does not part them by blanks, one for every two characters."""
    parted, dense = (text, 0) if text.isascii() else _DENSE.subn(" ", text)
    return sum(1 for word in parted.split() if _LETTER_OR_DIGIT.search(word)) + -(-dense // _CHARACTERS_A_WORD)


def reading_minutes(words: int) -> int:
    """Whole minutes that reading so many words takes, at least 1; 0 for no words."""
    return max(1, round(words / _WORDS_A_MINUTE)) if words else 0


def cut(text: str, limit: int) -> str:
    """The text, cut with `…` to at most `limit` characters: after a word, or a character of an unparted script."""
    if len(text) <= limit:
        return text
    room = text[: max(limit - 1, 0)]
    inside = bool(room) and not (text[len(room)].isspace() or _DENSE.match(room[-1]) or _DENSE.match(text[len(room)]))
    if inside:
        room = _without_last_word(room)
    return room.rstrip(" \t\n,;:–—-") + "…"


def _without_last_word(room: str) -> str:
    """The text up to its last gap between words; all of it, if it is one long word."""
    for place in range(len(room) - 1, 0, -1):
        if room[place].isspace() or _DENSE.match(room[place]):
            return room[: place + 1]
    return room
