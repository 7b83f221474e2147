"""Bodies as text, for tests to compare."""

from __future__ import annotations

from sitegen.content.body import Body, Picture, Segments
from sitegen.content.shortcodes import ShortcodeSpec

__all__ = ["SHORTCODES", "problems", "show"]

SHORTCODES = {
    "box": ShortcodeSpec(("title",), ("by",), inner=True),
    "quote": ShortcodeSpec(optional=("by",), inner=True),
    "story": ShortcodeSpec(("ref",)),
}


def show(body: Body) -> str:
    """The segments, each call on lines of its own with its text between."""
    return _segments(body.segments)


def _segments(segments: Segments) -> str:
    shown = ""
    for part in segments:
        if isinstance(part, str):
            shown += part if part.endswith("\n") else part + "\n"
        elif isinstance(part, Picture):
            shown += f"[[{part.path}{''.join(f' {name}={value}' for name, value in part.attributes.items())}]]\n"
        else:
            parameters = "".join(f" {name}={value}" for name, value in part.parameters.items())
            inner = _segments(part.inner)
            shown += f"[[{part.name}{parameters}]]\n" + (f"{inner}[[/{part.name}]]\n" if inner else "")
    return shown


def problems(body: Body) -> list[str]:
    """Each problem as one line: severity, code, place, length and message."""
    shown = []
    for problem in body.problems:
        span = problem.span
        shown.append(f"{problem.severity} {problem.code} {span.line}:{span.column}+{span.length} {problem.message}")
    return shown
