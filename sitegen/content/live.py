"""Live blogs: how the heading of an entry is written, and what it says.

An entry begins with a heading of the second level that begins with a time: `## 14:05 Headline {pinned key}`. Its day is
that of the story, unless the heading names another: `## 2026-03-13 00:10 Headline`. A time without an offset is in the
zone of the site. Seconds, an offset and `pm` are understood, and a dash or colon after the time is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from sitegen.errors import did_you_mean
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.text.clean import clean
from sitegen.text.dates import parse_date

__all__ = ["Coverage", "EntryHeading", "Mistake", "last_entry", "read_heading", "read_marks"]

_TIME = regex(
    r"""(?P<time>(?:(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:T|[ ]+))?
    (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?:[ ]?[ap]\.?m\b\.?)?)
    (?P<offset>[ ]?(?:Z|UTC|[+-]\d{2}:?\d{2})(?=[\s:|–—-]|$))?)
    (?:[ ]*(?:[:|–—]|-{1,3}(?=[ ])))?(?:[ ]+|$)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MARKS = regex(r"(?P<gap>[ \t]*)\{(?P<marks>[^{}\n]*)\}$")
_WORDS = ("pinned", "key")
_ID = regex(r"#[\w:.-]+")
_HEADING = regex(r"^ {0,3}(?:(?P<fence>```|~~~)|##[ \t]+(?P<text>.*))", re.MULTILINE)
_LIKE_THIS = "begin it with a time, as in `## 14:05 Headline`; within an entry, headings begin with `###`"


class Coverage(Record, frozen=True):
    """What the times of a live blog count from: the day of its story (None if that has none), and the site's zone."""

    day: date | None
    zone: tzinfo


class Mistake(Record, frozen=True):
    """What is wrong in a heading: at `at`, an offset in its text, for `length` characters."""

    message: str
    at: int
    length: int
    hint: str = ""


class EntryHeading(Record, frozen=True):
    """The heading of an entry. `written` is its time as the anchor has it; `start` is where the headline begins."""

    instant: datetime
    time: str
    written: str
    start: int


class Marks(Record, frozen=True):
    """What the braces behind a headline say. `end` is where the headline ends; `rest` is what was not understood."""

    end: int
    words: tuple[str, ...] = ()
    id: str = ""
    id_at: int = 0
    rest: str = ""
    mistakes: tuple[Mistake, ...] = ()


def read_heading(text: str, coverage: Coverage) -> EntryHeading | Mistake:
    """The time at which the text of a heading begins; or why it is none."""
    found = _TIME.match(text)
    if found is None:
        return Mistake("this heading has no time, so it begins no entry", 0, len(text), _LIKE_THIS)
    length = len(found["time"])
    day = found["day"] or (coverage.day and f"{coverage.day:%Y-%m-%d}")
    if not day:
        return Mistake("this time has no day, because the story has no date", 0, length, "add `date:` to the story")
    instant, exact = parse_date(f"{day} {found['clock']}{found['offset'] or ''}", coverage.zone)
    if instant is None or not exact:
        return Mistake(f"`{found['time']}` is no time, so this begins no entry", 0, length, _LIKE_THIS)
    return EntryHeading(instant, found["time"], _written(found), found.end())


def _written(found: re.Match[str]) -> str:
    """The time as it stays when the zone of the site changes, or the date of the story: `1405`, `2026-03-13 0010`."""
    hour, minute, *rest = re.findall(r"\d+|[ap](?=\.?m)", found["clock"].lower())
    clock = "".join([hour.zfill(2), minute, *rest])
    offset = re.sub(r"[: ]", "", found["offset"] or "").replace("+", "p").replace("-", "m").lower()
    return " ".join(filter(None, (found["day"], clock, offset)))


def read_marks(text: str) -> Marks:
    """What stands in braces at the end of a heading: `pinned`, `key` and an `#id`."""
    found = _MARKS.search(text)
    if found is None:
        return Marks(len(text))
    words: list[str] = []
    odd: list[str] = []
    mistakes: list[Mistake] = []
    id, id_at = "", 0
    for word in re.finditer(r"\S+", found["marks"]):
        at = found.start("marks") + word.start()
        if word[0] in _WORDS:
            words.append(word[0])
        elif _ID.fullmatch(word[0]) and not id:
            id, id_at = word[0][1:], at
        else:
            odd.append(word[0])
            hint = did_you_mean(word[0], _WORDS, "an entry can be `pinned` and `key`, and have an `#id`")
            mistakes.append(Mistake(f"`{word[0]}` says nothing of an entry", at, len(word[0]), hint))
    rest = f" {{{' '.join(odd)}}}" if odd else ""
    return Marks(found.start(), tuple(words), id, id_at, rest, tuple(mistakes))


def last_entry(body: str, coverage: Coverage) -> datetime | None:
    """The instant of the newest entry in a body that nobody has parsed; None if it has none."""
    headings = (read_heading(text, coverage) for text in _headings(clean(body)))
    return max((found.instant for found in headings if isinstance(found, EntryHeading)), default=None)


def _headings(body: str) -> Iterator[str]:
    fence = ""
    for match in _HEADING.finditer(body):
        mark = match["fence"]
        if mark:
            fence = "" if mark == fence else fence or mark
        elif not fence:
            yield match["text"].strip()
