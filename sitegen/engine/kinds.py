"""The kinds of questions that an engine can answer, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from sitegen.engine.numbers import STEP
from sitegen.plain import Plain, Record

__all__ = ["Answer", "Kinds", "Leaf", "Rule", "Watch", "unwatched"]

Call = TypeVar("Call", bound=Callable[..., Any])


class Watch(Protocol):
    """Says what to call instead of a function that answers, or helps to: the same, but somebody may look on.

    `what` is "question", "template", "block" (of a template) or "setup" (done once in a process).
    """

    def __call__(self, what: str, name: str, call: Call, /) -> Call: ...


def unwatched(what: str, name: str, call: Call, /) -> Call:
    """Nobody looks on."""
    return call


class Answer(Struct):
    """The answer to one question in this session."""

    number: int
    value: Any
    stood: bool = False
    """True if a rule's remembered answer still holds."""


class Leaf(Record, frozen=True):
    """Looked at afresh in every session. `before` tells what a record was in the last one; only answers for `among`, or
    for arguments that `may_differ`, can be other ones now (None: any).
    """

    look: Callable[..., Plain]
    stands: bool
    before: Callable[[str], Plain] | None = None
    among: Iterable[str] | None = None
    may_differ: Callable[..., bool] | None = None


class Rule(Record, frozen=True):
    """Computed, if the remembered answer does not stand. Its answers are of the type `kind`."""

    compute: Callable[..., Any]
    kind: Any
    last: bool


class Kinds:
    """Leaves and rules by the kind of question, and the numbers of the parts of their answers by name."""

    def __init__(self) -> None:
        self.leaves: dict[str, Leaf] = {}
        self.rules: dict[str, Rule] = {}
        self.parts: dict[str, Mapping[str, int]] = {}
        self.watched: Watch = unwatched

    def leaf(
        self,
        kind: str,
        look: Callable[..., Plain],
        *,
        stands: bool = False,
        among: Iterable[str] | None = None,
        may_differ: Callable[..., bool] | None = None,
    ) -> None:
        """Questions of this kind are answered by `look(*arguments)`, once in a session.

        `stands` says that nothing behind these answers has changed since the last session: they are not asked again.
        If only answers for `among` can be others now, or for arguments that `may_differ`, only those are.
        """
        self.leaves[kind] = Leaf(self.watched("question", kind, look), stands, among=among, may_differ=may_differ)

    def records(
        self,
        kind: str,
        look: Callable[[str], Plain],
        type: Any,
        before: Callable[[str], Plain],
        among: Iterable[str] | None = None,
    ) -> None:
        """A leaf whose answers are records; `before` tells what one was in the last session. If only answers for
        `among` can be others now, only those are asked again.
        """
        self.leaves[kind] = Leaf(self.watched("question", kind, look), stands=False, before=before, among=among)
        self._name_parts(kind, type)

    def rule(self, kind: str, compute: Callable[..., Any], type: Any = bytes, *, last: bool = False) -> None:
        """Questions of this kind are answered by `compute(*arguments)`, unless the remembered answer stands.

        Answers of this type are kept, but of bytes only the digest is. No other rule reads a `last` one.
        """
        self.rules[kind] = Rule(self.watched("question", kind, compute), type, last)
        self._name_parts(kind, type)

    def close(self) -> None:
        """Answer nothing any more. What answers questions mostly asks others in turn, and so refers to the engine that
        refers to it: memory would be freed only when such circles are looked for.
        """
        self.leaves.clear()
        self.rules.clear()

    def _name_parts(self, kind: str, type: Any) -> None:
        names = getattr(type, "__struct_fields__", ())
        assert len(names) < STEP
        self.parts[kind] = {name: number for number, name in enumerate(names, 1)}
