"""What belongs to one body while it is rendered. The parser is shared; this travels in its `env`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.body import Heading
from sitegen.content.links import Link, Resolve
from sitegen.content.shortcodes import ShortcodeSpec
from sitegen.errors import Problem, Severity, Span

__all__ = ["KEY", "Run", "State", "run_of"]

KEY = "sitegen"
State = StateBlock | StateCore | StateInline


@dataclass(slots=True)
class Run:
    """One body on its way to HTML: what the rules may ask, and what they leave behind."""

    source: str
    path: str = ""
    first_line: int = 1
    doc_id: str = ""
    title: str = ""
    resolve: Resolve = Link
    shortcodes: Mapping[str, ShortcodeSpec] = field(default_factory=dict)

    plain: bool = False
    """Nothing but CommonMark is wanted."""
    trusted: bool = False
    """The writers' HTML goes to the page as it is."""
    block: Token | None = None
    """The block whose inline text is being parsed."""
    html: bool = False
    """Raw HTML was met."""
    calls: bool = False
    """Shortcodes were met."""
    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    labels: dict[str, int] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)

    def report(
        self, code: str, message: str, place: tuple[int, int], length: int = 0, hint: str = "",
        severity: Severity = "warning",
    ) -> None:  # fmt: skip
        """Adds a problem at `place`: line and column in the body, both counted from 0."""
        line, column = place
        span = Span(self.path, self.first_line + line, column + 1, length)
        self.problems.append(Problem(severity, code, message, span, hint=hint))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the source."""
        return self.source.count("\n", 0, offset), offset - self.source.rfind("\n", 0, offset) - 1

    def inline_place(self, text: str, offset: int) -> tuple[int, int]:
        """Line and column of an offset in an inline text, which has lost indents and quote marks of its lines."""
        block = self.block
        if block is None or block.map is None:
            return 0, 0
        offset += max(0, block.content.find(text))
        start = block.content.rfind("\n", 0, offset) + 1
        end = block.content.find("\n", offset)
        row = block.content[start : end if end >= 0 else None]
        line = block.map[0] + block.content.count("\n", 0, offset)
        return line, max(0, self.line(line).find(row)) + offset - start

    def line(self, number: int) -> str:
        """A line of the source, counted from 0."""
        if not self._lines:
            self._lines = self.source.split("\n")
        return self._lines[number] if number < len(self._lines) else ""

    def claim(self, wanted: str) -> str:
        """An id that nothing else in this body has: the wanted one, or with the first free number."""
        name, number = wanted, 2
        while name in self.ids:
            name, number = f"{wanted}-{number}", number + 1
        self.ids.add(name)
        return name

    def note_id(self, number: int, prefix: str = "fn", again: int = 0) -> str:
        """The id of a footnote, or of a place that refers to it: different in each story."""
        story = re.sub(r"[^\w.-]+", "-", self.doc_id)
        return ":".join([prefix, *([story] if story else []), str(number), *([str(again + 1)] if again else [])])


def run_of(state: State) -> Run:
    """The run that a rule works for."""
    run: Run = state.env[KEY]
    return run
