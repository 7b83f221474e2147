"""One build at a time in one site.

The lock is the operating system's, on an empty file: whoever ends, however he ends, lets it go. A forked process holds
it too, so that it lasts until the last worker of a killed build is gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import Span, StateError

__all__ = ["PATIENCE", "locked"]

PATIENCE = 60.0
"""Seconds that a build waits for another one of the same site."""
_STEP = 0.05


@contextmanager
def locked(folder: Path, waiting: Callable[[], None], patience: float | None = None) -> Iterator[bool]:
    """Nobody else holds the lock in `folder` meanwhile. If somebody does at first, `waiting` is called once, and the
    answer is true.

    Raises `StateError` if that lasts for `patience` seconds (`PATIENCE` if not given), or if the file cannot be made.
    """
    place = Span(f"{folder.name}/lock")
    patience = PATIENCE if patience is None else patience
    file = _open(folder, place)
    try:
        waited = not _take(file)
        if waited and not _taken_within(file, waiting, patience):
            message = f"another build of this site has been running for {patience:.0f} seconds"
            raise StateError(message, place, "wait for it, or end it", code="busy")
        if _is_there(file, folder):
            yield waited
            return
    finally:
        os.close(file)
    with locked(folder, waiting, patience) as again:  # whoever held the lock has removed the folder
        yield waited or again


def _open(folder: Path, place: Span) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        hint = "the folder must be writable, and there must be room on the disk"
        message = f"the state cannot be kept: {error.strerror or error}"
        raise StateError(message, place, hint, code="cannot-write") from error


def _is_there(file: int, folder: Path) -> bool:
    """Whether others who want the lock would open this same file."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(folder / "lock"))
    except FileNotFoundError:
        return False


def _taken_within(file: int, waiting: Callable[[], None], patience: float) -> bool:
    end = time.monotonic() + patience
    waiting()
    while not _take(file):
        if time.monotonic() >= end:
            return False
        time.sleep(_STEP)
    return True


try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    def _take(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
else:

    def _take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
