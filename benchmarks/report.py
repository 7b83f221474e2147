"""The page docs/performance.md: tables of ratios, and what one must know to read them."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence

from benchmarks.measure import Cost
from benchmarks.runs import Result, StartUp
from benchmarks.scenarios import SCENARIOS

__all__ = ["machine", "page"]

_HEAD = """\
# Performance

Written by `make bench`; do not edit. Each figure is the median of {times}, in which all generators took turns on the
same machine. **×** is sitegen's median divided by Hugo's of the same run: below 1 sitegen is ahead. Where the machine
had other work to do (the load below), wall time says little and CPU time more.

| | |
|---|---|
{facts}

Two themes of sitegen make the same pages: *baked* has the ten latest headlines in every story page, exactly the work
that Hugo does; *shared* has them in one fragment that pages pull in, as the default theme does.
"""

_NOTES = """\
## What is compared

All read the same generated stories (300 to 900 words; headings, lists, quotations, tables, footnotes, links; 20
pictures) and write: a page for each story with header, body, ten stories related by shared tags and ten latest
headlines; front page, sections, tags and authors at 50 stories a page; the lists of all tags and authors; a full-text
RSS feed of 50 stories; 404; the pictures. Templates are in `benchmarks/theme-baked`, `benchmarks/theme-shared` and
`benchmarks/hugo`. Hugo runs as users run it, `hugo` without options; it takes the latest headlines from
`partialCached`. Scenarios follow one another on the same folder:

{scenarios}

The work is not the same in these points:

- sitegen also writes an archive for each year, month and day, which Hugo does not by itself; they are in its figures.
  The number of HTML files stands above each table.
- Numbered pages count from the oldest story in sitegen and the unnumbered index holds 50 to 99; Hugo's lists hold 50
  and begin with the newest. Hugo writes a redirect for the first page of each list, sitegen for the one after the last.
- sitegen checks and resolves every link between stories, and keeps its state on disk. Hugo renders the whole site each
  time, so all its scenarios cost about the same.
- Related stories are ranked by rules of their own: Hugo by shared tags, sitegen by shared tags, section and freshness.

CPU is user and system time of all processes. Memory is the peak of all processes together. Files are all that a build
wrote, whether or not their bytes differ from before.
"""


_MEASURES: Mapping[str, tuple[Callable[[Cost], float], str]] = {
    "wall, s": (lambda cost: cost.wall, "{:.2f}"),
    "CPU, s": (lambda cost: cost.cpu, "{:.2f}"),
    "memory, MiB": (lambda cost: cost.memory / 2**20, "{:.0f}"),
    "files": (lambda cost: cost.files, "{:,}"),
}
_THEMES = ("baked", "shared")


def page(facts: Mapping[str, str], results: Sequence[Result], starts: Sequence[StartUp], rounds: int) -> str:
    """The page as Markdown; `facts` are what the figures depend on, by name."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    times = "one round" if rounds == 1 else f"{rounds} rounds"
    scenarios = "\n".join(f"- **{name}**: {edit.__doc__}" for name, edit in SCENARIOS.items())
    sizes = [_size(result) for result in results]
    parts = [_HEAD.format(times=times, facts=rows), *sizes, _start_up(starts), _NOTES.format(scenarios=scenarios)]
    return "\n".join(parts)


def machine() -> str:
    """Cores, memory and system of this machine, not its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GiB memory, {platform.system()} on {platform.machine()}"


def _size(result: Result) -> str:
    """Ratios first, then what they were made from."""
    count = ", ".join(f"{name} {files:,}" for name, files in result.pages.items())
    tables = [_figures(result)]
    if "Hugo" in result.pages:
        tables.insert(0, _ratios(result))
    return "\n".join([f"## {result.size:,} stories\n", f"HTML files: {count}.\n", *tables])


def _ratios(result: Result) -> str:
    names = [f"{what.partition(',')[0]} {theme} ×" for what in _MEASURES for theme in _THEMES]
    rows = {
        scenario: [
            _ratio(figure(costs[theme]), figure(costs["Hugo"])) for figure, _ in _MEASURES.values() for theme in _THEMES
        ]
        for scenario, costs in result.costs.items()
    }
    return _table(names, rows)


def _figures(result: Result) -> str:
    names = [f"{what} {site}" for what in _MEASURES for site in result.pages]
    rows = {
        scenario: [form.format(figure(costs[site])) for figure, form in _MEASURES.values() for site in result.pages]
        for scenario, costs in result.costs.items()
    }
    return _table(names, rows)


def _start_up(starts: Sequence[StartUp]) -> str:
    rows = {
        start.what: [
            f"{start.sitegen * 1000:.0f}",
            f"{start.hugo * 1000:.0f}" if start.hugo else "",
            _ratio(start.sitegen, start.hugo) if start.hugo else "",
        ]
        for start in starts
    }
    return "## Start-up\n\n" + _table(["sitegen, ms", "Hugo, ms", "×"], rows)


def _ratio(ours: float, theirs: float) -> str:
    """Two digits that count; empty where there is nothing to compare with."""
    if not theirs:
        return ""
    ratio = ours / theirs
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def _table(names: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    head = ["| | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
    return "\n".join([*head, *(f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items())]) + "\n"
