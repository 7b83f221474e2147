"""What belongs to one body while it is rendered. The parser is shared; this travels in its `env`."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec import Struct, field

from sitegen.config import MarkdownConfig
from sitegen.content.body import Heading, Picture, Shortcode
from sitegen.content.links import Link, Resolve
from sitegen.content.live import Coverage
from sitegen.content.shortcodes import ShortcodeSpec
from sitegen.errors import Problem, Span
from sitegen.regex import regex

__all__ = ["KEY", "RESERVED_IDS", "Place", "Run", "State", "run_of"]

KEY = "sitegen"
Place = Callable[[], tuple[int, int]]
"""Tells line and column in the body, both counted from 0, once they are asked for."""

_CALL = regex(r"[ \t>]*\{\{<")
RESERVED_IDS = ("main",)
"""Ids of the page around the body: the skip link leads to `#main`."""
_MOST = 50
"""Problems of one kind that a body may have before the rest of them is left out."""
State = StateBlock | StateCore | StateInline


class Run(Struct):
    """One body on its way to HTML: what the rules may ask, and what they leave behind."""

    source: str
    options: MarkdownConfig
    path: str = ""
    first_line: int = 1
    doc_id: str = ""
    title: str = ""
    resolve: Resolve = Link
    shortcodes: Mapping[str, ShortcodeSpec] = field(default_factory=dict)
    live: Coverage | None = None

    block: Token | None = None
    """The block whose inline text is being parsed."""
    in_note: bool = False
    """The definition of a footnote is being parsed."""
    html: bool = False
    """Raw HTML was met."""
    open_tags: list[tuple[str, Place]] = field(default_factory=list)
    """Raw elements that are open, and where."""
    calls: bool = False
    """Shortcodes were met."""
    pictures: dict[str, None] = field(default_factory=dict)
    """Paths of the picture files that were met, in order."""
    raw_pictures: dict[str, str] = field(default_factory=dict)
    """The paths of those that raw HTML shows, by the URL that it has for them."""
    pieces: list[Shortcode | Picture] = field(default_factory=list)
    """What the stand-ins in the HTML that is being rendered stand for."""
    stand_in: str = ""
    """What each of them begins with: nothing that the text holds."""
    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=lambda: Counter(RESERVED_IDS))
    """The ids that are taken, and the last number that was put behind each."""
    labels: Counter[str] = field(default_factory=Counter)
    """How many tables have each name."""
    _lines: list[str] = field(default_factory=list)
    _codes: Counter[str] = field(default_factory=Counter)
    _call_lines: list[int] | None = None

    @property
    def plain(self) -> bool:
        """Nothing but CommonMark is wanted."""
        return not self.options.extensions

    @property
    def trusted(self) -> bool:
        """The writers' HTML goes to the page as it is."""
        return self.options.html == "allow"

    def report(self, code: str, message: str, place: Place, length: int = 0, hint: str = "") -> None:
        """Adds a warning: whatever a body holds, it can be shown in some way."""
        self._codes[code] += 1
        if self._codes[code] > _MOST:
            return
        line, column = place()
        span = Span(self.path, self.first_line + line, column + 1, length)
        self.problems.append(Problem("warning", code, message, span, hint=hint))

    def put(self, picture: Picture) -> str:
        """What stands for a picture in the HTML that is being rendered."""
        self.pieces.append(picture)
        return f"{self.stand_in}-{len(self.pieces) - 1}_"

    def at(self, offset: int) -> Place:
        """The place of an offset in the source."""

        def place() -> tuple[int, int]:
            return self.source.count("\n", 0, offset), offset - self.source.rfind("\n", 0, offset) - 1

        return place

    def inside(self, text: str, offset: int) -> Place:
        """The place of an offset in an inline text, whose lines have lost their indents and quote marks."""
        block = self.block

        def place() -> tuple[int, int]:
            if block is None or block.map is None:
                return 0, 0
            at = max(0, block.content.find(text)) + offset
            start = block.content.rfind("\n", 0, at) + 1
            end = block.content.find("\n", at)
            row = block.content[start : end if end >= 0 else None]
            line = block.map[0] + block.content.count("\n", 0, at)
            return line, max(0, self.line(line).find(row)) + at - start

        return place

    def next_call(self, line: int) -> int:
        """The number of the first line below this one that begins with a shortcode's mark; none: a huge number."""
        if self._call_lines is None:
            lines = self.source.split("\n") if "{{<" in self.source and "shortcodes" in self.options.extensions else ()
            self._call_lines = [number for number, text in enumerate(lines) if _CALL.match(text)]
        found = bisect_right(self._call_lines, line)
        return self._call_lines[found] if found < len(self._call_lines) else sys.maxsize

    def line(self, number: int) -> str:
        """A line of the source, counted from 0."""
        if not self._lines:
            self._lines = self.source.split("\n")
        return self._lines[number] if number < len(self._lines) else ""

    def claim(self, wanted: str) -> str:
        """An id that nothing else in this body has: the wanted one, or with the first free number."""
        name = wanted
        while self.ids[name]:
            self.ids[wanted] += 1
            name = f"{wanted}-{self.ids[wanted]}"
        self.ids[name] = 1
        return name


def run_of(state: State) -> Run:
    """The run that a rule works for."""
    run: Run = state.env[KEY]
    return run
