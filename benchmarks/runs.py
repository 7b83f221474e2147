"""Runs every scenario on every site, in turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import scratch, stories
from benchmarks.measure import Cost, measure
from benchmarks.peers import PEERS, hugo_binary
from benchmarks.scenarios import SCENARIOS
from benchmarks.sites import AS_PEERS, SITEGEN, THEMES, Site, sitegen_site

__all__ = ["NOTHING", "VERSION", "Result", "StartUp", "middle", "rounds", "run", "start_up"]

VERSION = "`sitegen --version`, `hugo version`"
NOTHING = "build with nothing to do, 100 stories"
_SETTLE = 2.5
"""Seconds between two builds: a file that is younger than the clock of a file system can tell has to be read again."""
_STARTS = 15
"""How often a short command is run."""
_MANY = 10_000
"""With more stories than these, one round takes so long that what else the machine does evens out within it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One size: the median cost by scenario and site, and how many HTML files each site had after the cold build."""

    size: int
    rounds: int
    costs: Mapping[str, Mapping[str, Cost]]
    pages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StartUp:
    """Median wall seconds, sitegen's and Hugo's (None without Hugo)."""

    what: str
    sitegen: float
    hugo: float | None


def rounds(size: int, most: int) -> int:
    """How often all scenarios are gone through."""
    return 1 if size > _MANY else most


def run(generator: Path, size: int, peers: Sequence[str], times: int, say: Callable[[str], None]) -> Result:
    """The medians of `times` rounds through all scenarios, and the memory held in one more, in which it is watched."""
    costs: dict[str, dict[str, list[Cost]]] = {scenario: {} for scenario in SCENARIOS}
    pages: dict[str, int] = {}
    with scratch() as folder:
        sites = _sites(generator, size, Path(folder), peers)
        for number, scenario, site in _turns(times + 1, sites):
            cost = _build(site, number, SCENARIOS[scenario], watch=number == times)
            took = f"{cost.wall:.2f} s, {cost.cpu:.2f} s CPU, {cost.memory >> 20} MiB, {cost.files} files"
            say(f"{size} stories, round {number + 1}, {scenario}, {site.name}: {took}")
            costs[scenario].setdefault(site.name, []).append(cost)
            if site.name not in pages:
                pages[site.name] = site.pages()
    medians = {
        scenario: {name: middle(each, times) for name, each in found.items()} for scenario, found in costs.items()
    }
    return Result(size, times, medians, pages)


def start_up(generator: Path, peers: Sequence[str]) -> list[StartUp]:
    """How long the shortest commands take."""
    with scratch() as folder:
        sites = [site for site in _sites(generator, 100, Path(folder), peers) if not site.once]
        for site in sites:
            measure(site.command, site.folder)
        time.sleep(_SETTLE)
        here = Path(folder)
        version = _wall((*SITEGEN, "--version"), here)
        hugo_version = _wall((hugo_binary(), "version"), here) if "hugo" in peers else None
        nothing = {site.name: _wall(site.command, site.folder) for site in sites}
    return [
        StartUp(VERSION, version, hugo_version),
        StartUp(NOTHING, nothing["baked"], nothing.get("Hugo")),
    ]


def _sites(generator: Path, size: int, folder: Path, peers: Sequence[str]) -> list[Site]:
    others = [PEERS[peer].site(stories(generator, size, peer), size, folder / peer) for peer in peers]
    made = stories(generator, size, "generic")
    return [*others, *(sitegen_site(made, size, folder / theme, theme, AS_PEERS) for theme in THEMES)]


def _turns(times: int, sites: Sequence[Site]) -> Iterator[tuple[int, str, Site]]:
    for number in range(times):
        for scenario in SCENARIOS:
            first = number == 0 and scenario == "cold"
            yield from ((number, scenario, site) for site in sites if first or not site.once)


def _build(site: Site, number: int, edit: Callable[[Site, int], None], *, watch: bool) -> Cost:
    edit(site, number)
    time.sleep(_SETTLE)
    return measure(site.command, site.folder, site.output, watch=watch)


def _wall(command: Sequence[str], folder: Path) -> float:
    return median(measure(command, folder).wall for _ in range(_STARTS))


def middle(costs: Sequence[Cost], times: int) -> Cost:
    """Each figure's own median in so many rounds, but the most memory in all."""
    timed = costs[:times]
    return Cost(
        wall=median(cost.wall for cost in timed),
        cpu=median(cost.cpu for cost in timed),
        memory=max(cost.memory for cost in costs),
        files=round(median(cost.files for cost in timed)),
    )
