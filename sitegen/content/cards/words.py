"""The parts of a text between which a line may break.

Lines break between words, and in scripts that do not part them between characters, but for punctuation that may not
begin a line (Unicode Standard Annex 14, as far as headlines need it). Of those scripts, Thai is parted into words by
BudouX. No small library knows those of Lao and Khmer: they break between syllables, as far as letters show them, or
only where a writer has put zero-width spaces. Nothing ever breaks within what is seen as one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import uharfbuzz as hb

from sitegen.content.cards.faces import Face, runs
from sitegen.regex import regex

if TYPE_CHECKING:
    from budoux import Parser

__all__ = ["clusters", "words"]

_DENSE = regex(
    "[\u0e00-\u0eff\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
"""Scripts in which a line may end after nearly any character."""
_NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】〕〉》〟’”…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;!?)]}%ฯๆຯໆ។៕៖ៗ"
)
_NOT_LAST = frozenset("（「『【〔〈《‘“([{")
_THAI = regex("[\u0e01-\u0e3a\u0e40-\u0e4e]+|[^\u0e01-\u0e3a\u0e40-\u0e4e]+")
"""Stretches of Thai letters, and of all else."""
_BEFORE = regex("[\u0e40-\u0e44\u0ec0-\u0ec4\u0eab]")
"""Vowels that are written before their consonant, and the Lao letter that only opens another one."""
_AFTER = regex("[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3\u0ebd]")
"""Vowels of Thai and Lao that are characters of their own behind it."""
_FINAL = regex("[\u0e81-\u0eaa\u0eac-\u0eae\u1780-\u17a2]")
"""A consonant of Lao or Khmer that has no vowel of its own closes a syllable, most of the time."""
_SPACE = "\u200b"


def words(text: str, faces: tuple[Face, ...]) -> Iterator[str]:
    """The parts of a text between which a line may break, each with the blank behind it."""
    for word in re.findall(r"\S+\s*", " ".join(text.split())):
        yield from _parts(word, faces) if _DENSE.search(word) else (word,)


def clusters(text: str, faces: tuple[Face, ...]) -> list[str]:
    """What is seen as one character each: letters with their marks, ligatures, joined emoji. HarfBuzz knows."""
    return [part for face, run in runs(text, faces) for part in _shaped(face, run)]


def _shaped(face: Face, text: str) -> Iterator[str]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    starts = sorted({0, *(glyph.cluster for glyph in buffer.glyph_infos)})
    return (text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))


def _parts(word: str, faces: tuple[Face, ...]) -> list[str]:
    if _SPACE in word.strip(_SPACE):
        return re.findall(f"[^{_SPACE}]+{_SPACE}*|{_SPACE}+", word)
    parts: list[str] = []
    for atom in _atoms(word, faces):
        if parts and not _may_break(parts[-1][-1], atom[0]):
            parts[-1] += atom
        else:
            parts.append(atom)
    return parts


def _atoms(word: str, faces: tuple[Face, ...]) -> Iterator[str]:
    """Words of Thai, syllables of Lao and Khmer, characters of all else."""
    for stretch in _THAI.findall(word):
        yield from (
            _thai().parse(stretch) if "\u0e01" <= stretch[0] <= "\u0e4e" else _syllables(clusters(stretch, faces))
        )


@cache
def _thai() -> Parser:
    from budoux import load_default_thai_parser  # few sites need it

    return load_default_thai_parser()


def _syllables(characters: Iterable[str]) -> list[str]:
    opened: list[str] = []
    for character in characters:
        if opened and (_AFTER.match(character) or _BEFORE.match(opened[-1][-1])):
            opened[-1] += character
        else:
            opened.append(character)
    closed: list[str] = []
    for syllable in opened:
        if closed and _FINAL.fullmatch(syllable):
            closed[-1] += syllable
        else:
            closed.append(syllable)
    return closed


def _may_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NOT_FIRST or before in _NOT_LAST or _is_mark(after):
        return False
    return bool(_DENSE.match(before) or _DENSE.match(after))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")
