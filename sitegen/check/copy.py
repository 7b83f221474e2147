"""One Markdown file as a writer sees it: its front matter with the place of each value, and its text line by line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sitegen.check.prose import readable, without_code
from sitegen.check.rule import Edit, Finding
from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.content.formats import read_entries
from sitegen.content.frontmatter import Split, split
from sitegen.content.nodes import Items, Node, Place, Scalar, Table
from sitegen.errors import Span
from sitegen.plain import Record
from sitegen.text.clean import clean

__all__ = ["Copy"]


class Copy(Record, frozen=True, dict=True):
    """A file whose article could be read, and the settings that it is judged by."""

    article: Article
    data: bytes
    config: Config
    dictionary: frozenset[str] = frozenset()
    """Words that are spelt right, in lower case; none: spelling is not looked at."""

    @cached_property
    def parts(self) -> Split:
        return split(self.data)

    @cached_property
    def body(self) -> str:
        """The Markdown, its line ends `\\n`."""
        return clean(self.parts.body)

    @cached_property
    def matter(self) -> dict[str, Node]:
        """What the front matter says, by the names of our fields."""
        renamed = self.config.front_matter.rename
        return {renamed.get(entry.key, entry.key): entry.value for entry in read_entries(self.parts)}

    @cached_property
    def prose(self) -> str:
        """The body with blanks in the place of all that is no text for readers."""
        return readable(self.body)

    @cached_property
    def markup(self) -> str:
        """The body with blanks in the place of code."""
        return without_code(self.body)

    # Places

    def at(self, key: str) -> Span:
        """The place of a field's value, as well as it is known."""
        node = self.matter.get(key)
        if isinstance(node, Scalar) and node.place.line:
            return Span(self.article.path, *node.place)
        return Span(self.article.path, self.article.line(key) or 1)

    def in_body(self, start: int, end: int) -> Span:
        """The place of a part of the body."""
        line = self.body.count("\n", 0, start)
        column = start - (self.body.rfind("\n", 0, start) + 1) + 1
        return Span(self.article.path, self.parts.body_line + line, column, end - start)

    def inner(self, key: str, name: str) -> Span:
        """The place of one value in a field that is a table; else that of the field."""
        node = self.matter.get(key)
        for entry in node.entries if isinstance(node, Table) else ():
            if entry.key == name:
                place = entry.value.place if isinstance(entry.value, Scalar) else entry.place
                return Span(self.article.path, *place)
        return self.at(key)

    def items(self, key: str) -> Iterator[tuple[str, Span]]:
        """The values of a field that is a list, or text with commas, each at its place."""
        node = self.matter.get(key)
        for item in node.items if isinstance(node, Items) else ():
            if isinstance(item, Scalar):
                yield item.text.strip(), Span(self.article.path, *item.place)
        if isinstance(node, Scalar):
            yield from self._parted(node)

    def _parted(self, node: Scalar) -> Iterator[tuple[str, Span]]:
        row = self.line(node.place.line)
        start = node.place.column - 1
        for part in node.text.split(","):
            at = row.find(part.strip(), max(start, 0))
            place = Place(node.place.line, at + 1, len(part.strip())) if at >= 0 else node.place
            start = at + len(part.strip()) if at >= 0 else start
            if part.strip():
                yield part.strip(), Span(self.article.path, *place)

    @cached_property
    def _lines(self) -> list[str]:
        return self.data.decode("utf-8-sig", "replace").split("\n")

    def line(self, number: int) -> str:
        """A line of the file, counted from 1, without its end."""
        return self._lines[number - 1].removesuffix("\r") if 0 < number <= len(self._lines) else ""

    # Findings

    def finding(
        self, span: Span, message: str, *, label: str = "", hint: str = "", old: str = "", new: str | None = None
    ) -> Finding:
        """A finding in this file; with `new`, that is what `old` at its place should be."""
        edit = None
        if new is not None and self.line(span.line)[span.column - 1 :].startswith(old):
            edit = Edit(span.path, span.line, span.column, old, new)
        return Finding(span, message, label, hint, edit)
