"""What earlier sessions found out: questions, fingerprints of their answers, and which question was asked for which.

Of a past that lies on disk, those pages of numbers are loaded that somebody needs.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct, field

from sitegen.engine.numbers import PAGE, STEP, WHOLE, Numbered, numbers_on
from sitegen.engine.shelf import Memory, Shelf
from sitegen.plain import Record

__all__ = ["Change", "Contradiction", "Finding", "News", "Past", "Question"]

Question = tuple[str | int | None, ...]
"""Its kind comes first: `("file", "content/a.md")`, `("newest", "tag", "eels", 5)`."""


class Contradiction(Exception):
    """Two processes looked at one thing and saw different ones: it changed meanwhile."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(str(question))


class Change(Record, frozen=True):
    """An answer, or one part of it, is another one. `was` and `now` are fingerprints; None: not known, or no answer."""

    question: Question
    part: str = ""
    was: str | None = None
    now: str | None = None


class Finding(Struct):
    """What is known of a rule's answer beside its fingerprint."""

    trace: array[int]
    """Numbers of what was read, in the order in which it was first read."""
    rules: tuple[int, ...] = ()
    """Numbers of the questions among them that rules answer."""
    place: int = 0
    """Where its value lies on the shelf; 0 if it is not kept."""
    because: Change | None = None
    """Why it was last computed; None if there had been no answer before."""


class News(Record, frozen=True):
    """What a process has found out since it last told. Everything in it can be sent to another process.

    Numbers below `base` mean the same to both; the others are those of questions that this process met first.
    """

    process: int
    base: int
    questions: Mapping[int, Question]
    marks: Mapping[int, str | None]
    findings: Mapping[int, tuple[Finding, bytes | None]]
    """With the value, if it is kept."""
    changed: Mapping[int, Change]


