"""How the past is laid out in rows: many questions, findings or stamps to a page, so that all are quickly read."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from zlib import crc32

import msgspec

from sitegen.engine.numbers import PAGE, numbers_on
from sitegen.engine.past import Change, Finding, Past, Question
from sitegen.files import Stamp

__all__ = [
    "NOTHING",
    "Row",
    "finding_page",
    "question_page",
    "read_findings",
    "read_page",
    "read_questions",
    "read_reads",
    "read_stamps",
    "seal",
    "stamp_pages",
    "unsealed",
]

Row = tuple[int, bytes, int]
"""Page, content, seal."""
_STAMP_PAGES = 64
"""Pages that the stamps of a folder are spread over, by name."""
_pack = msgspec.msgpack.Encoder().encode
NOTHING = _pack([])
"""The content of a page on which nothing is left."""
_questions = msgspec.msgpack.Decoder(list[tuple[int, Question, str | None]]).decode
_findings = msgspec.msgpack.Decoder(list[tuple[int, bytes, tuple[int, ...], int, Change | None]]).decode

_stamps = msgspec.msgpack.Decoder(dict[str, Stamp]).decode


def seal(data: bytes, key: object) -> int:
    """What tells whether a row is as it was written: SQLite itself does not."""
    return crc32(data, crc32(repr(key).encode()))


def unsealed(data: bytes, sealed: int, key: object) -> bytes:
    """The data of a row. Raises `ValueError` if it is not what was written."""
    if seal(data, key) != sealed:
        raise ValueError("a row is not what it was")
    return data


def question_page(past: Past, page: int) -> Row:
    """The row for the questions of a page."""
    questions, marks = past.questions, past.marks
    data = _pack([(number, questions[number], marks.get(number)) for number in numbers_on(page) if number in questions])
    return page, data, seal(data, page)


def read_questions(past: Past, page: int, data: bytes, sealed: int) -> None:
    """Take in what `question_page` has laid out. Raises `ValueError`."""
    for number, question, mark in _questions(unsealed(data, sealed, page)):
        past.questions[number] = question
        past.numbers[question] = number
        if mark is not None:
            past.marks[number] = mark


def finding_page(past: Past, page: int) -> Row:
    """The row for the findings of a page."""
    found = [(number, past.findings[number]) for number in numbers_on(page) if number in past.findings]
    data = _pack([(number, f.trace.tobytes(), f.rules, f.place, f.because) for number, f in found])
    return page, data, seal(data, page)


def read_findings(past: Past, page: int, data: bytes, sealed: int) -> None:
    """Take in what `finding_page` has laid out. Raises `ValueError`."""
    for number, trace, rules, place, because in _findings(unsealed(data, sealed, page)):
        past.findings[number] = Finding(array("I", trace), rules, place, because)


def read_page(past: Past, page: int) -> Row:
    """The row for what the findings of a page were made from: the pages of the questions that are in their traces."""
    findings = map(past.findings.get, numbers_on(page))
    read = set().union(*(finding.trace for finding in findings if finding))
    data = array("I", sorted({number // PAGE for number in read})).tobytes() or NOTHING
    return page, data, seal(data, page)


def read_reads(page: int, data: bytes, sealed: int) -> array[int]:
    """What `read_page` has laid out. Raises `ValueError`."""
    return array("I", unsealed(data, sealed, page))


def stamp_pages(
    stamps: Mapping[str, Stamp], before: Mapping[str, Stamp], saved: Callable[[int], Mapping[str, Stamp]]
) -> Iterator[Row]:
    """The rows for those pages of stamps that are not what they were `before`: what was `saved`, with what is new."""
    # Most stamps are the very ones that were loaded: to compare what they say would take several times as long.
    new = [name for name, stamp in stamps.items() if (was := before.get(name)) is not stamp and was != stamp]
    changed: defaultdict[int, list[str]] = defaultdict(list)
    for name in (*new, *(before.keys() - stamps.keys())):
        changed[_stamp_page(name)].append(name)
    for number, names in changed.items():
        page = {name: stamp for name, stamp in saved(number).items() if name in stamps}
        page.update((name, stamps[name]) for name in names if name in stamps)
        data = _pack(page)
        yield number, data, seal(data, number)


def _stamp_page(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) % _STAMP_PAGES


def read_stamps(page: int, data: bytes, sealed: int) -> dict[str, Stamp]:
    """What `stamp_pages` has laid out on one page. Raises `ValueError`."""
    return _stamps(unsealed(data, sealed, page))
