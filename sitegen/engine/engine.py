"""Verifying traces over answers: recompute only what would come out differently, and prove it by asking again.

A question is a tuple, its kind first: `("file", "content/a.md")`, `("latest", 5)`. A *leaf* is looked at afresh in
every session. A *rule* is computed; while it runs, every question it asks through `Engine.read` is recorded. In a later
session, `verify` asks all remembered leaves again and notes which answer differently; a rule's remembered answer stands
if and only if nothing in its trace has changed. A rule that is recomputed to an equal value has not changed, so what
reads it stands too (early cutoff).

Whoever needs one field of a record asks for that `part`, and depends on nothing else of it.

The scheme is that of verifying traces in A. Mokhov, N. Mitchell, S. Peyton Jones, "Build Systems à la Carte" (2018),
section 4.2.2, with one fingerprint for each question instead of one for each read: after a session every trace that is
kept agrees with every other, so what has changed since is the same for all of them. This module knows nothing about
sites.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from sitegen.engine.changes import Changes
from sitegen.engine.kinds import Answer, Leaf, Rule
from sitegen.engine.numbers import WHOLE
from sitegen.engine.past import Finding, News, Past, Question
from sitegen.engine.shelf import Loaded
from sitegen.plain import digest, fingerprint, pack

__all__ = ["CycleError", "Engine"]

_NOT_LOADED = object()


class CycleError(Exception):
    """A rule needs its own answer. `questions` is the way around."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(" → ".join(map(str, self.questions)))


