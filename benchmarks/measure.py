"""What one command cost, as the kernel counted it: wall time, processor time, memory and files written."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import watched

__all__ = ["TEMPORARY", "CommandError", "Cost", "measure"]

TEMPORARY = ".temporary"
_GRAIN = 20_000_000
"""Nanoseconds by which the clock of a file system may lag behind."""


class CommandError(Exception):
    """A measured command failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`wall` and `cpu` (user and system) in seconds, peak `memory` in bytes, `files` written; of all processes, but for
    memory if they were not watched: then of the largest one.
    """

    wall: float
    cpu: float
    memory: int
    files: int


def measure(command: Sequence[str], folder: Path, output: Path | None = None, *, watch: bool = False) -> Cost:
    """Run `command` in `folder`; `files` are those below `output` that it made or wrote anew. Raises `CommandError`.

    To `watch` the memory of all its processes takes time from them: 13 % of one processor in a build of 10,000 stories.
    What it leaves among temporary files (Jinja its bytecode) goes into `TEMPORARY` in that folder.
    """
    log, temporary = folder / ".benchmark.log", folder / TEMPORARY
    temporary.mkdir(exist_ok=True)
    began = time.time_ns() - _GRAIN
    with log.open("w+b") as said:
        start = time.perf_counter()
        with subprocess.Popen(
            command, cwd=folder, env={**os.environ, "TMPDIR": str(temporary)}, stdout=said, stderr=subprocess.STDOUT
        ) as process:
            with watched(process.pid) if watch else nullcontext([0]) as together:
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandError(f"{command[0]} ended with status {process.returncode}:\n{log.read_text(errors='replace')}")
    memory = max(usage.ru_maxrss * 1024, *together)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory, _written(output, began) if output else 0)


def _written(folder: Path, since: int) -> int:
    """By the time of the last change of a file's entry, which both writing and renaming set."""
    with os.scandir(folder) as found:
        return sum(
            _written(Path(entry.path), since) if entry.is_dir() else entry.stat().st_ctime_ns >= since
            for entry in found
        )
