"""Files of the site: walking, hashing, reading, and writing so that nobody ever sees half a file."""

from __future__ import annotations

import errno
import os
import stat as modes
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from sitegen.errors import Problem
from sitegen.files.walk import walk
from sitegen.plain import Record, digest

__all__ = [
    "SETTLED",
    "ChangedWhileReading",
    "Files",
    "Seen",
    "Stamp",
    "flush",
    "folders_above",
    "read_file",
    "stamp",
    "temporary_file",
    "write_aside",
    "write_atomically",
]

_BINARY = getattr(os, "O_BINARY", 0)
_PIECE = 1 << 20
"""Bytes that are read at a time from a file that has grown since its size was told."""
_MANY = 32
"""Files from which on it is quicker to flush the whole system than one by one."""
SETTLED = 2_000_000_000
"""Nanoseconds. A file is trusted by its stamp once it was older than this when it was hashed: coarser than the clock of
any file system in use (FAT counts in steps of two seconds). Git calls younger files "racily clean"."""


class Stamp(Record, frozen=True, array_like=True):
    """What a file system tells of a file without opening it, and when (`seen`, nanoseconds) its digest was taken."""

    size: int
    modified: int
    inode: int
    seen: int
    digest: str = ""

    @property
    def settled(self) -> bool:
        """Whether whoever changed the file after this was taken has given it another stamp."""
        return self.modified + SETTLED < self.seen

    def vouches_for(self, other: Stamp) -> bool:
        """Whether a file that looks like `other` now must hold the bytes that this stamp's digest stands for."""
        same = (self.size, self.modified, self.inode) == (other.size, other.modified, other.inode)
        return same and self.settled


class ChangedWhileReading(Exception):
    """A file no longer holds the bytes that this session saw first."""


