"""Front matter as a tree of text with places, the same for YAML, TOML and JSON.

Nothing is typed here: whether `124062`, `no` or `21-32-00` is a number, a flag or a slug depends on the field that it
is for, so a scalar is its text as written and whether it stood bare or in quotes.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sitegen.regex import regex
from sitegen.text.clean import clean

__all__ = [
    "DEEPEST",
    "NOWHERE",
    "Entry",
    "Items",
    "Node",
    "Place",
    "Scalar",
    "Table",
    "UnreadableError",
    "node",
    "plain",
    "too_deep",
]

_INTEGER = regex(r"-?(?:0|[1-9]\d{0,17})", re.ASCII)
_FRACTION = regex(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_NULLS = frozenset(["~", "null", "Null", "NULL"])

DEEPEST = 50
"""Lists and tables in one another; deeper front matter is refused before it exhausts the stack."""


class Place(NamedTuple):
    """Where something stands in its file; line and column count from 1, 0 means "not known"."""

    line: int = 0
    column: int = 0
    length: int = 0


NOWHERE = Place()


class Scalar(NamedTuple):
    """A text; `bare` is one without quotes, which may stand for a number, a flag or nothing."""

    text: str
    bare: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Nothing is said here; empty quotes say nothing either."""
        return self.text.strip() == "" or (self.bare and self.text in _NULLS)

    @property
    def word(self) -> str:
        """The text for comparing it with known words."""
        return self.text.strip().lower()


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Table(NamedTuple):
    """Keys with values, in order; a key may come twice."""

    entries: tuple[Entry, ...]
    place: Place


Node = Scalar | Items | Table


class Entry(NamedTuple):
    """A key with its value; the place is that of the key."""

    key: str
    value: Node
    place: Place


class UnreadableError(Exception):
    """A file that cannot be used at all: `message` says why, `place` where, `hint` what to do."""

    def __init__(self, message: str, place: Place = NOWHERE, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.hint = message, place, hint


def node(value: object, place: Place = NOWHERE, depth: int = 0) -> Node:
    """The tree of a value that TOML, JSON or the configuration has read; everything in it stands at one place."""
    if depth > DEEPEST:
        raise too_deep(place)
    if isinstance(value, dict):
        entries = (Entry(clean(str(key)), node(item, place, depth + 1), place) for key, item in value.items())
        return Table(tuple(entries), place)
    if isinstance(value, list | tuple):
        return Items(tuple(node(item, place, depth + 1) for item in value), place)
    if isinstance(value, str):
        return Scalar(clean(value), False, place)
    return Scalar(_spelt(value), True, place)


def too_deep(place: Place) -> UnreadableError:
    """The error for front matter that is nested more than `DEEPEST` deep."""
    return UnreadableError(f"the front matter is nested more than {DEEPEST} deep", place)


def _spelt(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def plain(tree: Node) -> Any:
    """The value for a theme: what JSON would read as a number, a flag or null is one, all else is text as written."""
    if isinstance(tree, Table):
        return {entry.key: plain(entry.value) for entry in tree.entries}
    if isinstance(tree, Items):
        return [plain(item) for item in tree.items]
    if not tree.bare:
        return tree.text
    return None if tree.is_null else _number_or_flag(tree.text)


def _number_or_flag(text: str) -> object:
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