class Past(Struct):
    """All that is remembered, in memory but for the values."""

    shelf: Shelf = field(default_factory=Memory)
    numbers: dict[Question, int] = field(default_factory=dict)
    questions: Numbered[Question] = field(default_factory=Numbered)
    marks: Numbered[str] = field(default_factory=Numbered)
    """The fingerprint of each answer. Records have none (their parts are compared), nor have answers that failed."""
    findings: dict[int, Finding] = field(default_factory=dict)
    fresh: Numbered[bool] = field(default_factory=Numbered)
    """Numbers of which something is new since the past was loaded."""
    next: int = PAGE
    """The first number of the next page."""
    gone: list[Question] = field(default_factory=list)
    """Questions that were dropped."""
    _pages: dict[str, list[int]] = field(default_factory=dict)
    """By the kind of the questions on them, the pages that were begun here."""
    _begun: dict[str, int] = field(default_factory=dict)
    """The next number for each kind of questions, on a page that may have room left."""
    _base: int = 0
    _met: dict[int, dict[int, int]] = field(default_factory=dict)
    """For each process, what its numbers are called here."""

    # What may lie on disk (`sitegen.store.pages`); a past in memory has everything.

    def known(self, question: Question) -> int | None:
        """The number of a question, and all about it loaded; None for one never met before."""
        return self.numbers.get(question)

    def need(self, number: int) -> None:
        """See to it that all about a number is loaded."""

    def need_all(self, numbers: Iterable[int]) -> None:
        """See to it that all about these numbers is, which takes less time than one by one."""

    def load(self) -> None:
        """See to it that everything is."""

    def unload(self) -> None:
        """Let go of what can be loaded again: `need` a number before anything is asked about it."""

    def lay_down(self) -> bool:
        """Let go of what can be loaded again, and of most of what was found out, if that is much and may be saved
        before the session is over; whether it was done. To be called while there are no forks.
        """
        return False

    def of_kind(self, kind: str) -> Sequence[int]:
        """The numbers of all questions of a kind; what they are may not be loaded."""
        numbers = (number for page in self._pages.get(kind, ()) for number in numbers_on(page))
        return [number for number in numbers if number in self.questions]

    def reached(self, changed: Iterable[int], onward: Callable[[int], Iterable[int]]) -> set[int] | None:
        """The numbers of all findings that have one of these in their traces, or what one leads to that has; None: any
        may be among them. `onward` tells what the traces of others may hold of a finding. They are loaded.
        """
        return None

    # What is found out

    def number(self, question: Question) -> int:
        """The number of a question; a new one for a question never met before."""
        number = self.known(question)
        if number is None:
            number = self.numbers[question] = self._new_number(str(question[0]))
            self.questions[number] = question
            self.fresh[number] = True
        return number

    def _new_number(self, kind: str) -> int:
        number = self._begun.get(kind, 0)
        if number % PAGE == 0:  # there is no page, or it is full
            number, self.next = self.next, self.next + PAGE
            self._pages.setdefault(kind, []).append(number // PAGE)
        self._begun[kind] = number + STEP
        return number

    def mark(self, number: int, mark: str | None) -> None:
        """Remember the fingerprint of an answer; None: it failed."""
        if mark is None:
            self.marks.pop(number, None)
        else:
            self.marks[number] = mark
        self.fresh[number] = True

    def put(self, number: int, mark: str, finding: Finding) -> None:
        """Remember the answer of a rule."""
        self.forget(number)
        self.mark(number, mark)
        self.findings[number] = finding

    def forget(self, number: int) -> None:
        """Forget the answer of a rule; the question keeps its number."""
        old = self.findings.pop(number, None)
        if old is not None and old.place:
            self.shelf.free(old.place)
        self.mark(number, None)

    def drop(self, number: int) -> None:
        """Forget a question altogether."""
        self.forget(number)
        self.gone.append(self.questions.pop(number))
        del self.numbers[self.gone[-1]]

    def sweep(self) -> None:
        """Forget all questions without an answer that no trace holds."""
        self.load()
        live = set(self.findings)
        for finding in self.findings.values():
            live.update([number & WHOLE for number in finding.trace])
        for number in self.questions.keys() - live:
            self.drop(number)

    # Several processes

    def expect(self, questions: Iterable[Question]) -> None:
        """Give these questions numbers, by which forks that begin after this call them too. So they need not tell them,
        and what they all look at lies together: a fork copies each page of memory that it touches.
        """
        for question in sorted(questions, key=itemgetter(0)):
            self.number(question)

    def part_ways(self) -> None:
        """From here on this process, a fork, keeps what it finds to itself until it is told with `tell`."""
        self._base = self.next
        self._begun.clear()
        self.shelf = Memory(self.shelf)
        self.fresh.clear()

    def tell(self, changed: Mapping[int, Change]) -> News:
        """What this process has found out since it parted, or since it last told; `changed` is passed on."""
        fresh = tuple(self.fresh)
        self.fresh.clear()
        return News(
            process=os.getpid(),
            base=self._base,
            questions={number: self.questions[number] for number in fresh if number >= self._base},
            marks={number: self.marks.get(number) for number in fresh},
            findings={number: self._told(self.findings[number]) for number in fresh if number in self.findings},
            changed=changed,
        )

    def _told(self, finding: Finding) -> tuple[Finding, bytes | None]:
        assert isinstance(self.shelf, Memory)
        return finding, self.shelf.take(finding.place) if finding.place < 0 else None

    def forget_processes(self) -> None:
        """Those that told something are gone."""
        self._met.clear()

    def hear(self, news: News) -> list[int]:
        """Take in what another process has found out; the numbers of the rules that it computed.

        Raises `Contradiction`.
        """
        met = self._met.setdefault(news.process, {})
        met.update((there, self.number(question)) for there, question in news.questions.items())
        for there, mark in news.marks.items():
            here = self.here(news, there)
            self.need(here)
            if there in news.findings:
                self.put(here, mark or "", self._heard(news, there, here))
            elif mark is None:  # a record, or a rule that has no answer any more
                self.forget(here)
            elif self.marks.get(here, mark) != mark:
                raise Contradiction(self.questions[here])
            else:
                self.mark(here, mark)
        return [self.here(news, there) for there in news.findings]

    def _heard(self, news: News, there: int, here: int) -> Finding:
        finding, value = news.findings[there]
        trace, rules = finding.trace, finding.rules
        if trace and max(trace) >= (base := news.base):  # as `here` has it, which would be called a million times
            met = self._met[news.process]
            trace = array("I", [read if read < base else met[read & WHOLE] + read % STEP for read in trace])
            rules = tuple([self.here(news, rule) for rule in rules])
        known = self.findings.get(here)
        if known is not None and self.marks.get(here) == news.marks[there]:  # computed by several, or more than once
            place, known.place = known.place, 0
            return Finding(trace, rules, place, finding.because or known.because)
        place = 0 if value is None else self.shelf.put(value)
        return Finding(trace, rules, place, finding.because)

    def here(self, news: News, number: int) -> int:
        """What this process calls a number of the other one."""
        return number if number < news.base else self._met[news.process][number & WHOLE] + number % STEP
