"""What an author waits for: the figures of one generator, and the section of docs/performance.md that shows them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.machine import machine
from benchmarks.sections import PREVIEW
from benchmarks.tables import ratio, table

__all__ = ["Waits", "judged", "section"]


@dataclass(frozen=True, slots=True)
class Waits:
    """Median seconds of one generator at one size, and the most bytes of memory that it held; None: not measured."""

    start: float
    story: float
    template: float
    sheet: float
    memory: int
    cold: float | None = None
    """From the start to the first page, where nothing was built before."""


_TEXT = """\
{heading}

Written by `python -m benchmarks.preview`: `sitegen serve` and `hugo server` with their usual options, from the start
of the process to the first answered page, and from saving a file to its changed bytes over HTTP: of the newest story,
of the template of stories, of the style sheet, whose name changes with it. Medians of {runs}. Memory is the peak.
sitegen's site was built once before; *cold* is without that.

| | |
|---|---|
| date | {date} |
| machine | {machine} |
{versions}
{asked}
{sizes}"""
_FIGURES: Mapping[str, Callable[[Waits], float | None]] = {
    "start, ms": lambda waits: waits.start * 1000,
    "story saved, ms": lambda waits: waits.story * 1000,
    "template saved, ms": lambda waits: waits.template * 1000,
    "style sheet saved, ms": lambda waits: waits.sheet * 1000,
    "memory, MiB": lambda waits: waits.memory / 2**20,
    "cold start, ms": lambda waits: waits.cold * 1000 if waits.cold is not None else None,
}
_ASKED = (
    (10_000, "start, ms", 1500),
    (10_000, "story saved, ms", 40),
    (10_000, "template saved, ms", 60),
    (10_000, "cold start, ms", 5000),
    (100_000, "story saved, ms", 120),
    (100_000, "template saved, ms", 120),
)
"""Number of stories, figure, and what it may be at most."""
_SPANS, _KIB = ((1_000, 10_000), (10_000, 100_000)), 4
"""Numbers of stories between which memory is compared, and how many KiB each story more may take."""


def section(found: Mapping[int, Mapping[str, Waits]], runs: int, hugo: str) -> str:
    """The section as Markdown, of what was found by size and generator."""
    return _TEXT.format(
        heading=PREVIEW,
        runs=runs,
        date=f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        machine=machine(),
        versions=f"| Hugo | {hugo} |\n" if hugo else "",
        asked=judged(found),
        sizes="\n".join(f"### {size:,} stories\n\n{_table(waits)}" for size, waits in found.items()),
    )


def judged(found: Mapping[int, Mapping[str, Waits]]) -> str:
    """What was asked for, and whether it is met."""
    rows = {}
    for size, what, most in _ASKED:
        seen = _FIGURES[what](found[size]["sitegen"]) if size in found else None
        rows[f"{size:,}: {what}"] = [str(most), "" if seen is None else f"{seen:.0f}", _verdict(seen, most)]
    for less, more in _SPANS:
        seen = _of_a_story(found, less, more)
        name = f"{less:,} to {more:,}: memory of a story, KiB"
        rows[name] = [str(_KIB), "" if seen is None else f"{seen:.1f}", _verdict(seen, _KIB)]
    return table(["at most", "measured", ""], rows)


def _verdict(seen: float | None, most: float) -> str:
    return "not measured" if seen is None else "met" if seen <= most else "**not met**"


def _of_a_story(found: Mapping[int, Mapping[str, Waits]], less: int, more: int) -> float | None:
    """KiB at the peak for each story above what fewer take."""
    if less not in found or more not in found:
        return None
    few, many = (found[size]["sitegen"].memory for size in (less, more))
    return (many - few) / (more - less) / 1024


def _table(waits: Mapping[str, Waits]) -> str:
    ours, theirs = waits["sitegen"], waits.get("Hugo")
    rows = {}
    for what, figure in _FIGURES.items():
        own, other = figure(ours), figure(theirs) if theirs else None
        rows[what] = [
            *("" if seen is None else f"{seen:.0f}" for seen in (own, other)),
            ratio(own, other) if own is not None and other else "",
        ]
    return table(["sitegen", "Hugo", "×"], rows)
