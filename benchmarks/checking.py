"""`python -m benchmarks.checking`: what `sitegen check` costs beside a build that has the same to do.

It is a section of docs/performance.md. Needs the generator of stories (`benchmarks.corpus`).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.corpus import CorpusError, generator_file, stories
from benchmarks.lighthouse import PAGE
from benchmarks.measure import Cost, measure
from benchmarks.sections import CHECKING, with_section
from benchmarks.sites import SITEGEN, Site, sitegen_site
from benchmarks.tables import table

__all__ = ["main", "section"]

NOW = "2026-01-02T00:00:00+00:00"
MOST = 1.5
"""How many builds a check may cost."""
_SETTLE = 2.5
"""Seconds, as between two builds of `benchmarks.runs`."""
_DRAFT = "---\ntitle: Nobody may know of this one yet\ndraft: true\ndeck: D.\n---\n{words}\n"
_TEXT = """{heading}

Written by `python -m benchmarks.checking`: medians of {rounds} rounds on newspapers in the theme *shared*, with the
state and the output that the last build has left; the load before was {load:.1f}. A check looks at every file and every
rendered output. With a warm state it may cost at most {most} builds that have the same to do: here a story was edited,
and first `check` was asked, then `build`.

{table}
*First check*: nothing is known but what a build has left, so every output is read. *New draft*: everything is searched
for the words of a story that was not there before.
"""


def main() -> int:
    """0 if the section was written; else 1, and a line on standard error. Raises `CommandError`."""
    options = _options()
    load = os.getloadavg()[0]
    try:
        rows = {f"{size:,} stories": _figures(size, options.runs) for size in options.sizes}
    except CorpusError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    PAGE.write_text(
        with_section(PAGE.read_text(encoding="utf-8"), CHECKING, section(rows, options.runs, load)), encoding="utf-8"
    )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


SCENARIOS = ("first check", "nothing changed", "story edited", "new draft", "build, story edited")


def section(rows: dict[str, dict[str, Cost]], runs: int, load: float) -> str:
    """The section, from the costs of each scenario by size."""
    names = (*(f"{name}, s (CPU)" for name in SCENARIOS), "check × build", f"≤ {MOST}")
    cells = {size: [*map(_told, (costs[name] for name in SCENARIOS)), *_verdict(costs)] for size, costs in rows.items()}
    return _TEXT.format(heading=CHECKING, rounds=runs, load=load, most=MOST, table=table(names, cells))


def _told(cost: Cost) -> str:
    return f"{cost.wall:.2f} ({cost.cpu:.2f})"


def _verdict(costs: dict[str, Cost]) -> list[str]:
    ratio = costs["story edited"].wall / costs["build, story edited"].wall
    return [f"{ratio:.2f}", "met" if ratio <= MOST else "**not met**"]


def _figures(size: int, runs: int) -> dict[str, Cost]:
    made = stories(generator_file(None), size, "generic")
    with tempfile.TemporaryDirectory() as folder:
        site = sitegen_site(made, size, Path(folder) / "site", "shared")
        _run(site, "build")
        found = [dict(_round(site, number)) for number in range(runs)]
    return {name: _median([costs[name] for costs in found]) for name in SCENARIOS}


def _round(site: Site, number: int) -> Iterator[tuple[str, Cost]]:
    (site.folder / ".sitegen" / "check").unlink(missing_ok=True)
    yield "first check", _run(site, "check")
    yield "nothing changed", _run(site, "check")
    with site.newest.open("a", encoding="utf-8") as file:
        file.write(f"\nOne more sentence, number {number}.\n")
    yield "story edited", _run(site, "check")
    yield "build, story edited", _run(site, "build")
    draft = site.folder / "content" / "draft.md"
    draft.write_text(_DRAFT.format(words=f"{number} " + " ".join(f"word{n}" for n in range(500))), encoding="utf-8")
    yield "new draft", _run(site, "check")
    draft.unlink()
    _run(site, "build")


def _run(site: Site, command: str) -> Cost:
    time.sleep(_SETTLE)
    return measure([*SITEGEN, command, "-q", "--now", NOW], site.folder)


def _median(costs: Sequence[Cost]) -> Cost:
    def of(figure: Callable[[Cost], float]) -> float:
        return median(map(figure, costs))

    return Cost(of(lambda cost: cost.wall), of(lambda cost: cost.cpu), int(of(lambda cost: cost.memory)), 0)


if __name__ == "__main__":
    sys.exit(main())
