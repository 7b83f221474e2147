"""How many files look from outside: what has changed, without opening any of them."""

from __future__ import annotations

import marshal
import os
import stat as modes
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.files import SETTLED, Stamp
from sitegen.plain import digest

__all__ = ["Survey", "survey"]

Row = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, inode."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that lay in some places at one instant."""

    rows: Mapping[str, Row]
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

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of a file, without digest; None if no file of this name was seen."""
        row = self.rows.get(name)
        return Stamp(*row, self.taken) if row is not None and row[2] else None


def survey(root: Path, places: Iterable[str] = ("",)) -> Survey:
    """All files at or below `places`, files or folders relative to `root`; a missing one is a finding too."""
    taken = time.time_ns()
    return Survey(dict(row for place in places for row in _rows(os.fspath(root), place)), taken)


def _rows(root: str, place: str) -> Iterator[tuple[str, Row]]:
    todo = [place]
    while todo:
        here = todo.pop()
        try:
            with os.scandir(os.path.join(root, here)) as entries:
                inside = f"{here}/" if here else ""
                for entry in entries:
                    name = inside + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(name)
                    else:
                        yield name, _row(entry)
        except NotADirectoryError:
            yield here, _row(Path(root, here))
        except OSError as error:
            yield here, (error.errno or 0, 0, 0)


def _row(file: os.DirEntry[str] | Path) -> Row:
    try:
        status = file.stat()
    except OSError as error:
        return error.errno or 0, 0, 0
    inode = status.st_ino if modes.S_ISREG(status.st_mode) else 0  # nothing but a file has a stamp
    return status.st_size, status.st_mtime_ns, inode
