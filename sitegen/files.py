"""Files of the site: walking, hashing, reading, and writing so that nobody ever sees half a file."""

from __future__ import annotations

import os
import stat as modes
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import Problem, Span
from sitegen.plain import digest

__all__ = [
    "SETTLED",
    "ChangedWhileReading",
    "Files",
    "Stamp",
    "folders_above",
    "stamp",
    "temporary_file",
    "walk",
    "write_atomically",
]

SETTLED = 2_000_000_000
"""Nanoseconds. A file is trusted by its stamp once it was older than this when it was hashed: coarser than the clock of
any file system in use (FAT counts in steps of two seconds). Git calls younger files "racily clean"."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file system tells of a file without opening it, and when (`seen`, nanoseconds) its digest was taken."""

    size: int
    modified: int
    inode: int
    seen: int
    digest: str = ""

    def vouches_for(self, other: Stamp) -> bool:
        """Whether a file that looks like `other` now must hold the bytes that this stamp's digest stands for."""
        same = (self.size, self.modified, self.inode) == (other.size, other.modified, other.inode)
        return same and self.modified + SETTLED < self.seen


class ChangedWhileReading(Exception):
    """A file no longer holds the bytes that this session saw first."""


def stamp(path: Path) -> Stamp | None:
    """The stamp of a regular file, without digest; None if there is none."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, OSError):
        return None
    if not modes.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino, time.time_ns())


class Files:
    """The files below one folder, seen at one instant: a digest, once told, stays what it was.

    `known` are the stamps of an earlier session; `stamps` are those of this one, to be kept for the next.
    """

    def __init__(self, root: Path, known: Mapping[str, Stamp] | None = None) -> None:
        self.root = root
        self.stamps: dict[str, Stamp] = {}
        self._known = known or {}
        self._missing: set[str] = set()

    def digest(self, path: str) -> str | None:
        """The digest of a file's content; None if there is no such file. Raises `OSError` if it cannot be read."""
        if path in self._missing:
            return None
        known = self.stamps.get(path)
        if known is None:
            known = self._look(path)
        return known.digest if known else None

    def load(self, path: str) -> bytes:
        """The bytes whose digest this session told. Raises `ChangedWhileReading`, `OSError`."""
        told = self.digest(path)
        data = (self.root / path).read_bytes()
        if digest(data) != told:
            raise ChangedWhileReading(path)
        return data

    def _look(self, path: str) -> Stamp | None:
        fresh = stamp(self.root / path)
        if fresh is None:
            self._missing.add(path)
            return None
        known = self._known.get(path)
        if known is None or not known.vouches_for(fresh):
            content = digest((self.root / path).read_bytes())
            known = Stamp(fresh.size, fresh.modified, fresh.inode, fresh.seen, content)
        self.stamps[path] = known
        return known


def walk(root: Path, folder: str, warn: Callable[[Problem], None]) -> Iterator[str]:
    """Paths, relative to `root`, of the regular files below `folder`, sorted; names that begin with `_` or `.` are
    left out.

    Symbolic links to files are followed while they stay inside `root`. `warn` is told of all that is left out or cannot
    be read.
    """
    inside = os.path.realpath(root) + os.sep
    todo = [folder]
    while todo:
        here = todo.pop()
        folders = []
        for name, entry in _entries(root, here, warn):
            path = f"{here}/{name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_file(follow_symlinks=False) or not (reason := _odd(entry, inside)):
                yield path
            else:
                warn(_warning(*reason, path))
        todo.extend(reversed(folders))


def _odd(entry: os.DirEntry[str], inside: str) -> tuple[str, str] | None:
    """Why a link or a special file is left out: a code and a message; None if it is a link to a file of the site."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
        return "outside-link", "this link leads out of the site and is left out"
    if Path(entry.path).is_dir():
        return "folder-link", "this is a link to a folder and is left out"
    if not Path(entry.path).is_file():
        return "no-file", "this is neither a file nor a folder and is left out"
    return None


def _entries(root: Path, folder: str, warn: Callable[[Problem], None]) -> list[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(root / folder) as found:
            named = [
                (entry.name, entry) for entry in found if entry.name[0] not in "._" and _readable(entry, folder, warn)
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        warn(_warning("unreadable", f"this folder cannot be read: {error.strerror}", folder))
        return []
    return sorted(named, key=lambda pair: pair[0])


def _readable(entry: os.DirEntry[str], folder: str, warn: Callable[[Problem], None]) -> bool:
    """Whether the name is text (on POSIX it may be any bytes)."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
        warn(_warning("bad-name", "the name of this file is not UTF-8, and it is left out", f"{folder}/{name}"))
        return False
    return True


def _warning(code: str, message: str, path: str) -> Problem:
    return Problem("warning", code, message, Span(path))


def folders_above(path: str) -> Iterator[str]:
    """The folders that a file lies in, nearest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def temporary_file(path: Path) -> Path:
    """Where the bytes for `path` are gathered: always the same name, so that what a killed build left can be found."""
    return path.with_name(f".{digest(path.name.encode('utf-8', 'surrogateescape'))[:16]}.tmp")


def write_atomically(path: Path, data: bytes, *, settled: bool = False) -> None:
    """Put `data` at `path`, making folders as needed; at every instant the file holds its old bytes or these.

    With `settled` its time is set back a few seconds: whoever changes it later, however soon, gives it another time, so
    that it can be known by its stamp at once. Raises `OSError`; then the old file stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_file(path)
    try:
        temporary.write_bytes(data)
        if settled:
            moment = time.time_ns() - 2 * SETTLED
            os.utime(temporary, ns=(moment, moment))
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
