"""Verifying traces over answers: recompute only what would come out differently, and prove it by asking again.

A question is a tuple, its kind first: `("file", "content/a.md")`, `("latest", 5)`. A *leaf* is looked at afresh in
every session. A *rule* is computed; while it runs, every question it asks through `Engine.read` is recorded with a
fingerprint of the answer. In a later session the same questions are asked in the same order, and the remembered
answer stands if and only if every fingerprint is what it was. A rule that is recomputed to an equal value has an
equal fingerprint, so what reads it stands too (early cutoff).

The scheme is that of verifying traces in A. Mokhov, N. Mitchell, S. Peyton Jones, "Build Systems à la Carte" (2018),
section 4.2.2. This module knows nothing about sites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sitegen.plain import Plain, fingerprint

__all__ = ["Answer", "CycleError", "Engine", "Entry", "Memory", "Past", "Question", "Read"]

Question = tuple[str | int | None, ...]
Read = tuple[Question, str]
"""A question and the fingerprint of its answer."""

_NOT_LOADED = object()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a rule's answer: its fingerprint, and the numbers of the reads that led to it, in order.

    `because` is the read that came out differently when the rule was last computed; None if nothing was remembered
    then.
    """

    fingerprint: str
    trace: Sequence[int]
    because: int | None = None


class Past(Protocol):
    """What earlier sessions leave behind. Numbers stand for reads: one shared by many traces is kept once."""

    def number(self, read: Read) -> int: ...
    def read(self, number: int) -> Read: ...
    def entry(self, question: Question) -> Entry | None: ...
    def value(self, question: Question) -> Plain: ...
    def put(self, question: Question, entry: Entry, value: Plain) -> None: ...


class Memory:
    """A past that lives as long as the process."""

    def __init__(self) -> None:
        self._reads: list[Read] = []
        self._numbers: dict[Read, int] = {}
        self._entries: dict[Question, Entry] = {}
        self._values: dict[Question, Plain] = {}

    def number(self, read: Read) -> int:
        number = self._numbers.setdefault(read, len(self._reads))
        if number == len(self._reads):
            self._reads.append(read)
        return number

    def read(self, number: int) -> Read:
        return self._reads[number]

    def entry(self, question: Question) -> Entry | None:
        return self._entries.get(question)

    def value(self, question: Question) -> Plain:
        return self._values[question]

    def put(self, question: Question, entry: Entry, value: Plain) -> None:
        self._entries[question] = entry
        self._values[question] = value


class CycleError(Exception):
    """A rule needs its own answer. `questions` is the way around."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(" → ".join(map(str, self.questions)))


@dataclass(slots=True)
class Answer:
    """The answer to one question in this session. `stood` is true if a rule's remembered answer still holds."""

    fingerprint: str
    value: Any
    number: int
    stood: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    compute: Callable[..., Any]
    fingerprint: Callable[[Any], str]
    keeps_value: bool


class Engine:
    """One session: every question is answered at most once, and all answers belong to one instant.

    Not safe for use by several threads at a time.
    """

    def __init__(self, past: Past) -> None:
        self._past = past
        self._leaves: dict[str, Callable[..., Plain]] = {}
        self._rules: dict[str, _Rule] = {}
        self._answers: dict[Question, Answer] = {}
        self._verdicts: dict[int, bool] = {}
        self._trace: dict[int, None] | None = None
        self._active: dict[Question, None] = {}
        self._changed: dict[Question, int] = {}

    def leaf(self, kind: str, look: Callable[..., Plain]) -> None:
        """Questions of this kind are answered by `look(*arguments)`, once in a session."""
        self._leaves[kind] = look

    def rule(
        self,
        kind: str,
        compute: Callable[..., Any],
        *,
        fingerprint: Callable[[Any], str] = fingerprint,
        keeps_value: bool = True,
    ) -> None:
        """Questions of this kind are answered by `compute(*arguments)`, unless the remembered answer stands.

        A rule with `keeps_value=False` remembers only the fingerprint: when its answer stands, no value is at hand.
        """
        self._rules[kind] = _Rule(compute, fingerprint, keeps_value)

    def read(self, kind: str, *arguments: str | int | None) -> Any:
        """The answer to a question, recorded in the trace of the rule that asks.

        Raises `CycleError`, and whatever the leaf or rule raises.
        """
        question = (kind, *arguments)
        answer = self._answers.get(question) or self.ask(question)
        if self._trace is not None:
            self._trace[answer.number] = None
        if answer.value is _NOT_LOADED:
            answer.value = self._past.value(question)
        return answer.value

    def ask(self, question: Question) -> Answer:
        """The answer without recording it; its value may not be loaded. Raises as `read` does."""
        known = self._answers.get(question)
        if known is not None:
            return known
        if question[0] in self._leaves:
            answer = self._look(question)
        else:
            answer = self._remembered(question) or self._computed(question)
        self._answers[question] = answer
        return answer

    def recompute(self, question: Question) -> Any:
        """The value of a rule, computed even if the remembered answer stands."""
        answer = self._answers[question] = self._computed(question)
        return answer.value

    def asked(self) -> Iterable[Question]:
        """The questions that were answered in this session."""
        return self._answers.keys()

    def reasons(self, question: Question) -> Iterable[tuple[Read, str | None]]:
        """The reads of the remembered trace, each with the fingerprint its answer has now (None: it has none)."""
        entry = self._past.entry(question)
        for number in entry.trace if entry else ():
            read = self._past.read(number)
            yield read, self._current(read[0])

    def _look(self, question: Question) -> Answer:
        outer, self._trace = self._trace, None
        try:
            value = self._leaves[str(question[0])](*question[1:])
        finally:
            self._trace = outer
        return self._answer(question, fingerprint(value), value)

    def _remembered(self, question: Question) -> Answer | None:
        entry = self._past.entry(question)
        if entry is None:
            return None
        with _Active(self._active, question):
            # In order, and no further than the first difference: later questions may make sense only after these
            # answers.
            changed = next((number for number in entry.trace if not self._still(number)), None)
        if changed is not None:
            self._changed[question] = changed
            return None
        return self._answer(question, entry.fingerprint, _NOT_LOADED, stood=True)

    def _still(self, number: int) -> bool:
        verdict = self._verdicts.get(number)
        if verdict is None:
            question, was = self._past.read(number)
            verdict = self._verdicts[number] = self._current(question) == was
        return verdict

    def _current(self, question: Question) -> str | None:
        try:
            return self.ask(question).fingerprint
        except Exception:
            # Whoever needs this answer now will ask again, and meet the same exception in its own place.
            return None

    def _computed(self, question: Question) -> Answer:
        rule = self._rules[str(question[0])]
        outer, self._trace = self._trace, {}
        try:
            with _Active(self._active, question):
                value = rule.compute(*question[1:])
            trace = tuple(self._trace)
        finally:
            self._trace = outer
        mark = rule.fingerprint(value)
        entry = Entry(mark, trace, self._changed.get(question))
        self._past.put(question, entry, value if rule.keeps_value else None)
        return self._answer(question, mark, value)

    def _answer(self, question: Question, mark: str, value: object, stood: bool = False) -> Answer:
        return Answer(mark, value, self._past.number((question, mark)), stood)


class _Active:
    """Marks a question as being answered; answering it within itself is a cycle."""

    def __init__(self, active: dict[Question, None], question: Question) -> None:
        self._active, self._question = active, question

    def __enter__(self) -> None:
        if self._question in self._active:
            raise CycleError([*self._active, self._question])
        self._active[self._question] = None

    def __exit__(self, *exception: object) -> None:
        del self._active[self._question]
