"""Many files at a glance: has anything below these folders changed, without opening any of it?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.files import SETTLED
from sitegen.plain import digest

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """A digest of the names and stamps of many files. `settled`: all of them could be known by their stamps then."""

    digest: str
    settled: bool


def survey(root: Path, places: Iterable[str]) -> Survey:
    """All that lies at or below `places`, files or folders relative to `root`; a missing one is a finding too."""
    start = time.time_ns()
    found = sorted(row for place in places for row in _stamps(os.fspath(root / place)))
    newest = max((modified for _, modified in found), default=0)
    text = "\n".join(row for row, _ in found)
    return Survey(digest(text.encode("utf-8", "surrogateescape")), newest + SETTLED < start)


def _stamps(path: str) -> Iterator[tuple[str, int]]:
    """A line for each file, folder and fault, with the time of the last change in nanoseconds."""
    todo = [path]
    while todo:
        here = todo.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                    else:
                        yield _stamp(entry.path, entry)
        except NotADirectoryError:
            yield _stamp(here, Path(here))
        except OSError as error:
            yield f"{here} {error.errno}", 0
        else:
            yield here, 0


def _stamp(path: str, file: os.DirEntry[str] | Path) -> tuple[str, int]:
    try:
        status = file.stat()
    except OSError as error:
        return f"{path} {error.errno}", 0
    return f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ino}", status.st_mtime_ns
