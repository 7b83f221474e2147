"""What a text is about, as terms: its words without those that every text has, reduced to their stems.

Stop words and stems are those of the text's language, from libraries (stopwordsiso; Snowball through PyStemmer). A
language that they do not know has neither. Where a script does not part words by blanks, each two neighbouring
characters are a term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Raw

from sitegen.regex import regex
from sitegen.text.words import other_characters

__all__ = ["CODE", "COLUMNS", "LENGTH", "NUMBER", "Vocabulary", "column", "letters", "name_code", "vocabulary", "words"]

COLUMNS = 1 << 20
"""Terms are numbers below this one."""
LENGTH, NUMBER, CODE = 1, 7, 27
"""Bits of a code below the length of its term, below the number of it, and of all of it; see `Vocabulary`."""
_JUNK: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("```", "~~~"), regex(r"(?ms)^ {0,3}(?P<fence>(?>```+|~~~+)).*?(?:^ {0,3}(?P=fence)|\Z)")),  # code
    (("]:",), regex(r"(?m)^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S{,500}")),  # where references lead
    (("{{", "{%"), regex(r"\{[{%][^{}]{,500}[%}]\}")),  # shortcodes
    (("<",), regex(r"<[a-zA-Z!/][^<>]{,500}>")),
    (("](",), regex(r"\]\([^()\s]{,500}")),  # the target of a link
    (("://",), regex(r"https?://\S+")),
)
"""What is no prose, and by which signs one sees that there may be some."""
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = regex(r"\w\w+")
_NO_LETTERS = regex(r"\W+")
_GAPS = bytes(code if chr(code).isalnum() or code == ord("_") or code > 127 else ord(" ") for code in range(256))
"""A blank for what is ASCII and not of a word."""
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_FEW = 32
"""Kinds of characters, of which it is quicker to look at each than at all of the text."""
_DENSE = regex(f"[{_UNPARTED}]+")
_LONGEST = 40
"""Characters of a word; what is longer is none."""
_STEMS: Mapping[str, str] = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The names of Snowball's algorithms by language (ISO 639-1)."""


def column(term: str) -> int:
    """The number of a term, the same everywhere. That two rare terms share one does no harm."""
    return crc32(term.encode("utf-8", "surrogatepass")) % COLUMNS


def words(text: str) -> list[str]:
    """The words of a text in Markdown; code, HTML and the targets of links left out."""
    text = _prose(text)
    others = other_characters(text)
    if len(others) <= _FEW and not any(map(_DENSE.match, others)):
        return _parted(text, others)
    pairs = [run[place : place + 2] for run in _DENSE.findall(text) for place in range(max(1, len(run) - 1))]
    return _WORD.findall(_DENSE.sub(" ", text)) + pairs


def letters(text: str) -> bytes:
    """The letters and digits of a text in Markdown, without what `words` leaves out; those of ASCII in lower case."""
    text = _prose(text)
    others = other_characters(text)
    text = _NO_LETTERS.sub("", text) if len(others) > _FEW else _with_gaps(text, others, "")
    return text.encode("utf-8", "surrogatepass").translate(None, _SIGNS).lower()


def _prose(text: str) -> str:
    for signs, junk in _JUNK:
        if any(sign in text for sign in signs):
            text = junk.sub(" ", text)
    return text


def _parted(text: str, others: Iterable[str]) -> list[str]:
    """What `_WORD` finds in a text with these characters beside ASCII, several times as fast."""
    text = _with_gaps(text, others, " ")
    parts = text.encode("utf-8", "surrogatepass").translate(_GAPS).decode("utf-8", "surrogatepass").split()
    return [part for part in parts if len(part) > 1]


def _with_gaps(text: str, others: Iterable[str], gap: str) -> str:
    """The text with a gap for those of these characters that are of no word."""
    for character in others:
        if not character.isalnum():
            text = text.replace(character, gap)
    return text


class Vocabulary(dict[str, int]):
    """Codes of terms by word, 0 for stop words. It fills itself as words are looked up.

    A code holds the number of the term above `NUMBER`, above `LENGTH` how much its length says (a long word is more
    likely to tell one story from others than a short one), and below whether the word is written with a capital.
    """

    def __init__(self, stop: frozenset[str], stem: Callable[[str], str]) -> None:
        super().__init__()
        self._stop = stop
        self._stem = stem

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        code = 0
        if lower not in self._stop and len(word) <= _LONGEST:
            code = _code(self._stem(lower)) | word[0].isupper()
        self[word] = code
        return code


def _code(term: str) -> int:
    return column(term) << NUMBER | (10 + 3 * min(len(term), 9)) << LENGTH


def name_code(term: str) -> int:
    """The code of what is no word but a name as a whole."""
    return column(term) << NUMBER | 37 << LENGTH | 1


@cache
def vocabulary(language: str) -> Vocabulary:
    """The terms of texts in a language (BCP 47)."""
    import Stemmer  # only who reads stories needs it

    primary = language.partition("-")[0].lower()
    known = _STEMS.get(primary)
    stem: Callable[[str], str] = Stemmer.Stemmer(known).stemWord if known else str
    return Vocabulary(_stop_words("no" if primary in ("nb", "nn") else primary), stem)


def _stop_words(language: str) -> frozenset[str]:
    """Those of stopwordsiso, read from its data: to import the package takes thirty times as long."""
    found = find_spec("stopwordsiso")
    assert found is not None
    assert found.origin is not None
    lists = msgspec.json.decode(Path(found.origin).with_name("stopwords-iso.json").read_bytes(), type=dict[str, Raw])
    return frozenset(msgspec.json.decode(lists[language], type=list[str]) if language in lists else ())
