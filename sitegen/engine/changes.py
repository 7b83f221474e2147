"""What has changed since the last session, and how far that can reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from sitegen.engine.kinds import Kinds, Leaf
from sitegen.engine.numbers import STEP, WHOLE
from sitegen.engine.past import Change, Past, Question
from sitegen.plain import Plain, fingerprint

__all__ = ["Changes"]


class Changes(Kinds):
    """The past, and the leaves of now beside it. `verify` compares them."""

    def __init__(self, past: Past) -> None:
        super().__init__()
        self.past = past
        self.changed: dict[int, Change] = {}
        """Numbers of which the answer is not what it was in the last session."""
        self._reached: set[int] | None = None
        """Remembered answers of rules to which something that has changed may lead; None: any."""
        self._unsure: set[int] = set()
        """Remembered answers of rules that may not stand."""

    def verify(self) -> None:
        """Ask every remembered leaf question again that may have another answer now."""
        asked = {kind: self._may_differ(kind, leaf) for kind, leaf in self.leaves.items() if not leaf.stands}
        self.past.need_all(chain.from_iterable(asked.values()))
        for kind, numbers in asked.items():
            leaf = self.leaves[kind]
            for number in numbers:
                if leaf.may_differ is None or leaf.may_differ(*self.past.questions[number][1:]):
                    self._ask_again(number, leaf)
        self._reached = self.past.reached(self.changed, self._parts_of)
        if self._reached is None:
            self.past.load()
        for kind, rule in self.rules.items():
            if not rule.last:
                self._unsure.update(self._reached_of(kind))

    def _may_differ(self, kind: str, leaf: Leaf) -> Sequence[int]:
        """The remembered questions of a kind that have to be asked again. To know `among` which may take a while."""
        numbers = self.past.of_kind(kind)
        return self._known(kind, leaf.among) if numbers and leaf.among is not None else numbers

    def _known(self, kind: str, keys: Iterable[str]) -> list[int]:
        return [number for key in keys if (number := self.past.known((kind, key))) is not None]

    def _parts_of(self, number: int) -> Iterable[int]:
        """All that other traces may hold of a rule's answer."""
        kind = str(self.past.questions[number][0])
        if kind not in self.rules or self.rules[kind].last:
            return ()
        return range(number, number + len(self.parts[kind]) + 1)

    def _reached_of(self, kind: str) -> Sequence[int]:
        """The remembered questions of a kind that may have another answer now."""
        if self._reached is None:
            return self.past.of_kind(kind)
        return sorted(number for number in self._reached if self.past.questions[number][0] == kind)

    def _ask_again(self, number: int, leaf: Leaf) -> None:
        self.past.need(number)
        question = self.past.questions[number]
        if leaf.before is not None:
            old, new = leaf.before(str(question[1])), leaf.look(*question[1:])
            if old is not new and old != new:
                self._compare(number, old, new)
            return
        was = self.past.marks.get(number)
        try:
            mark = fingerprint(leaf.look(*question[1:]))  # no rule asks, so nothing is recorded
        except Exception:
            mark = None  # whoever needs this answer now will ask again, and meet the same exception in its own place
        if mark is None or mark != was:
            self.changed[number] = Change(question, "", was, mark)
            self.past.mark(number, mark)

    def whole(self, read: int) -> tuple[Question, str]:
        """The question that a number in a trace stands for, and the part of its answer; empty: all of it."""
        self.past.need(read & WHOLE)
        question = self.past.questions[read & WHOLE]
        names = ("", *self.parts.get(str(question[0]), ()))
        return question, names[read % STEP]

    def reason(self, number: int) -> Change | None:
        """The first change in what a rule's remembered answer was made from; None if there is none."""
        finding = self.past.findings.get(number)
        return next((self.changed[read] for read in finding.trace if read in self.changed), None) if finding else None

    def _compare(self, number: int, old: Plain, new: Plain) -> None:
        """Notes that an answer is another one, and which parts of it are; if one is None, all of them."""
        question = self.past.questions[number]
        self.changed[number] = Change(question)
        for name, part in self.parts[str(question[0])].items():
            was, now = getattr(old, name, None), getattr(new, name, None)
            if old is None or new is None or was != now:
                self.changed[number + part] = Change(question, name, _shown(was), _shown(now))


def _shown(value: Plain) -> str | None:
    """A fingerprint of what is short enough to be told to a reader."""
    return fingerprint(value) if isinstance(value, str | int | None) else None
