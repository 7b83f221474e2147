"""Where each key and value of a TOML document stands. `tomllib` knows this while it reads, and then forgets it.

The document is known to be valid, so this only has to find its way: it tells tokens apart and follows brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from sitegen.errors import Span
from sitegen.plain import Record
from sitegen.regex import regex

__all__ = ["KeyPath", "Position", "positions"]

KeyPath = tuple[str | int, ...]

_TOKEN = regex(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = regex(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class Position(Record, frozen=True):
    """The place of a key, and of the first line of its value."""

    key: Span
    value: Span


class _Token(Record, frozen=True):
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Walk(Struct):
    path: str
    text: str
    tokens: Iterator[_Token]
    found: dict[KeyPath, Position] = field(default_factory=dict)
    tables: dict[KeyPath, int] = field(default_factory=dict)
    """How many `[[tables]]` of this name there have been."""
    token: _Token = _Token("newline", "", 0)

    def advance(self) -> _Token:
        """The token read so far; the next one is then in `token`."""
        before = self.token
        self.token = next(self.tokens, _Token("end", "", len(self.text)))
        return before

    def at(self, mark: str) -> bool:
        return self.token.kind == "mark" and self.token.text == mark

    def span(self, start: int, end: int) -> Span:
        """The part of the first line between two offsets."""
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", start)
        stop = end if line_end < 0 else min(end, line_end)
        length = len(self.text[start:stop].rstrip())
        return Span(self.path, self.text.count("\n", 0, start) + 1, start - line_start + 1, length)

    def note(self, path: KeyPath, key: Span, value: Span) -> None:
        self.found.setdefault(path, Position(key, value))

    def document(self) -> None:
        table: KeyPath = ()
        self.advance()
        while self.token.kind != "end":
            if self.token.kind == "newline":
                self.advance()
            elif self.at("["):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> KeyPath:
        """`[a.b]` or `[[a.b]]`; what comes back is where the keys below it belong."""
        self.advance()
        many = self.at("[")
        if many:
            self.advance()
        prefix: KeyPath = ()
        keys = self.key()
        for left, (name, span) in zip(range(len(keys), 0, -1), keys, strict=True):
            prefix = (*prefix, name)
            self.note(prefix, span, span)
            if many and left == 1:
                self.tables[prefix] = self.tables.get(prefix, 0) + 1
            if prefix in self.tables:
                prefix = (*prefix, self.tables[prefix] - 1)
                self.note(prefix, span, span)
        while self.token.kind not in ("newline", "end"):
            self.advance()
        return prefix

    def key(self) -> list[tuple[str, Span]]:
        """The parts of a dotted key."""
        parts = []
        while not (self.at("=") or self.at("]")):
            token = self.advance()
            if token.kind != "mark":
                parts.append((_name(token), self.span(token.start, token.end)))
        return parts

    def pair(self, table: KeyPath) -> None:
        keys = self.key()
        self.advance()
        path = (*table, *(name for name, _ in keys))
        start = self.token.start
        value = self.span(start, self.value(path).end)
        for depth, (_, span) in enumerate(keys, start=len(table) + 1):
            self.note(path[:depth], span, value)

    def value(self, path: KeyPath) -> _Token:
        """Walks over one value; what comes back is its last token."""
        if self.at("["):
            return self.array(path)
        if self.at("{"):
            return self.inline_table(path)
        last = self.token
        while self.token.kind in ("bare", "string") or self.at("."):
            last = self.advance()
        return last

    def array(self, path: KeyPath) -> _Token:
        self.advance()
        index = 0
        while not self.at("]"):
            if self.token.kind == "newline" or self.at(","):
                self.advance()
                continue
            start = self.token.start
            span = self.span(start, self.value((*path, index)).end)
            self.note((*path, index), span, span)
            index += 1
        return self.advance()

    def inline_table(self, path: KeyPath) -> _Token:
        self.advance()
        while not self.at("}"):
            if self.token.kind == "newline" or self.at(","):
                self.advance()
            else:
                self.pair(path)
        return self.advance()


def _name(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    inner = token.text[1:-1]
    return inner if token.text[0] == "'" else _ESCAPE.sub(_unescape, inner)


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            yield _Token(match.lastgroup or "", match[0], match.start())


def positions(path: str, text: str) -> Mapping[KeyPath, Position]:
    """The place of every key and array item of a valid TOML document, by its path of keys and indexes."""
    walk = _Walk(path, text, _tokens(text))
    walk.document()
    return walk.found
