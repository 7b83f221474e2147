"""What `sitegen build --profile` prints: where the time of a build went, as a few small tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.build.report import Report
from sitegen.engine.timing import Times, slowest

__all__ = ["profile"]

_MOST = 10
"""Templates and questions that are shown; the report file has all."""


def profile(report: Report) -> str:
    """The tables, slowest first; empty if nobody asked for them."""
    times = report.profile
    return "\n".join([*_phases(report), *_templates(times), *_questions(times), *_singles(times)]) if times else ""


def _phases(report: Report) -> list[str]:
    phases = sorted(report.phases.items(), key=lambda phase: -phase[1])
    rows = [(f"{seconds:.3f}", f"{seconds / (report.seconds or 1):.0%}", name) for name, seconds in phases]
    return _table("phases: wall time of the build", ("seconds", "share", "phase"), rows)


def _templates(times: Times) -> list[str]:
    heading = "templates: wall time summed over processes, without included templates and questions asked"
    rows = [(str(figure.calls), f"{figure.seconds:.3f}", name) for name, figure in slowest(times.templates)]
    return _table(heading, ("calls", "seconds", "template"), rows[:_MOST])


def _questions(times: Times) -> list[str]:
    heading = "questions: wall time summed over processes, without other questions asked and templates"
    rows = [
        (
            str(times.asked[kind]),
            str(figure.calls),
            f"{figure.seconds:.3f}",
            f"{1000 * figure.seconds / figure.calls:.3f}",
            kind,
        )
        for kind, figure in slowest(times.questions)
    ]
    return _table(heading, ("asked", "computed", "seconds", "mean ms", "kind"), rows[:_MOST])


def _singles(times: Times) -> list[str]:
    return [
        line
        for what, found in times.singles.items()
        for line in _table(
            f"{what}: wall time of the slowest, with all that had to be found out for each",
            ("ms", "path" if what == "bodies" else "url"),
            [(f"{1000 * seconds:.1f}", name) for seconds, name in found],
        )
    ]


def _table(heading: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table, numbers to the right and names last; none if it has no rows."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)][:-1]
    lines = [
        "  ".join(["", *(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in (names, *rows)
    ]
    return [heading, *lines] if rows else []
