"""The page docs/performance.md: what was asked for, tables of ratios, and what one must know to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.asked import asked
from benchmarks.measure import Cost
from benchmarks.peers import PEERS
from benchmarks.prose import HEAD, NOTES
from benchmarks.runs import Result, StartUp
from benchmarks.scenarios import SCENARIOS
from benchmarks.sites import THEMES
from benchmarks.tables import ratio, table

__all__ = ["page"]

_MEASURES: Mapping[str, tuple[Callable[[Cost], float], str]] = {
    "wall, s": (lambda cost: cost.wall, "{:.2f}"),
    "CPU, s": (lambda cost: cost.cpu, "{:.2f}"),
    "memory, MiB": (lambda cost: cost.memory / 2**20, "{:.0f}"),
    "files": (lambda cost: cost.files, "{:,}"),
}
_STANDARD = 10_000
"""The size whose time for a story the others are compared with."""


def page(facts: Mapping[str, str], results: Sequence[Result], starts: Sequence[StartUp]) -> str:
    """The page as Markdown; `facts` are what the figures depend on, by name."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    scenarios = "\n".join(f"- **{name}**: {edit.__doc__}" for name, edit in SCENARIOS.items())
    limits = "\n".join(f"- {peer.name} takes part up to {peer.most:,} stories: {peer.why}." for peer in PEERS.values())
    sizes = [part for result in results for part in _size(result)]
    figures = [*sizes, _per_story(results), _start_up(starts)]
    notes = NOTES.format(scenarios=scenarios, limits=limits)
    return "\n".join([HEAD.format(facts=rows), asked(results, starts), *figures, notes])


def _size(result: Result) -> Iterator[str]:
    """Ratios first, then what they were made from."""
    times = "one round" if result.rounds == 1 else f"{result.rounds} rounds"
    count = ", ".join(f"{name} {files:,}" for name, files in result.pages.items())
    always = [site for site in result.pages if all(site in costs for costs in result.costs.values())]
    yield f"## {result.size:,} stories\n\nMedians of {times}. HTML files: {count}.\n"
    if "Hugo" in always:
        yield _ratios(result, "Hugo")
    yield _figures(result, always)
    yield from (_once(result, site) for site in result.pages if site not in always)


def _ratios(result: Result, peer: str) -> str:
    names = [f"{what.partition(',')[0]} {theme} ×" for what in _MEASURES for theme in THEMES]
    rows = {
        scenario: [
            ratio(figure(costs[theme]), figure(costs[peer])) for figure, _ in _MEASURES.values() for theme in THEMES
        ]
        for scenario, costs in result.costs.items()
    }
    return table(names, rows)


def _figures(result: Result, sites: Sequence[str]) -> str:
    names = [f"{what} {site}" for what in _MEASURES for site in sites]
    rows = {
        scenario: [form.format(figure(costs[site])) for figure, form in _MEASURES.values() for site in sites]
        for scenario, costs in result.costs.items()
    }
    return table(names, rows)


def _once(result: Result, peer: str) -> str:
    """A generator that was built cold, in the first round only, beside sitegen's medians."""
    costs = result.costs["cold"]
    sites = [peer, *THEMES]
    rows = {
        what: [
            *(form.format(figure(costs[site])) for site in sites),
            *(ratio(figure(costs[theme]), figure(costs[peer])) for theme in THEMES),
        ]
        for what, (figure, form) in _MEASURES.items()
    }
    rows["HTML files"] = [f"{result.pages[site]:,}" for site in sites] + [""] * len(THEMES)
    return f"Cold, beside one build of {peer}:\n\n" + table([*sites, *(f"{theme} ×" for theme in THEMES)], rows)


def _per_story(results: Sequence[Result]) -> str:
    """How the time of a cold build grows with the site."""
    each = {r.size: [r.costs["cold"][theme].wall * 1000 / r.size for theme in THEMES] for r in results}
    standard = each.get(_STANDARD, [0.0] * len(THEMES))
    rows = {
        f"{size:,} stories": [*(f"{time:.2f}" for time in times), *map(ratio, times, standard)]
        for size, times in each.items()
    }
    names = [f"{theme}, ms" for theme in THEMES] + [f"{theme} × that at {_STANDARD:,}" for theme in THEMES]
    return "## Cold time of one story\n\n" + table(names, rows)


def _start_up(starts: Sequence[StartUp]) -> str:
    rows = {
        start.what: [
            f"{start.sitegen * 1000:.0f}",
            f"{start.hugo * 1000:.0f}" if start.hugo else "",
            ratio(start.sitegen, start.hugo) if start.hugo else "",
        ]
        for start in starts
    }
    return "## Start-up\n\n" + table(["sitegen, ms", "Hugo, ms", "×"], rows)
