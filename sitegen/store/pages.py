"""A past that lies on disk: its pages are loaded as far as somebody needs what is on them."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from msgspec import field

from sitegen.engine.numbers import PAGE, STEP, numbers_on
from sitegen.engine.past import Past, Question
from sitegen.store.database import guarded
from sitegen.store.index import Index
from sitegen.store.rows import read_findings, read_questions, read_reads, unsealed

__all__ = ["Disk", "PastOnDisk"]

_TABLES = (("questions", read_questions), ("findings", read_findings))
_MANY = 100
"""Pages that are worth letting go."""
_MUCH = 50_000
"""Questions that are worth laying down before the session is over."""
_WORTH = 4
"""If one page in so many is needed, it is quicker to load everything."""
_FEW = 40
"""Questions, or pages of questions, that are looked for in traces that are not loaded; for more pages it is quicker to
load everything.
"""


class Disk:
    """Where the pages lie: a database in this folder. Each method raises `StateError`."""

    def __init__(self, folder: Path, database: Callable[[], sqlite3.Connection]) -> None:
        self._folder = folder
        self._database = database

    def read(self, past: Past, pages: Iterable[int]) -> None:
        """Put what is on these pages into the past."""
        with guarded(self._folder):
            for page, (table, read) in product(pages, _TABLES):
                for row in self._database().execute(f"SELECT * FROM {table} WHERE page = ?", (page,)):  # noqa: S608
                    read(past, *row)

    def read_others(self, past: Past, but: Container[int]) -> None:
        """Put what is on all other pages than these into the past."""
        with guarded(self._folder):
            for table, read in _TABLES:
                for row in self._database().execute(f"SELECT * FROM {table}"):  # noqa: S608
                    if row[0] not in but:
                        read(past, *row)

    def reads(self) -> Sequence[tuple[int, array[int]]]:
        """Every page with findings, and the pages of the questions in their traces."""
        with guarded(self._folder):
            return [(row[0], read_reads(*row)) for row in self._database().execute("SELECT * FROM reads")]

    def traces(self, pages: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Some pages, with bytes in which the traces on each occur as they are in memory."""
        with guarded(self._folder):
            for page in pages:
                for row in self._database().execute("SELECT * FROM findings WHERE page = ?", (page,)):
                    yield page, unsealed(row[1], row[2], page)


class PastOnDisk(Past):
    """A past of which only some pages are in memory; all is kept there that was found out since."""

    index: Index = field(default_factory=Index)
    """Of what is on disk."""
    disk: Disk | None = None
    save: Callable[[], Disk] | None = None
    """Lays down what is new at any time, if nothing was remembered that it could contradict; says where it lies then.
    """
    _loaded: set[int] = field(default_factory=set)
    _whole: bool = False
    """Whether everything is loaded."""

    @property
    def anew(self) -> bool:
        """Whether nothing was remembered when the session began."""
        return self.save is not None

    def known(self, question: Question) -> int | None:
        number = self.numbers.get(question)
        if number is None and not self._whole:
            number = self.index.number(question)
            if number is not None:
                self.need(number)
        return number

    def need(self, number: int) -> None:
        page = number // PAGE
        if self.disk is not None and not self._whole and page not in self._loaded:
            self._loaded.add(page)
            self.disk.read(self, (page,))

    def need_all(self, numbers: Iterable[int]) -> None:
        if self.disk is None or self._whole:
            return
        pages = {number // PAGE for number in numbers} - self._loaded
        if len(pages) * _WORTH > len(self.index) * STEP // PAGE:
            self.load()
            return
        self._loaded |= pages
        self.disk.read(self, sorted(pages))

    def load(self) -> None:
        if self.disk is not None and not self._whole:
            self._whole = True
            self.disk.read_others(self, self._loaded)

    def unload(self) -> None:
        if not self._whole and len(self._loaded) >= _MANY:
            self._let_go(self._loaded)

    def _let_go(self, pages: Iterable[int]) -> None:
        """Let go of those pages on which nothing is new."""
        fresh = {number // PAGE for number in self.fresh}
        for page in set(pages) - fresh:
            self._forget_page(page)

    def _forget_page(self, page: int) -> None:
        self._loaded.discard(page)
        for number in numbers_on(page):
            question = self.questions.get(number)
            if question is not None:
                del self.numbers[question]
                self.findings.pop(number, None)
        self.questions.forget_page(page)
        self.marks.forget_page(page)

    def lay_down(self) -> bool:
        if self.save is not None:
            return len(self.fresh) >= _MUCH and self._lay_down_what_is_new(self.save)
        if self.disk is None:
            return False
        self._let_go(self.questions.pages())
        self._loaded.update(self.questions.pages())  # what is new may contradict what is on disk: it has to stay
        self._whole = False
        return True

    def _lay_down_what_is_new(self, save: Callable[[], Disk]) -> bool:
        pages = {number // PAGE for number in self.fresh}  # first, since what is saved is fresh no more
        self.disk = save()
        self._pages.clear()
        self._begun.clear()
        for page in pages:
            # Those that have no fingerprint are records, and they are asked for by all that is left to be done.
            if any(number in self.marks for number in numbers_on(page)):
                self._forget_page(page)
            else:
                self._loaded.add(page)
        return True

    def of_kind(self, kind: str) -> Sequence[int]:
        return [*self.index.of_kind(kind), *super().of_kind(kind)]

    def reached(self, changed: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int] | None:
        if self.disk is None or self._whole:
            return None
        reached: set[int] = set()
        frontier, reads = set(changed), self.disk.reads()
        while frontier:
            pages = {number // PAGE for number in frontier}
            if len(pages) > _FEW:
                return None
            found = self._readers(frontier, [page for page, read in reads if not pages.isdisjoint(read)]) - reached
            reached |= found
            frontier = {read for number in found for read in onward(number)}
        return reached

    def _readers(self, reads: set[int], pages: Collection[int]) -> set[int]:
        """The numbers of the findings on these pages that have one of these in their traces."""
        assert self.disk is not None
        patterns = {_pattern(number) for number in reads}
        if len(patterns) <= _FEW:  # to look at the bytes takes less time than to load what they stand for
            pages = [page for page, data in self.disk.traces(pages) if any(map(data.__contains__, patterns))]
        self.need_all(page * PAGE for page in pages)
        findings = [(number, self.findings.get(number)) for page in pages for number in numbers_on(page)]
        return {number for number, finding in findings if finding and not reads.isdisjoint(finding.trace)}


def _pattern(number: int) -> bytes:
    """Bytes that any number of the same question, or of one of its neighbours, has in a trace."""
    data = number.to_bytes(4, sys.byteorder)
    return data[1:] if sys.byteorder == "little" else data[:-1]
