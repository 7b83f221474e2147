"""How many files look from outside: what has changed, without opening any of them."""

from __future__ import annotations

import marshal
import os
import stat as modes
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.files import SETTLED, Stamp
from sitegen.plain import digest

__all__ = ["Row", "Survey", "altered", "survey"]

Row = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, inode."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that lay in some places at one instant."""

    rows: dict[str, Row]
    """By the name of a file, or of a folder that cannot be read: that has an error number for a size."""
    taken: int
    """Nanoseconds."""

    @property
    def digest(self) -> str:
        """Equal for two surveys that saw the same."""
        return digest(marshal.dumps(sorted(self.rows.items()), 2))  # version 2 knows no references: one form a value

    @property
    def settled(self) -> bool:
        """Whether all files could be known by their stamps when the survey was taken."""
        return max((row[1] for row in self.rows.values()), default=0) + SETTLED < self.taken

    @property
    def names(self) -> Collection[str]:
        """All that has a row."""
        return self.rows.keys()

    def unchanged(self, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """Those stamps that surely still tell what the files hold."""
        row = self.rows.get
        return {
            name: stamp
            for name, stamp in known.items()
            if row(name) == (stamp.size, stamp.modified, stamp.inode) and stamp.inode and stamp.settled
        }

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of a file, without digest; None if no file of this name was seen."""
        row = self.rows.get(name)
        return Stamp(*row, self.taken) if row is not None and row[2] else None


def survey(root: Path, places: Iterable[str] = ("",)) -> Survey:
    """All files at or below `places`, files or folders relative to `root`; a missing one is a finding too."""
    survey = Survey({}, time.time_ns())
    todo = list(places)
    while todo:
        here = todo.pop()
        path = os.path.join(root, here)
        try:
            todo += _look_into(path, f"{here}/" if here else "", survey.rows)
        except NotADirectoryError:
            survey.rows[here] = _row(Path(path))
        except OSError as error:
            survey.rows[here] = error.errno or 0, 0, 0
    return survey


def altered(folder: Path, stamps: Mapping[str, Stamp]) -> Iterator[str]:
    """The names of those files in a folder that are not surely what they were when they were stamped."""
    inside, stat = os.path.join(folder, ""), os.stat
    for name, known in stamps.items():
        try:
            status = stat(inside + name)
        except OSError:
            yield name
        else:
            modified = status.st_mtime_ns
            same = modified == known.modified and status.st_size == known.size and status.st_ino == known.inode
            if not same or modified + SETTLED >= known.seen:
                yield name


def _look_into(path: str, inside: str, rows: dict[str, Row]) -> list[str]:
    """Adds the files of one folder to `rows`; the names of the folders in it. Raises `OSError`."""
    folders = []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(inside + entry.name)
            else:
                rows[inside + entry.name] = _row(entry)
    return folders


def _row(file: os.DirEntry[str] | Path) -> Row:
    try:
        status = file.stat()
    except OSError as error:
        return error.errno or 0, 0, 0
    inode = status.st_ino if modes.S_ISREG(status.st_mode) else 0  # nothing but a file has a stamp
    return status.st_size, status.st_mtime_ns, inode
