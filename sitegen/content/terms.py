"""What a story is about, found out when its file is read: the terms that tell it from others, and how much each says.

Which terms say much depends on the other stories too; that is weighed later (`sitegen.site.related`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from zlib import crc32

from sitegen.content.article import Article
from sitegen.content.likeness import TERMS, Likeness
from sitegen.content.settings import Settings
from sitegen.regex import regex
from sitegen.text.slugs import slugify
from sitegen.text.terms import CODE, LENGTH, NUMBER, column, letters, name_code, vocabulary, words

__all__ = ["SPONSORED", "likeness", "spelt"]

SPONSORED = "sponsored"
"""The `type` of stories that somebody paid for."""
_OPENING = 150
"""Words in which a story says what it is about; they count twice."""
_LONG = 400
"""Letters of a text that no other one has by chance."""
_STEP = 12
"""Steps of the scale of levels in a factor of e."""
_HIGHEST = 127
_NO_DAY = -1_000_000
_SECONDS_A_DAY = 86_400
_LETTERS = regex(r"[^\W\d_]+")
_DIGIT = regex(r"\d")


def likeness(article: Article, body: str, settings: Settings) -> Likeness:
    """What a story with this body is like."""
    language = article.language or settings.language
    known = vocabulary(language)
    kept = _kept(_counts(article, _text(body, settings), settings, known))
    headline = {known[word] >> NUMBER for word in words(article.title)}
    return Likeness(
        columns=array("I", [number for number, _ in kept]).tobytes(),
        levels=bytes([2 * level + (number in headline) for number, level in kept]),
        lot=crc32(_bytes(article.path)),
        day=int(article.date.timestamp() // _SECONDS_A_DAY) if article.date else _NO_DAY,
        language=_key(_bytes(language)),
        sponsored=article.type == SPONSORED,
        copy=_key(_essence(body)),
        edition=_key(_bytes(article.edition)),
        translation=_key(_bytes(article.translation)),
        rubric=_key(_bytes(_rubric(article.title, language))),
    )


def _text(body: str, settings: Settings) -> Sequence[str]:
    """The words of a body, if they count."""
    return words(body) if "body" in settings.related_fields else ()


def _essence(body: str) -> bytes:
    """What copies have in common: if they are long, the letters of the text, whatever was done to quotes and lines."""
    text = letters(body)
    return text if len(text) >= _LONG else _bytes(body.strip())


def spelt(article: Article, body: str, settings: Settings) -> dict[int, str]:
    """The terms of a story by number, each as it is written first."""
    known = vocabulary(article.language or settings.language)
    found: dict[int, str] = {column(name): name.replace(":", " ") for name, _ in _names(article, settings)}
    for word in _words(article, _text(body, settings), settings):
        found.setdefault(known[word] >> NUMBER, word)
    return found


def _counts(article: Article, text: Sequence[str], settings: Settings, known: Mapping[str, int]) -> dict[int, int]:
    """How often the codes of words and names count. No `Counter`: in the innermost loop, it is several times slower."""
    counts: dict[int, int] = {}
    for word, count in Counter(_words(article, text, settings)).items():
        code = known[word]
        counts[code] = counts.get(code, 0) + count
    for name, weight in _names(article, settings):
        code = name_code(name)
        counts[code] = counts.get(code, 0) + weight
    counts.pop(0, None)  # stop words
    return counts


def _kept(counts: dict[int, int]) -> list[tuple[int, int]]:
    """The terms that say most about a story by number, and the level of each."""
    names = set()
    for code in [code for code in counts if code & 1]:
        capitals = counts.pop(code)
        plain = counts.get(code - 1, 0)
        counts[code - 1] = plain + capitals
        if capitals > plain:
            names.add(code - 1)
    if len(counts) <= TERMS:
        return [(code >> NUMBER, _LEVELS[count]) for code, count in counts.items()]
    worth = [
        _LEVELS[count] * (code >> LENGTH & 63) * (3 if code in names else 2) << CODE | code
        for code, count in counts.items()
    ]
    worth.sort(reverse=True)  # plain numbers sort much faster than tuples
    codes = [number & (1 << CODE) - 1 for number in worth[:TERMS]]
    return [(code >> NUMBER, _LEVELS[counts[code]]) for code in codes]


def _words(article: Article, text: Sequence[str], settings: Settings) -> list[str]:
    """The words of a story, each as often as it counts; those of its `text` come as they stand there."""
    weights, fields = settings.related_weights, settings.related_fields
    found = [*text, *text[:_OPENING]] * weights.body
    for field, weight, line in (
        ("title", weights.title, article.title),
        ("deck", weights.deck, article.deck),
        ("tags", weights.tags, " ".join(article.tags)),
    ):
        if line and field in fields:
            found += words(line) * weight
    return found


def _names(article: Article, settings: Settings) -> Iterator[tuple[str, int]]:
    """The groups that it is in, each a term of its own that no word is."""
    weights, fields = settings.related_weights, settings.related_fields
    found: tuple[tuple[str, int, Iterable[str]], ...] = (
        ("tags", weights.tags, article.tags),
        ("section", weights.section, (article.section,)),
        ("authors", weights.authors, article.authors),
    )
    for field, weight, names in found:
        if weight and field in fields:
            yield from ((f"{field}:{slugify(name)}", weight) for name in names if name)


class _Levels(dict[int, int]):
    """How much of a term is in a story that has it so often."""

    def __missing__(self, count: int) -> int:
        # With exact arithmetic, so that machines with different mathematics libraries agree.
        level = min(int(_STEP * (1 + Decimal(max(count, 1)).ln()) + Decimal("0.5")), _HIGHEST)
        self[count] = level
        return level


_LEVELS = _Levels()


def _rubric(title: str, language: str) -> str:
    """A headline without its numbers and months: "The week in numbers, 12 May"."""
    words = _LETTERS.findall(title.casefold())
    if _DIGIT.search(title):
        months = _months(language)
        words = [word for word in words if word not in months]
    return " ".join(words)


@cache
def _months(language: str) -> frozenset[str]:
    from babel import Locale, UnknownLocaleError

    try:
        months: Mapping[str, Mapping[str, Mapping[int, str]]] = Locale.parse(language.partition("-")[0]).months
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = (name for forms in months.values() for width in forms.values() for name in width.values())
    return frozenset([word for name in names for word in _LETTERS.findall(name.casefold()) if len(word) > 2])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _key(data: bytes) -> int:
    """A number for a text; 0 for none."""
    return int.from_bytes(blake2b(data, digest_size=7).digest()) if data else 0
