"""What a rule of the copy desk is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from sitegen.config import RuleSeverity
from sitegen.errors import Problem, Span
from sitegen.plain import Record

__all__ = ["Edit", "Finding", "Rule"]

T = TypeVar("T")


class Edit(Record, frozen=True):
    """What mends a finding: in a line of a file, from a column on, `old` becomes `new`. Both count from 1."""

    path: str
    line: int
    column: int
    old: str
    new: str


class Finding(Record, frozen=True):
    """What a rule says of one place."""

    span: Span
    message: str
    label: str = ""
    hint: str = ""
    edit: Edit | None = None
    """None if nobody but a person can mend it."""

    def problem(self, rule: Rule[T], severity: RuleSeverity) -> Problem:
        """The finding as a problem of this severity, which is not `off`."""
        assert severity != "off"
        return Problem(severity, rule.code, self.message, self.span, self.label, self.hint)


class Rule(Record, Generic[T], frozen=True):
    """A rule: its stable `code`, how severe it is unless the site says otherwise, what it says of a site in one
    sentence, and the function that finds where the site breaks it.
    """

    code: str
    severity: RuleSeverity
    says: str
    find: Callable[[T], Iterator[Finding]]

    @property
    def page(self) -> str:
        """Where the guide tells of it, relative to the repository."""
        return f"docs/guide/checking.md#{self.code}"
