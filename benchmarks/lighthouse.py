"""`python -m benchmarks.lighthouse`: what Lighthouse says of the demo, as the last section of docs/performance.md.

Needs Chromium and npm, which fetches Lighthouse.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.demo import PAGES, ROOT, served
from benchmarks.machine import machine
from benchmarks.tables import table

__all__ = ["main", "section_of", "with_section"]

HEADING = "## What readers get"
PAGE = ROOT / "docs" / "performance.md"

_TEXT = """{heading}

Written by `python -m benchmarks.lighthouse`: the front page and a story of the demo, as a phone of the middle class
gets them over a slow mobile network (simulated). Each is the middle one of five reports. Scores are out of 100.

| | |
|---|---|
| date | {date} |
| machine | {machine} |
| versions | Lighthouse {version}, {browser} |

{scores}

{times}
"""
_RUNS = 5
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_AUDITS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift of the layout",
    "total-byte-weight": "weight",
}


def main() -> None:
    """Measures, and replaces the section. Raises `CalledProcessError` if Lighthouse fails."""
    with served() as base:
        reports = {name: _median(base + path) for name, path in PAGES.items()}
    PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), _section(reports)), encoding="utf-8")


def with_section(page: str, section: str) -> str:
    """The page with this section in place of the one with its heading; at its end, if there was none."""
    before, _, old = page.partition(section.partition("\n")[0] or "\0")
    after = "".join(old.partition("\n## ")[1:])
    return "\n\n".join(filter(None, (part.strip() for part in (before, section, after)))) + "\n"


def section_of(page: Path) -> str:
    """The section as it stands in the page, with those of other commands that follow; empty if there is none."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    _, heading, after = text.partition(HEADING)
    return heading + after


def _median(url: str) -> dict[str, Any]:
    """Of several reports the one in the middle: a figure varies with what else the machine does."""
    reports = sorted(
        (_report(url) for _ in range(_RUNS)), key=lambda report: report["categories"]["performance"]["score"]
    )
    return reports[_RUNS // 2]


def _report(url: str) -> dict[str, Any]:
    command = ["npm", "exec", "--yes", "--package=lighthouse", "--", "lighthouse", url, "--quiet", "--output=json"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or os.environ.get("CHROME_PATH", "")}
    done = subprocess.run([*command, flags], capture_output=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _section(reports: Mapping[str, dict[str, Any]]) -> str:
    any_report = next(iter(reports.values()))
    return _TEXT.format(
        heading=HEADING,
        date=f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        machine=machine(),
        version=any_report["lighthouseVersion"],
        browser=f"Chromium {any_report['environment']['hostUserAgent'].partition('Chrome/')[2].partition('.')[0]}",
        scores=table(_CATEGORIES, {name: list(_scores(report)) for name, report in reports.items()}).rstrip(),
        times=table(list(_AUDITS.values()), {name: list(_values(report)) for name, report in reports.items()}).rstrip(),
    )


def _scores(report: Mapping[str, Any]) -> Iterator[str]:
    return (f"{100 * report['categories'][name]['score']:.0f}" for name in _CATEGORIES)


def _values(report: Mapping[str, Any]) -> Iterator[str]:
    # Lighthouse separates a number and its unit with a no-break space, and says what the number is.
    return (
        report["audits"][name]["displayValue"].replace("\u00a0", " ").removeprefix("Total size was ")
        for name in _AUDITS
    )


if __name__ == "__main__":
    main()
