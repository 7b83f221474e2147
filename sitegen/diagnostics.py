"""Problems as people read them: the place, the line, a caret, and what to do about it.

::

    error: `date` is not a date
      --> content/world/storm.md:4:7
       |
     4 | date: yesterdy
       |       ^^^^^^^^ expected YYYY-MM-DD or YYYY-MM-DD HH:MM, with an optional offset
       = help: leave `date` out to use the one in the file name
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from sitegen.errors import Problem
from sitegen.regex import regex

__all__ = ["ReadLine", "columns", "count", "line_reader", "printable", "problem_json", "render", "summary"]

ReadLine = Callable[[str, int], str | None]
"""The text of a line (from 1) of a file, without its end; `None` if there is none."""

WIDTH = 100
"""Columns of a source line that are shown at most; further ones are cut away around the caret."""
TAB = "    "
# What could move the cursor, change colours or the direction of writing: C0, C1, bidirectional controls, separators.
_UNPRINTABLE = regex("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS = {"error": "1;31", "warning": "1;33", "frame": "1;34", "message": "1"}


def render(problems: Iterable[Problem], read_line: ReadLine, *, colour: bool = False) -> str:
    """All problems in order of place, one paragraph each, equal ones once. No final newline."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: problem.order)
    return "\n\n".join("\n".join(_rows(problem, read_line, colour)) for problem in ordered)


def summary(problems: Iterable[Problem], what: str = "the output folder was left as it was") -> str:
    """One line that counts them: `2 errors and 1 warning in 2 files`. `what` the errors led to comes after it."""
    found = set(problems)
    errors = sum(problem.severity == "error" for problem in found)
    kinds = [count(n, noun) for n, noun in ((errors, "error"), (len(found) - errors, "warning")) if n]
    files = {problem.span.path for problem in found if problem.span.path}
    where = f" in {count(len(files), 'file')}" if files else ""
    return (" and ".join(kinds) or "no problems") + where + (f"; {what}" if errors and what else "")


def count(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def line_reader(*folders: Path) -> ReadLine:
    """Reads lines of files whose paths are relative to one of these folders."""

    @lru_cache(maxsize=16)
    def lines(path: str) -> list[str]:
        for folder in folders:
            try:
                return (folder / path).read_bytes().decode("utf-8-sig", "replace").split("\n")
            except (OSError, ValueError):
                continue
        return []

    def read_line(path: str, number: int) -> str | None:
        found = lines(path)[number - 1 : number] if number > 0 else []
        return found[0].removesuffix("\r") if found else None

    return read_line


def printable(text: str) -> str:
    """The text with everything that could play tricks on a terminal replaced."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(width for _, width in map(_cell, text))


def _rows(problem: Problem, read_line: ReadLine, colour: bool) -> Iterable[str]:
    def paint(text: str, as_what: str) -> str:
        return f"\x1b[{_COLOURS[as_what]}m{text}\x1b[0m" if colour else text

    span, label = problem.span, printable(problem.label)
    yield paint(problem.severity, problem.severity) + paint(f": {printable(problem.message)}", "message")
    line = read_line(span.path, span.line) if span.line else None
    margin = " " * (len(str(span.line)) + 1)
    bar, note = paint(f"{margin} |", "frame"), paint(f"{margin} =", "frame")
    if span.path:
        yield f"{paint(margin + '-->', 'frame')} {printable(str(span))}"
    if line is not None:
        text, indent, carets = _excerpt(line, span.column, span.length)
        yield bar
        yield f"{paint(f' {span.line} |', 'frame')} {text}".rstrip()
        if span.column:
            yield f"{bar} {indent}{paint('^' * carets, problem.severity)} {label}".rstrip()
            label = ""
    if label:
        yield f"{note} {label}"
    if problem.hint:
        yield f"{note} help: {printable(problem.hint)}"


def _excerpt(line: str, column: int, length: int) -> tuple[str, str, int]:
    """The visible part of a line, the blanks that stand under it up to the caret, and the number of carets."""
    start = min(max(column - 1, 0), len(line))
    stop = max(min(start + length, len(line)), start)
    cells = [_cell(character) for character in line]
    edges = [0, *accumulate(width for _, width in cells)]
    first, last = _window(edges, start, stop)
    text = "".join(text for text, _ in cells[first:last])
    before, after = "…" if first else "", "…" if last < len(cells) else ""
    indent = " " * (len(before) + edges[start] - edges[first])
    return before + text + after, indent, max(edges[min(stop, last)] - edges[start], 1)


def _window(edges: list[int], start: int, stop: int) -> tuple[int, int]:
    """Which characters to show so that at most `WIDTH` columns are used and `start` is well inside."""
    if edges[-1] <= WIDTH:
        return 0, len(edges) - 1
    room = max(WIDTH - (edges[stop] - edges[start]), WIDTH // 2)
    left = max(min(edges[start] - room // 2, edges[-1] - WIDTH), 0)
    first = next(index for index, edge in enumerate(edges) if edge >= left)
    last = max(index for index, edge in enumerate(edges) if edge <= edges[first] + WIDTH)
    return first, last


def _cell(character: str) -> tuple[str, int]:
    """What to print for a character, and how many columns of a terminal it takes."""
    if character == "\t":
        return TAB, len(TAB)
    if character.isascii() and character.isprintable():
        return character, 1
    if _UNPRINTABLE.match(character):
        return printable(character), 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem, as programs read it."""
    span = problem.span
    place = {"path": span.path, "line": span.line, "column": span.column}
    words = {"message": problem.message, "hint": problem.hint or problem.label}
    return {"severity": problem.severity, "code": problem.code, **words, **place}