class Engine(Changes):
    """One session: every question is answered at most once, and all answers belong to one instant.

    Say what leaves and rules there are, then `verify`, then ask. Not safe for use by several threads at a time.
    """

    def __init__(self, past: Past) -> None:
        super().__init__(past)
        self._answers: dict[Question, Answer] = {}
        self._new: set[int] = set()
        """Answers of rules that were computed in this session."""
        self._owed: set[int] = set()
        """Remembered answers of rules that do not stand, and were left to whoever asked for the stale ones."""
        self._kept: list[Question] = []
        """Questions whose answers were computed and are stored, so that memory need not hold them."""
        self._used = 0
        self.room = 16 << 20
        """Bytes of computed values, as they are stored, that may stay in memory before all of them are let go."""
        self._loaded = Loaded()
        self._trace: dict[int, None] | None = None
        self._active: dict[Question, None] = {}
        self._told: int | None = None
        """How many changes this process has told, if it is a fork that tells."""

    # Asking again

    def stands(self, number: int) -> bool:
        """Whether a rule's remembered answer is what it would be now; False if there is none."""
        self.past.need(number)
        finding = self.past.findings.get(number)
        if finding is None or number in self._new:
            return finding is not None
        if self._reached is not None and number not in self._reached:
            return True
        for rule in finding.rules:
            if rule in self._unsure:
                self._settle(rule)
        return self.changed.keys().isdisjoint(finding.trace)

    def _settle(self, number: int) -> None:
        """Find out whether a rule's answer is what it was, computing it if need be."""
        self._unsure.discard(number)
        if not self.stands(number):
            with suppress(Exception):  # as in `_ask_again`
                self.ask(self.past.questions[number])

    def stale(self, kind: str, wanted: Callable[..., bool]) -> list[Question]:
        """The remembered questions of a kind whose answers do not stand, or were computed because something else needed
        them; those that nobody wants any more are lost.
        """
        found = []
        for number in self._reached_of(kind):
            question = self.past.questions[number]
            self._unsure.discard(number)
            if self.stands(number) and number not in self._new:
                continue
            if wanted(*question[1:]):
                self._owed.add(number)
                found.append(question)
            else:
                self._lose(number)
        return found

    def _lose(self, number: int) -> None:
        """A question has no answer any more."""
        if number in self.past.findings:
            self._compare(number, None, None)
            self.past.forget(number)

    def finish(self) -> None:
        """Forget what was not asked for in this session and has another answer now; then the past may be saved."""
        for number in (*self._owed, *self._unsure):
            self._unsure.discard(number)
            if not self.stands(number):
                self._lose(number)

    # Several processes

    def part_ways(self) -> None:
        """From here on this process, a fork, keeps what it finds to itself until it is told with `tell`."""
        self.past.part_ways()
        self._told = len(self.changed)

    def tell(self) -> News:
        """What this process has found out since it parted, or since it last told."""
        changed = dict(islice(self.changed.items(), self._told, None))
        self._told = len(self.changed)
        news = self.past.tell(changed)
        if self._used > self.room:
            self._let_go()
        return news

    def hear(self, news: News) -> None:
        """Take in what another process has found out. Raises `Contradiction`."""
        heard = self.past.hear(news)
        self._new.update(heard)
        self._unsure.difference_update(heard)
        self.changed.update({self.past.here(news, number): change for number, change in news.changed.items()})

    # Answering

    def read(self, kind: str, *arguments: str | int | None) -> Any:
        """The answer to a question, recorded in the trace of the rule that asks.

        Raises `CycleError`, and whatever the leaf or rule raises.
        """
        question = (kind, *arguments)
        answer = self._answers.get(question) or self.ask(question)
        if self._trace is not None:
            self._trace[answer.number] = None
        return answer.value if answer.value is not _NOT_LOADED else self._remembered(question)

    def part(self, kind: str, key: str, name: str) -> Any:
        """One field of the record that is the answer to a question; None if there is no such record."""
        question = (kind, key)
        answer = self._answers.get(question) or self.ask(question)
        if self._trace is not None:
            self._trace[answer.number + self.parts[kind][name]] = None
        record = answer.value if answer.value is not _NOT_LOADED else self._remembered(question)
        return None if record is None else getattr(record, name)

    def ask(self, question: Question) -> Answer:
        """The answer without recording it; its value may not be loaded. Raises as `read` does."""
        leaf = self.leaves.get(str(question[0]))
        answer = self._answers.get(question)
        if answer is None:
            answer = self._standing(question) if leaf is None else self._looked(question, leaf)
            # While it was found out whether a remembered answer stands, it may have been computed.
            answer = answer or self._answers.get(question) or self._computed(question)
            self._answers[question] = answer
        return answer

    def _looked(self, question: Question, leaf: Leaf) -> Answer:
        value = self._look(leaf, question)
        number = self.past.number(question)
        if leaf.before is None and number not in self.past.marks:
            self.past.mark(number, fingerprint(value))
        return Answer(number, value)

    def _look(self, leaf: Leaf, question: Question) -> Any:
        outer, self._trace = self._trace, None
        try:
            return leaf.look(*question[1:])
        finally:
            self._trace = outer

    def _standing(self, question: Question) -> Answer | None:
        return Answer(self.past.numbers[question], _NOT_LOADED, stood=True) if self.knows(question) else None

    def knows(self, question: Question) -> bool:
        """Whether the remembered answer of a rule is what it would be now."""
        number = self.past.known(question)
        return number is not None and self.stands(number)

    def knows_from_before(self, question: Question) -> bool:
        """The same, of an answer that was there when the past was loaded."""
        return self.knows(question) and self.past.numbers[question] not in self.past.fresh

    def _remembered(self, question: Question) -> Any:
        past, number = self.past, self.past.numbers[question]
        kind = self.rules[str(question[0])].kind
        return self._loaded.value(past.shelf, past.findings[number].place, past.marks[number], kind)

    def foresee(self, questions: Iterable[Question]) -> None:
        """Load, all at once, what will soon be asked for: the values of these rules, and of those that they were last
        computed from, as far as they are remembered and stand.
        """
        findings = self.past.findings
        known = [number for question in questions if (number := self.past.known(question)) is not None]
        from_these = [rule for number in known if number in findings for rule in findings[number].rules]
        standing = [number for number in dict.fromkeys(known + from_these) if self.stands(number)]
        places = {findings[number].place: self.past.marks[number] for number in standing}
        places.pop(0, None)
        self._loaded.foresee(self.past.shelf, places)

    def unload(self) -> None:
        """Keep nothing in memory that can be had from the past. To be called while no rule is being computed."""
        self._answers.clear()
        self._loaded.clear()
        self.past.unload()

    def lay_down(self) -> None:
        """Keep less in memory, also of what is new if that may be saved already. To be called as `unload` is."""
        if self.past.lay_down():
            self._answers.clear()
            self._kept.clear()
            self._used = 0

    def release(self, question: Question) -> None:
        """Keep the value of a rule's answer no longer in memory."""
        self._answers.pop(question, None)

    def _keep(self, question: Question, size: int) -> None:
        self._kept.append(question)
        self._used += size
        if self._used > self.room and self._told is None:
            self._let_go()

    def _let_go(self) -> None:
        for question in self._kept:
            self.release(question)
            # What a fork has told is on no shelf of its own: it is computed again if need be.
            if self._told is not None:
                self.past.findings.pop(self.past.numbers[question], None)
        self._kept.clear()
        self._used = 0

    def recompute(self, question: Question) -> Answer:
        """The answer of a rule, computed even if the remembered one stands."""
        answer = self._answers[question] = self._computed(question)
        return answer

    def _computed(self, question: Question) -> Answer:
        rule = self.rules[str(question[0])]
        number = self.past.number(question)
        because = self.reason(number)
        value, trace = self._recorded(rule, question, number)
        data = value if rule.kind is bytes else pack(value)
        mark = digest(data)
        self._note_change(question, number, mark, value)
        place = 0 if rule.kind is bytes else self.past.shelf.put(data)
        self._keep(question, len(data) if place else 0)
        asked = dict.fromkeys([read & WHOLE for read in trace])
        rules = tuple([question for question in asked if question in self.past.findings])
        self.past.put(number, mark, Finding(array("I", trace), rules, place, because))
        self._new.add(number)
        self._unsure.discard(number)
        return Answer(number, value)

    def _note_change(self, question: Question, number: int, mark: str, value: Any) -> None:
        if self.past.marks.get(number, mark) != mark:
            old = self._remembered(question) if self.parts[str(question[0])] else None
            self._compare(number, old, value)

    def _recorded(self, rule: Rule, question: Question, number: int) -> tuple[Any, Iterable[int]]:
        """The value of a rule's answer, and what was read for it."""
        if question in self._active:
            raise CycleError([*self._active, question])
        trace: dict[int, None] = {}
        outer, self._trace = self._trace, trace
        self._active[question] = None
        try:
            return rule.compute(*question[1:]), trace
        except Exception:
            self._lose(number)
            raise
        finally:
            self._trace = outer
            del self._active[question]
