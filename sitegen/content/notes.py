"""What is found to be odd while one file is read."""

from __future__ import annotations

from sitegen.content.nodes import NOWHERE, Items, Node, Place, Scalar
from sitegen.errors import Problem, Severity, Span

__all__ = ["Notes", "kind_of"]


def kind_of(node: Node) -> str:
    """What a reader of a message calls this value."""
    if isinstance(node, Scalar):
        return "text"
    return "a list" if isinstance(node, Items) else "a table"


class Notes:
    """The problems of one file, in the order in which they are found."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(
        self, severity: Severity, code: str, message: str, place: Place = NOWHERE, *, label: str = "", hint: str = ""
    ) -> None:
        """Note a problem at a place of the file."""
        self.problems.append(Problem(severity, code, message, Span(self.path, *place), label, hint))

    def warn(self, code: str, message: str, place: Place = NOWHERE, *, label: str = "", hint: str = "") -> None:
        """Note something that has been read in some way."""
        self.add("warning", code, message, place, label=label, hint=hint)
