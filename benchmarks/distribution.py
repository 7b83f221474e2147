"""`python -m benchmarks.distribution`: which share of a cold build feeds and sitemaps have.

It is a section of docs/performance.md. Needs the generator of stories (`benchmarks.corpus`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from benchmarks.corpus import CorpusError, generator_file, stories
from benchmarks.lighthouse import PAGE
from benchmarks.measure import Cost, measure
from benchmarks.sections import DISTRIBUTION, with_section
from benchmarks.sites import SITEGEN, Site, sitegen_site
from benchmarks.tables import table

__all__ = ["main", "section"]

NOW = "2026-01-02T00:00:00+00:00"
MOST = 0.15
"""Which share all of it may have."""
_FEEDS, _SITEMAPS = "[feeds]\nformats = []\ngroups = []\n", "[sitemaps]\nenable = false\n"
WAYS = {"with both": "", "without feeds": _FEEDS, "without sitemaps": _SITEMAPS, "without both": _FEEDS + _SITEMAPS}
"""What the configuration leaves out in each of the builds."""
THEMES = ("shared", "broadsheet")
_TEXT = """{heading}

Written by `python -m benchmarks.distribution`: processor time of cold builds in one process (`build --jobs 1`), medians
of {rounds} rounds in which all took turns; the load before was {load:.1f}. {size:,} stories with {tags:,} tags, of
which the site has RSS, Atom and JSON Feed, an RSS feed for each section, tag and author, sitemaps by month and a news
sitemap. Together they may take {most:.0%} of the build. What they take is what a build without them takes less.

{table}
"""


def main() -> int:
    """0 if the section was written; else 1, and a line on standard error. Raises `CommandError`."""
    options = _options()
    load = os.getloadavg()[0]
    try:
        made = stories(generator_file(None), options.size, "generic")
    except CorpusError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        sites = {theme: _sites(made, options.size, Path(folder) / theme, theme) for theme in THEMES}
        rounds = [{theme: _round(ways) for theme, ways in sites.items()} for _ in range(options.runs)]
        tags = sum(1 for _ in (sites["shared"]["with both"].output / "tags").iterdir()) - 1  # and the list of them
    costs = {theme: {way: median(found[theme][way].cpu for found in rounds) for way in WAYS} for theme in THEMES}
    text = section(costs, size=options.size, tags=tags, runs=options.runs, load=load)
    PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), DISTRIBUTION, text), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distribution")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def section(costs: Mapping[str, Mapping[str, float]], *, size: int, tags: int, runs: int, load: float) -> str:
    """The section, from seconds of processor time by theme, then by way."""
    names = (*(f"{way}, s" for way in WAYS), "feeds", "sitemaps", "both", f"≤ {MOST:.0%}")
    cells = {
        f"theme *{theme}*": [*(f"{cost[way]:.1f}" for way in WAYS), *_verdict(cost)] for theme, cost in costs.items()
    }
    return _TEXT.format(
        heading=DISTRIBUTION, rounds=runs, load=load, size=size, tags=tags, most=MOST, table=table(("", *names), cells)
    )


def _verdict(cost: Mapping[str, float]) -> list[str]:
    shares = [1 - cost[way] / cost["with both"] for way in ("without feeds", "without sitemaps", "without both")]
    return [*(f"{max(share, 0):.1%}" for share in shares), "met" if shares[-1] <= MOST else "**not met**"]


def _sites(made: Path, size: int, folder: Path, theme: str) -> Mapping[str, Site]:
    """A site for each of the ways."""
    return {way: _site(made, size, folder / str(number), theme, way) for number, way in enumerate(WAYS)}


def _site(made: Path, size: int, folder: Path, theme: str, way: str) -> Site:
    site = sitegen_site(made, size, folder, "shared")
    config = folder / "sitegen.toml"
    text = config.read_text(encoding="utf-8")
    text = text if theme == "shared" else text.replace('"theme-shared"', f'"{theme}"')
    config.write_text(text + WAYS[way], encoding="utf-8")
    return site


def _round(ways: Mapping[str, Site]) -> Mapping[str, Cost]:
    return {way: _cold(site) for way, site in ways.items()}


def _cold(site: Site) -> Cost:
    for folder in (site.output, *site.remembered):
        shutil.rmtree(folder, ignore_errors=True)
    return measure([*SITEGEN, "build", "-q", "--jobs", "1", "--now", NOW], site.folder)


if __name__ == "__main__":
    sys.exit(main())
