"""An engine for a preview: one session of many over a past that goes on in memory, and is never saved.

A build verifies everything before it asks for anything. A preview is asked for a few pages only, so here the leaves
behind an answer are looked at when that answer is asked for, and no others. What nobody asks for may have changed many
looks ago; so for each question it is known at which look its answer was last found to be another one, and for each
answer of a rule at which look it was last found to stand. It stands now if nothing in its trace has changed since.

Salsa, the query system of rust-analyzer, calls these looks revisions.
"""

from __future__ import annotations

from array import array
from contextlib import suppress

from msgspec import Struct, field

from sitegen.engine.engine import Engine
from sitegen.engine.kinds import Answer, Leaf
from sitegen.engine.numbers import WHOLE
from sitegen.engine.past import Change, Past, Question
from sitegen.plain import Plain, fingerprint

__all__ = ["Looks", "PullingEngine"]


class Looks(Struct):
    """What the engines of all looks share beside the past."""

    now: int = 1
    """The number of this look; at 0 the past was saved."""
    changed: dict[int, tuple[int, Change]] = field(default_factory=dict)
    """By number, the last look at which an answer was found to be another one."""
    stood: dict[int, int] = field(default_factory=dict)
    """By number, the last look at which an answer of a rule was found to stand, or was computed."""


class PullingEngine(Engine):
    """One look. `verify` looks at records only; all else is looked at when it is asked for."""

    def __init__(self, past: Past, looks: Looks) -> None:
        super().__init__(past)
        self._looks = looks
        self._checked: set[int] = set()
        """Leaves that were looked at in this session."""

    def again(self) -> PullingEngine:
        """The engine of the next look, over the same past."""
        self._looks.now += 1
        return PullingEngine(self.past, self._looks)

    def unload(self) -> None:
        self._checked.clear()  # whoever needs a leaf looks again, and sees the same
        super().unload()

    def verify(self) -> None:
        for kind, leaf in self.leaves.items():
            if leaf.before is not None:
                for number in self.past.of_kind(kind) if leaf.among is None else self._known(kind, leaf.among):
                    self._ask_again(number, leaf)

    def stands(self, number: int) -> bool:
        self.past.need(number)
        finding = self.past.findings.get(number)
        if finding is None or self._looks.stood.get(number, -1) == self._looks.now:
            return finding is not None
        for rule in finding.rules:
            self._settle(rule)
        if self._first_change(number, finding.trace) is not None:
            return False
        self._looks.stood[number] = self._looks.now
        return True

    def _settle(self, number: int) -> None:
        if not self.stands(number):
            with suppress(Exception):  # whoever needs this answer will ask again, and meet the same exception
                self.ask(self.past.questions[number])

    def _first_change(self, number: int, trace: array[int]) -> Change | None:
        """What has changed in a trace since its answer was last found to stand."""
        since, changed = self._looks.stood.get(number, 0), self._looks.changed
        for read in trace:
            self._check(read & WHOLE)
            if read in changed and changed[read][0] > since:
                return changed[read][1]
        return None

    def _check(self, number: int) -> None:
        """Look at a leaf, if this is one that nobody has looked at yet."""
        if number in self._checked:
            return
        self._checked.add(number)
        self.past.need(number)
        leaf = self.leaves.get(str(self.past.questions[number][0]))
        if leaf is not None and leaf.before is None:
            outer, self._trace = self._trace, None
            try:
                self._ask_again(number, leaf)
            finally:
                self._trace = outer
            self._date(number)

    def _date(self, number: int) -> None:
        if number in self.changed:
            self._looks.changed[number] = self._looks.now, self.changed[number]

    def _compare(self, number: int, old: Plain, new: Plain) -> None:
        super()._compare(number, old, new)
        for part in range(number, number + len(self.parts.get(str(self.past.questions[number][0]), ())) + 1):
            self._date(part)

    def _looked(self, question: Question, leaf: Leaf) -> Answer:
        value = self._look(leaf, question)
        number = self.past.number(question)
        if leaf.before is None and number not in self._checked:
            self._checked.add(number)
            was, mark = self.past.marks.get(number), fingerprint(value)
            if was != mark:
                self.changed[number] = Change(question, "", was, mark)
                self._date(number)
                self.past.mark(number, mark)
        return Answer(number, value)

    def _computed(self, question: Question) -> Answer:
        answer = super()._computed(question)
        self._looks.stood[answer.number] = self._looks.now
        return answer

    def reason(self, number: int) -> Change | None:
        finding = self.past.findings.get(number)
        return self._first_change(number, finding.trace) if finding else None
