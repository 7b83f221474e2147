"""How long the index of related stories takes: all lists, one story edited, one added. Writes its part of the page.

    python -m benchmarks.index [SIZE...]

Without sizes, 1,000 and 10,000 stories. Times are those of one processor, without reading the files.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from msgspec.structs import replace

from benchmarks.corpus import generator_file, stories
from benchmarks.machine import machine
from sitegen.config import RelatedConfig, load
from sitegen.content.likeness import Likeness
from sitegen.session import Session
from sitegen.site.publication import Allow
from sitegen.site.related.table import Table
from sitegen.site.related.update import updated

PAGE = Path(__file__).resolve().parent.parent / "docs" / "related.md"
MARKS = "<!-- times -->", "<!-- /times -->"
RUNS = 20
SETTINGS = RelatedConfig()


@dataclass(frozen=True)
class Timed:
    """An index, the number of lists that are not what they were, and the seconds that it took."""

    table: Table
    lists: int
    seconds: float

    def figures(self) -> tuple[float, int]:
        """Seconds and lists, without the index: several would take much memory."""
        return self.seconds, self.lists


def read(folder: Path) -> dict[str, Likeness]:
    """What the stories are like, newest first. Reading takes more memory than what is measured, so a process of its own
    does it.
    """
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        (site / "content").symlink_to(folder / "content")
        (site / "sitegen.toml").write_text('base_url = "https://bench.example/"\n')
        with Session.open(site, load(site), datetime.now(UTC), forget=True, jobs=2) as session:
            session.read_content()
            like = session.related.likeness
            session.open_site(Allow())
            return {path: found for path in session.site.stories if (found := like[path]) is not None}


class Archive:
    """Stories, newest first, and what each is like."""

    def __init__(self, like: Mapping[str, Likeness]) -> None:
        self.like = like
        self.paths = list(like)

    def timed(self, before: Table | None, fresh: Mapping[str, Likeness], paths: Sequence[str]) -> Timed:
        """The index with what is fresh, of the stories at these paths."""
        order, known = {path: place for place, path in enumerate(paths)}, frozenset(paths)
        start = time.process_time()
        table, others = updated(before, fresh.items(), known, order, SETTINGS)
        return Timed(table, len(others), time.process_time() - start)

    def rewritten(self, table: Table, path: str, other: str) -> Timed:
        """One story says what another one says."""
        old, new = self.like[path], self.like[other]
        return self.timed(table, {path: replace(old, columns=new.columns, levels=new.levels)}, self.paths)

    def added(self, table: Table, path: str) -> Timed:
        """The index as it is, after one without a story."""
        without = self.timed(table, {}, [each for each in self.paths if each != path])
        return self.timed(without.table, {path: self.like[path]}, self.paths)


def row(size: int) -> str:
    """The line of the table for so many stories."""
    with ProcessPoolExecutor(1, get_context("spawn")) as reader:
        archive = Archive(reader.submit(read, stories(generator_file(None), size, "generic") / "site").result())
    before = _memory()
    anew = archive.timed(None, archive.like, archive.paths)
    chance = random.Random(size)
    rewritten = [archive.rewritten(anew.table, *chance.sample(archive.paths, 2)).figures() for _ in range(RUNS)]
    added = [archive.added(anew.table, path).figures() for path in archive.paths[:RUNS]]
    memory = f"{_memory() - before:,} MiB"
    return f"| {size:,} | {anew.seconds:.1f} s | {_middle(rewritten)} | {_middle(added)} | {memory} |"


def _memory() -> int:
    """MiB that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _middle(runs: Sequence[tuple[float, int]]) -> str:
    seconds, lists = map(statistics.median, zip(*runs, strict=True))
    return f"{seconds * 1000:.0f} ms, {lists:.0f} lists"


def main() -> int:
    """0 if the table was written. Raises `CorpusError`."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000]
    head = "| stories | all lists | one story rewritten | one added | memory at most |\n|--:|--:|--:|--:|--:|"
    told = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}; medians of {RUNS}, time of one processor."
    lines = "\n".join([head, *map(row, sizes)])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{lines}\n\n{told}\n\n{MARKS[1]}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
