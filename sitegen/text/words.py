"""Counting and cutting words, also where a script does not part them by blanks."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.regex import regex

__all__ = ["count_words", "cut", "other_characters", "reading_minutes"]

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters."""

_DENSE = regex(f"[{_UNPARTED}]")
_WORD = regex(r"[^\W_]\S*")
"""A word from its first letter or digit on: what stands between blanks holds one such, or is no word."""

_ASCII = bytes(range(128))
_SIGNS = bytes(code for code in _ASCII if not chr(code).isalnum() and not chr(code).isspace())
_LIKE = bytes(ord(" ") if chr(code).isspace() else ord("a") for code in range(256))
"""A letter for letters and digits, a blank for blanks."""
_FEW = 16
_CHARACTERS_A_WORD = 2
_WORDS_A_MINUTE = 230


def count_words(text: str) -> int:
    """Words; where a script does not part them by blanks, one for every two characters."""
    rare = other_characters(text)
    if len(rare) <= _FEW and not any(map(_DENSE.match, rare)):
        return _count_mostly_ascii(text, rare)
    parted, dense = _DENSE.subn(" ", text)
    return sum(1 for _ in _WORD.finditer(parted)) + -(-dense // _CHARACTERS_A_WORD)


def other_characters(text: str) -> set[str]:
    """The characters of a text that are not ASCII."""
    if text.isascii():
        return set()
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _count_mostly_ascii(text: str, others: Iterable[str]) -> int:
    """Words of a text in which these are the only characters that are not ASCII: by searches for single bytes."""
    for character in others:
        text = text.replace(character, "a" if character.isalnum() else " " if character.isspace() else "")
    return (b" " + text.encode("ascii").translate(_LIKE, _SIGNS)).count(b" a")


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
