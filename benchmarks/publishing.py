"""`python -m benchmarks.publishing`: how many files broadsheet writes when one of 10,000 stories is published.

It is a section of docs/performance.md. Needs the generator of stories (`benchmarks.corpus`).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.corpus import CorpusError, generator_file, stories
from benchmarks.lighthouse import PAGE
from benchmarks.sections import PUBLISHING, with_section
from benchmarks.sites import HERE, SITEGEN
from benchmarks.tables import table

__all__ = ["kind_of", "main"]

SIZE = 10_000
NOW = "2026-01-02T00:00:00+00:00"
"""After the newest story, and after the one that is added."""
SITES = {"as it comes": "", "with search": "[search]\nenable = true\n"}
"""Settings beside the sections, by what a reader of the table calls them."""
KINDS = ("stories", "lists", "feeds, sitemaps, others", "search index")

_STORY = re.compile(r"/\d{4}/\d\d/\d\d/[^/]+/")
_TEXT = """{heading}

Written by `python -m benchmarks.publishing`: a newspaper of {size:,} stories in the theme broadsheet is built; then a
story that is newer than all others comes in, and `sitegen build --report` says what was written. At most {most} files
were asked for. The site has ten sections, and else the settings that sitegen begins with.

{table}
A story is written anew when the new one is among its related stories, or its neighbour in time. Lists are the front
page, those of the tags, authors and days of the story, and the fronts of all sections, which show the latest headlines.
"""
_MOST = 80


def main() -> int:
    """0 if the section was written; else 1, and a line on standard error. Raises `CalledProcessError`."""
    try:
        made = stories(generator_file(None), SIZE, "generic")
    except CorpusError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    rows = {name: _cells(_written(made, settings)) for name, settings in SITES.items()}
    section = _TEXT.format(heading=PUBLISHING, size=SIZE, most=_MOST, table=table(("files", *KINDS), rows))
    PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), PUBLISHING, section), encoding="utf-8")
    return 0


def kind_of(url: str) -> str:
    """Which of `KINDS` a URL is."""
    if url.startswith("/pagefind/"):
        return "search index"
    if _STORY.fullmatch(url):
        return "stories"
    return "lists" if url.endswith("/") else "feeds, sitemaps, others"


def _cells(written: list[str]) -> list[str]:
    counts: Mapping[str, int] = Counter(map(kind_of, written))
    return [str(len(written)), *(str(counts[kind]) for kind in KINDS)]


def _written(made: Path, settings: str) -> list[str]:
    """The URLs that the build after a story came in wrote."""
    own = (HERE / "sitegen.toml").read_text(encoding="utf-8")
    sections = own[own.index("[[sections]]") :]
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        shutil.copytree(made / "site", site)
        (site / "sitegen.toml").write_text(f'base_url = "https://bench.example/"\n{sections}\n{settings}')
        _build(site)
        shutil.copytree(made / "added" / "00", site, dirs_exist_ok=True)
        return _build(site)


def _build(site: Path) -> list[str]:
    report = site.parent / "report.json"
    subprocess.run([*SITEGEN, "build", "-q", "--site", str(site), "--now", NOW, "--report", str(report)], check=True)
    written: list[str] = json.loads(report.read_text(encoding="utf-8"))["written"]
    return written


if __name__ == "__main__":
    sys.exit(main())