def stamp(path: str | Path) -> Stamp | None:
    """The stamp of a regular file, without digest; None if there is none."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, OSError):
        return None
    if not modes.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino, time.time_ns())


class Seen(Protocol):
    """What files looked like when a session began (`sitegen.files.survey`)."""

    @property
    def names(self) -> Collection[str]:
        """All files that were there."""

    def below(self, folder: str) -> list[str] | None:
        """The files below a folder in the order of `walk`, if there is nothing to be said of them."""

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of a file, without digest; None if no file of this name was seen."""

    def is_plain(self, name: str) -> bool:
        """Whether a file that is no link was seen."""

    def unchanged(self, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """Those stamps that surely still tell what the files hold."""


class Files:
    """The files below one folder, seen at one instant: a digest, once told, stays what it was.

    `known` are the stamps of an earlier session; `stamps` are those of this one, to be kept for the next. A file that
    was `seen` when this session began need not be looked at again.
    """

    def __init__(self, root: Path, known: Mapping[str, Stamp] | None = None, seen: Seen | None = None) -> None:
        self.root = root
        self._root = os.fspath(root)
        self._known = known or {}
        self._seen = seen
        self.stamps = seen.unchanged(self._known) if seen else {}
        self.suspects = frozenset(self._known.keys() | seen.names) - self.stamps.keys() if seen else None
        """Those that may not be what they were in the earlier session, or not there; None: any."""
        self._missing: set[str] = set()

    def again(self, seen: Seen, suspects: Collection[str]) -> Files:
        """The files at a later instant, when only those among the `suspects` may be others."""
        stamps = self.stamps.copy()  # which is quicker than `{**…}` where something was removed before
        known = {path: stamps.pop(path) for path in suspects if path in stamps}
        files = Files(self.root, known)
        files._seen, files.suspects, files.stamps = seen, frozenset(suspects), stamps
        return files

    def below(self, folder: str, warn: Callable[[Problem], None]) -> Iterable[str]:
        """The files below a folder (`sitegen.files.walk`)."""
        seen = self._seen.below(folder) if self._seen else None
        return walk(self.root, folder, warn) if seen is None else seen

    def settle(self) -> None:
        """Let go of stamps that nobody needs any more."""
        self._known = {name: known for name, known in self._known.items() if name not in self.stamps}

    def close(self) -> None:
        """Let go of all that was seen; whoever asks all the same looks again."""
        self._known, self._seen, self.stamps = {}, None, {}

    def is_plain(self, path: str) -> bool:
        """Whether there is a file that is no link; only known for those that were seen."""
        return self._seen is not None and self._seen.is_plain(path)

    def digest(self, path: str) -> str | None:
        """The digest of a file's content; None if there is no such file. Raises `OSError` if it cannot be read."""
        known = self.stamps.get(path)
        if known is None and path not in self._missing:
            known = self._look(path)
        return known.digest if known else None

    def load(self, path: str) -> bytes:
        """The bytes whose digest this session told. Raises `ChangedWhileReading`, `OSError`."""
        told = self.digest(path)
        data = read_file(self._path(path))
        if digest(data) != told:
            raise ChangedWhileReading(path)
        return data

    def unchanged(self, path: str) -> bool:
        """Whether a file surely holds what it held in the earlier session, told by its stamp alone."""
        if path in self.stamps:
            return True
        known, fresh = self._known.get(path), self._fresh(path)
        if known is None or fresh is None or not known.vouches_for(fresh):
            return False
        self.stamps[path] = known
        return True

    def take(self, path: str) -> tuple[Stamp, bytes]:
        """The stamp and the bytes of a file, read afresh. Raises `OSError`."""
        fresh = self._fresh(path)
        data = read_file(self._path(path))
        if fresh is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        self.stamps[path] = taken = replace(fresh, digest=digest(data))
        return taken, data

    def _fresh(self, path: str) -> Stamp | None:
        return (self._seen and self._seen.stamp(path)) or stamp(self._path(path))

    def _path(self, path: str) -> str:
        return os.path.join(self._root, path)

    def _look(self, path: str) -> Stamp | None:
        fresh = self._fresh(path)
        if fresh is None:
            self._missing.add(path)
            return None
        known = self._known.get(path)
        if known is None or not known.vouches_for(fresh):
            known = replace(fresh, digest=digest(read_file(self._path(path))))
        self.stamps[path] = known
        return known


def folders_above(path: str) -> Iterator[str]:
    """The folders that a file lies in, nearest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def temporary_file(path: str) -> str:
    """Where the bytes for `path` are gathered: always the same name, so that what a killed build left can be found."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + _temporary_name(name)


@lru_cache(maxsize=256)
def _temporary_name(name: str) -> str:
    return f".{digest(name.encode('utf-8', 'surrogateescape'))[:16]}.tmp"


def write_aside(path: str, data: bytes, *, settled: bool = False) -> Stamp:
    """Put `data` into the temporary file for `path`, whose folder is there; the stamp of that file, without digest.

    With `settled` its time is set back a few seconds: whoever changes it later, however soon, gives it another time, so
    that it can be known by its stamp at once. Raises `OSError`; then nothing is left.
    """
    temporary = temporary_file(path)
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
    try:
        while data:  # a full disk may take a part first
            data = data[os.write(file, data) :]
        if settled:
            moment = time.time_ns() - 2 * SETTLED
            os.utime(file, ns=(moment, moment))
        status = os.fstat(file)
    except BaseException:
        os.unlink(temporary)
        raise
    finally:
        os.close(file)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino, time.time_ns())


def read_file(path: str) -> bytes:
    """The content of a small file, with as few calls of the system as it takes. Raises `OSError`."""
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        parts = [os.read(file, os.fstat(file).st_size + 1)]
        while parts[-1]:
            parts.append(os.read(file, _PIECE))
    finally:
        os.close(file)
    return b"".join(parts) if len(parts) > 2 else parts[0]


def flush(paths: Collection[str]) -> None:
    """Bring the data of these files to the disk, so that a power cut after they are renamed finds them whole."""
    if len(paths) > _MANY and sys.platform == "linux":  # elsewhere `sync` need not wait for the disk
        os.sync()
        return
    for path in paths:
        file = os.open(path, os.O_RDWR | _BINARY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def write_atomically(path: str | Path, data: bytes) -> None:
    """Put `data` at `path`, making folders as needed; at every instant the file holds its old bytes or these.

    Raises `OSError`; then the old file stands.
    """
    path = os.fspath(path)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    write_aside(path, data)
    temporary = temporary_file(path)
    try:
        flush([temporary])
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
