"""What was asked of sitegen's speed, and whether a run shows it. The numbers asked for stand in `TARGETS` alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measure import Cost
from benchmarks.runs import NOTHING, VERSION, Result, StartUp
from benchmarks.scenarios import SCENARIOS

__all__ = ["TARGETS", "Measured", "Target", "asked"]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a run found. Looking up what it did not measure raises `LookupError`."""

    results: Mapping[int, Result]
    starts: Mapping[str, StartUp]

    def cost(self, size: int, scenario: str, site: str) -> Cost:
        return self.results[size].costs[scenario][site]

    def worst(self, figure: Callable[[str], float]) -> float:
        """The largest of a figure over all scenarios."""
        return max(map(figure, SCENARIOS))


Look = Callable[[Measured, str], float]
"""The figure of a theme."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure and what it may be `most` by theme: None where it is told and not limited, "" where no theme matters."""

    what: str
    form: str
    most: Mapping[str, float | None]
    look: Look


def asked(results: Sequence[Result], starts: Sequence[StartUp]) -> str:
    """The section of the page."""
    measured = Measured({result.size: result for result in results}, {start.what: start for start in starts})
    rows = [row for target in TARGETS for row in _rows(target, measured)]
    verdicts = [row[-1] for row in rows]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict.strip('*')}" for verdict in (_MET, _NOT_MET, _UNKNOWN))
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return _SECTION.format(counts=counts, lines=lines)


def _rows(target: Target, measured: Measured) -> list[tuple[str, ...]]:
    return [_row(target, theme, most, _seen(target, theme, measured)) for theme, most in target.most.items()]


def _row(target: Target, theme: str, most: float | None, seen: float | None) -> tuple[str, ...]:
    limit = "all that changed" if most is None else target.form.format(most)
    return target.what, theme, limit, "" if seen is None else target.form.format(seen), _verdict(most, seen)


def _seen(target: Target, theme: str, measured: Measured) -> float | None:
    try:
        return target.look(measured, theme)
    except LookupError:  # this run did not measure it
        return None


def _verdict(most: float | None, seen: float | None) -> str:
    if seen is None:
        return _UNKNOWN
    if most is None:
        return ""
    return _MET if seen <= most else _NOT_MET


_MET, _NOT_MET, _UNKNOWN = "met", "**not met**", "not measured"
_SECTION = """\
## What was asked for

On two cores, of the figures of these numbers of stories: {counts}. Each is worked out from the medians of this run
before they are rounded. Times are wall time; memory is that of the scenario where the figure is largest.

| | theme | at most | measured | |
|---|---|--:|--:|---|
{lines}
"""
_HUGO, _PELICAN = "{:.3g} × Hugo", "{:.3g} × Pelican"


def _both(baked: float | None, shared: float | None) -> Mapping[str, float | None]:
    return {"baked": baked, "shared": shared}


def _against(peer: str, size: int, scenario: str) -> Look:
    return lambda run, theme: run.cost(size, scenario, theme).wall / run.cost(size, scenario, peer).wall


def _seconds(size: int, scenario: str) -> Look:
    return lambda run, theme: run.cost(size, scenario, theme).wall


def _memory_against_hugo(run: Measured, theme: str) -> float:
    return run.worst(lambda name: run.cost(10_000, name, theme).memory / run.cost(10_000, name, "Hugo").memory)


def _memory(run: Measured, theme: str) -> float:
    return run.worst(lambda name: run.cost(100_000, name, theme).memory) / 2**30


def _growth(run: Measured, theme: str) -> float:
    return run.cost(100_000, "cold", theme).wall / run.cost(10_000, "cold", theme).wall / 10


def _start(what: str) -> Look:
    return lambda run, theme: run.starts[what].sitegen * 1000


TARGETS = (
    Target("10,000: cold", _HUGO, _both(0.6, 0.6), _against("Hugo", 10_000, "cold")),
    Target("10,000: nothing changed", _HUGO, _both(0.03, 0.03), _against("Hugo", 10_000, "nothing changed")),
    Target("10,000: body edited", _HUGO, _both(0.04, 0.04), _against("Hugo", 10_000, "body edited")),
    Target("10,000: story added", _HUGO, _both(0.4, 0.08), _against("Hugo", 10_000, "story added")),
    Target("10,000: template touched", _HUGO, _both(0.35, 0.35), _against("Hugo", 10_000, "template touched")),
    Target("10,000: peak memory", _HUGO, _both(0.4, 0.4), _memory_against_hugo),
    Target(
        "10,000: files written, story added",
        "{:,.0f}",
        _both(None, 80),
        lambda run, theme: run.cost(10_000, "story added", theme).files,
    ),
    Target("10,000: cold (five times as fast)", _PELICAN, _both(0.2, 0.2), _against("Pelican", 10_000, "cold")),
    Target("100,000: cold time of a story", "{:.3g} × that at 10,000", _both(1.15, 1.15), _growth),
    Target("100,000: nothing changed", "{:.3g} s", _both(2.5, 2.5), _seconds(100_000, "nothing changed")),
    Target("100,000: body edited", "{:.3g} s", _both(3, 3), _seconds(100_000, "body edited")),
    Target("100,000: peak memory", "{:.3g} GiB", _both(1, 1), _memory),
    Target("`sitegen --version`", "{:.0f} ms", {"": 60}, _start(VERSION)),
    Target("100: build with nothing to do", "{:.0f} ms", {"baked": 150}, _start(NOTHING)),
)
