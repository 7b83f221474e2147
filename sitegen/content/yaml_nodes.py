"""YAML as `nodes`, read from PyYAML's events.

The C parser is ten times faster than the Python one, but not every machine has it, and they disagree about a few rare
forms. What could be one of those goes to the Python parser everywhere, so that a site is the same on all of them.
Events rather than `yaml.compose`, which overflows the stack of the process on a thousand brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from sitegen.content.nodes import DEEPEST, NOWHERE, Entry, Items, Node, Place, Scalar, Table, UnreadableError, too_deep
from sitegen.regex import regex
from sitegen.text.clean import clean

__all__ = ["read_yaml", "same_everywhere"]

_MOST_COPIES = 10_000
"""Values that aliases may stand for altogether: a bomb of nested aliases has billions."""

_BLANKS = regex("[\t\u2028\u2029]")
"""The parsers disagree about tabs; a line separator within a value is no end of a line."""

_RARE = regex(r"(?:^|[\s,\[{:-])!|[|>][-+\d]*#|\\[uU]|:[]\[{},]", re.MULTILINE)
"""Tags, a comment glued to a block mark, escapes that may be half a character, a key without a value in a flow list."""

_BRACKET = regex(r"[\[{]")
"""After one, a question mark may be in a flow list, where it means something to one parser and nothing to the other."""


def same_everywhere(text: str) -> bool:
    """Whether the C parser and the Python parser surely agree about this text."""
    bracket = _BRACKET.search(text)
    return not (_RARE.search(text) or (bracket and "?" in text[bracket.start() :]))


def read_yaml(text: str, first_line: int = 1) -> Node | None:
    """The tree of one YAML document, None if there is nothing in it. Raises `UnreadableError`."""
    text = clean(_BLANKS.sub(" ", text))
    try:
        return _Reader(_events(text), first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(first_line + mark.line, mark.column + 1, 1) if mark else NOWHERE
        raise UnreadableError(f"the front matter is not YAML: {error.problem}", place, _QUOTE) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(f"the front matter is not YAML: {error}", Place(first_line)) from None


_QUOTE = "put a value that holds `: `, ` #` or begins with a sign in quotes"


def _events(text: str) -> Iterator[Any]:
    fast = yaml.__with_libyaml__ and same_everywhere(text)
    return yaml.parse(text, yaml.CSafeLoader if fast else yaml.SafeLoader)


class _Reader:
    """One pass over the events; `anchors` are the nodes that aliases may name."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.events = events
        self.first_line = first_line
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.size = 0
        self.copies = 0

    def document(self) -> Node | None:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        tree = self.value(next(self.events), 0)
        next(self.events)
        extra = next(self.events)
        if not isinstance(extra, yaml.StreamEndEvent):
            raise UnreadableError("the front matter holds a second document", self.place(extra))
        return tree

    def value(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            raise too_deep(self.place(event))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        before = self.size
        self.size += 1
        found = self.node(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = found, self.size - before
        return found

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(clean(event.value), not event.style, self.place(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self.items(depth)), self.place(event))
        return Table(tuple(self.entries(depth)), self.place(event))

    def alias(self, event: Any) -> Node:
        found, size = self.anchors.get(event.anchor, (None, 0))
        if found is None:
            raise UnreadableError(f"nothing is called `&{event.anchor}` before this", self.place(event))
        self.size += size
        self.copies += size
        if self.copies > _MOST_COPIES:
            raise UnreadableError("the aliases of the front matter expand without bound", self.place(event))
        return found

    def items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.value(event, depth + 1)

    def entries(self, depth: int) -> Iterator[Entry]:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.value(event, depth + 1)
            if not isinstance(key, Scalar):
                raise UnreadableError("a key is not text", key.place)
            yield Entry(key.text, self.value(next(self.events), depth + 1), key.place)

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 0
        return Place(self.first_line + start.line, start.column + 1, length)
