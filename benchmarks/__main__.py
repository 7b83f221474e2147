"""`python -m benchmarks`: measure, and write the page."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shlex
import sys
from pathlib import Path

from benchmarks.corpus import ADDED, CorpusError, generator_file
from benchmarks.measure import CommandError
from benchmarks.report import machine, page
from benchmarks.runs import run, start_up
from benchmarks.sites import SITEGEN, PeerError, hugo_binary, said

__all__ = ["main"]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="numbers of stories")
    parser.add_argument("--peers", choices=["hugo"], nargs="*", default=["hugo"], help="generators to compare with")
    parser.add_argument("--runs", type=int, choices=range(1, ADDED + 1), default=3, metavar="N", help="rounds")
    parser.add_argument("--output", type=Path, default=Path("docs/performance.md"), metavar="FILE")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="the generator of stories")
    return parser


def main() -> int:
    """0 if the page was written; else 1, and a line on standard error."""
    options = _arguments().parse_args()
    try:
        generator = generator_file(options.corpus)
        facts = _facts(options)
        starts = start_up(generator, options.peers)
        results = [run(generator, size, options.peers, options.runs, _progress) for size in options.sizes]
    except (CorpusError, PeerError, CommandError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    options.output.write_text(page(facts, results, starts, options.runs), encoding="utf-8")
    return 0


def _facts(options: argparse.Namespace) -> dict[str, str]:
    versions = [said(*SITEGEN, "--version").replace(", version", ""), f"Python {platform.python_version()}"]
    if options.peers:
        versions.append(f"Hugo {said(hugo_binary(), 'version').split()[1].partition('-')[0]}")
    sizes = " ".join(map(str, options.sizes))
    command = ["python", "-m", "benchmarks", "--sizes", *sizes.split(), "--peers", *options.peers]
    return {
        "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        "machine": machine(),
        "load before the first run": f"{os.getloadavg()[0]:.1f}",
        "versions": ", ".join(versions),
        "command": f"`{shlex.join([*command, '--runs', str(options.runs)])}`",
    }


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
