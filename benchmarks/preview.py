"""`python -m benchmarks.preview`: what an author waits for, as a section of docs/performance.md.

Each figure is the time until the changed bytes are there over HTTP, the median of many, of sitegen and of `hugo server`
on the same stories in the same run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from benchmarks.corpus import CorpusError, generator_file, scratch, stories
from benchmarks.peers import PEERS, PeerError
from benchmarks.previews import Preview, Running, forget, hugo_preview, running, sitegen_preview
from benchmarks.scenarios import SCENARIOS
from benchmarks.sections import PREVIEW, with_section
from benchmarks.waits import Waits, section

__all__ = ["main"]

_PAGE = Path("docs/performance.md")
_SETTLE = 1.5
"""Seconds between two edits, as of somebody who types slowly; then servers have nothing left to do."""
_COLD = 3
"""How often a server is started that has no state."""


def main() -> int:
    """0 if the section was written; else 1, and a line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="numbers of stories")
    parser.add_argument("--runs", type=int, default=20, metavar="N", help="edits of each kind, and starts")
    parser.add_argument("--output", type=Path, default=_PAGE, metavar="FILE")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="the generator of stories")
    parser.add_argument("--alone", action="store_true", help="without Hugo")
    options = parser.parse_args()
    try:
        generator = generator_file(options.corpus)
        found = {size: _run(generator, size, options.runs, alone=options.alone) for size in options.sizes}
        version = "" if options.alone else PEERS["hugo"].version()
    except (CorpusError, PeerError, TimeoutError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    page = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
    options.output.write_text(with_section(page, PREVIEW, section(found, options.runs, version)), encoding="utf-8")
    return 0


def _run(generator: Path, size: int, runs: int, *, alone: bool) -> Mapping[str, Waits]:
    with scratch() as name:
        folder = Path(name)
        ours = sitegen_preview(stories(generator, size, "generic"), size, folder / "sitegen")
        found = {"sitegen": _measured(ours, runs, _COLD)}
        if not alone and size <= PEERS["hugo"].most:
            hugo = hugo_preview(stories(generator, size, "hugo"), size, folder / "hugo", ours.page)
            found["Hugo"] = _measured(hugo, runs, 0)
    return found


def _measured(preview: Preview, runs: int, cold: int) -> Waits:
    time.sleep(_SETTLE)
    starts = [_started(preview) for _ in range(runs)]
    with running(preview) as (server, _):
        time.sleep(_SETTLE)
        story = median(_story_saved(server, number) for number in range(runs))
        template = median(_template_saved(server, number) for number in range(runs))
        sheet = median(_sheet_saved(server, number) for number in range(runs))
        memory = server.memory()
    waits = Waits(median(starts), story, template, sheet, memory, _cold(preview, cold) if cold else None)
    print(preview.site.name, waits, file=sys.stderr, flush=True)
    return waits


def _started(preview: Preview) -> float:
    with running(preview) as (_, seconds):
        return seconds


def _cold(preview: Preview, times: int) -> float:
    found = []
    for _ in range(times):
        forget(preview)
        found.append(_started(preview))
    return median(found)


def _story_saved(server: Running, number: int) -> float:
    SCENARIOS["body edited"](server.preview.site, number)
    return _shown(server, f"This story was edited {number + 1} times.")


def _template_saved(server: Running, number: int) -> float:
    SCENARIOS["template touched"](server.preview.site, number + 100)
    return _shown(server, f'data-edition="{number + 101}"')


def _shown(server: Running, text: str) -> float:
    seconds = server.wait(lambda: server.page_has(text))
    time.sleep(_SETTLE)
    return seconds


def _sheet_saved(server: Running, number: int) -> float:
    server.preview.sheet.write_text(f"body {{ margin: {number + 1}px }}\n")
    seconds = server.wait(lambda: server.sheet_has(f"{number + 1}px"))
    time.sleep(_SETTLE)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
