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
from benchmarks.sites import BY_DEFAULT, SITEGEN, Site, sitegen_site
from benchmarks.tables import table

__all__ = ["main", "section"]

NOW = "2026-01-02T00:00:00+00:00"
MOST = 0.15
"""Which share all of it may have."""
_FEEDS, _SITEMAPS = "[feeds]\nformats = []\ngroups = []\n", "[sitemaps]\nenable = false\n"
WAYS = {"with both": "", "without feeds": _FEEDS, "without both": _FEEDS + _SITEMAPS}
"""What the configuration leaves out in each of the builds."""
THEME = "shared"
"""Its pages cost little, so that all else has a large share."""
_TEXT = """{heading}

Written by `python -m benchmarks.distribution`: processor time of cold builds in one process (`build --jobs 1`), medians
of {rounds} rounds in which all took turns; the load before was {load:.1f}. {size:,} stories with {tags:,} tags, of
which the site has RSS, Atom and JSON Feed, an RSS feed for each section, tag and author, sitemaps by month and a news
sitemap. Together they may take {most:.0%} of the build. What they take is what a build without them takes less. The
theme is *shared*: its pages cost little, so that all else has a large share.

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
        sites = {way: _site(made, options.size, Path(folder) / str(number), way) for number, way in enumerate(WAYS)}
        rounds = [{way: _cold(site).cpu for way, site in sites.items()} for _ in range(options.runs)]
        tags = sum(1 for _ in (sites["with both"].output / "tags").iterdir()) - 1  # and the list of them
    costs = {way: median(found[way] for found in rounds) for way in WAYS}
    text = section(costs, size=options.size, tags=tags, runs=options.runs, load=load)
    PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), DISTRIBUTION, text), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distribution")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def section(costs: Mapping[str, float], *, size: int, tags: int, runs: int, load: float) -> str:
    """The section, from seconds of processor time by way."""
    whole, feeds = costs["with both"], costs["without feeds"]
    shares = {
        "feeds": (whole - feeds) / whole,
        "sitemaps": (feeds - costs["without both"]) / whole,
        "both": 1 - costs["without both"] / whole,
    }
    names = (*(f"{way}, s" for way in WAYS), *shares, f"≤ {MOST:.0%}")
    figures = [*(f"{costs[way]:.1f}" for way in WAYS), *(f"{max(share, 0):.1%}" for share in shares.values())]
    verdict = "met" if shares["both"] <= MOST else "**not met**"
    told = table(names, {"cold build": [*figures, verdict]})
    return _TEXT.format(heading=DISTRIBUTION, rounds=runs, load=load, size=size, tags=tags, most=MOST, table=told)


def _site(made: Path, size: int, folder: Path, way: str) -> Site:
    return sitegen_site(made, size, folder, THEME, BY_DEFAULT + WAYS[way])


def _cold(site: Site) -> Cost:
    for folder in (site.output, *site.remembered):
        shutil.rmtree(folder, ignore_errors=True)
    return measure([*SITEGEN, "build", "-q", "--jobs", "1", "--now", NOW], site.folder)


if __name__ == "__main__":
    sys.exit(main())
