"""`python -m benchmarks`: measure, and write the page."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import sys
from pathlib import Path

from benchmarks.corpus import ADDED, CorpusError, generator_file
from benchmarks.machine import disk, machine, python
from benchmarks.measure import CommandError
from benchmarks.peers import PEERS, PeerError
from benchmarks.report import page
from benchmarks.runs import Result, rounds, run, start_up
from benchmarks.sections import with_sections_of
from benchmarks.sites import SITEGEN, said

__all__ = ["main"]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    sizes = [1000, 10_000, 100_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, metavar="N", help="numbers of stories")
    parser.add_argument("--peers", choices=PEERS, nargs="*", default=list(PEERS), help="generators to compare with")
    parser.add_argument("--peers-always", action="store_true", help="let them take part at sizes too large for them")
    rounds_help = "rounds; above 10,000 stories there is one"
    parser.add_argument("--runs", type=int, choices=range(1, ADDED), default=3, metavar="N", help=rounds_help)
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
        results = [_run(options, generator, size) for size in options.sizes]
    except (CorpusError, PeerError, CommandError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = with_sections_of(page(facts, results, starts), options.output)
    options.output.write_text(text, encoding="utf-8")
    return 0


def _run(options: argparse.Namespace, generator: Path, size: int) -> Result:
    peers = [peer for peer in options.peers if options.peers_always or size <= PEERS[peer].most]
    return run(generator, size, peers, rounds(size, options.runs), _progress)


def _facts(options: argparse.Namespace) -> dict[str, str]:
    versions = [said(*SITEGEN, "--version").replace(", version", ""), python()]
    versions += [f"{PEERS[peer].name} {PEERS[peer].version()}" for peer in options.peers]
    return {
        "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        "machine": machine(),
        "file system": disk(),
        "load before the first run": f"{os.getloadavg()[0]:.1f}",
        "versions": ", ".join(versions),
        "command": f"`{shlex.join(_command(options))}`",
    }


def _command(options: argparse.Namespace) -> list[str]:
    always = ["--peers-always"] if options.peers_always else []
    chosen = ["--sizes", *map(str, options.sizes), "--peers", *options.peers, *always, "--runs", str(options.runs)]
    return ["python", "-m", "benchmarks", *chosen]


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
