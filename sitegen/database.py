"""The SQLite file behind the state: its tables, its connection, and what can go wrong on the way to the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import Span, StateError

__all__ = ["NAME", "TABLES", "DamagedState", "connect", "guarded", "remove_damaged"]

NAME = "state.sqlite"
_UNUSABLE = ("SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_READONLY")
"""Faults of the disk or of permissions, which a new state would meet too."""
_PATIENCE = 30
"""Seconds to wait for one who only looks."""
_STAMP = "size INTEGER, modified INTEGER, inode INTEGER, seen INTEGER, digest TEXT"
TABLES = (
    "CREATE TABLE IF NOT EXISTS about (version TEXT, complete INTEGER)",
    f"CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, {_STAMP}) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS articles (path TEXT PRIMARY KEY, mark TEXT, parsed BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS questions (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS findings (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS shelf (place INTEGER PRIMARY KEY, data BLOB)",
    "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, note BLOB)",
    f"CREATE TABLE IF NOT EXISTS outputs (folder TEXT, file TEXT, {_STAMP}, PRIMARY KEY (folder, file)) WITHOUT ROWID",
)


class DamagedState(StateError):
    """The state holds nonsense; a new one will do."""

    code = "damaged-state"


def remove_damaged(folder: Path) -> None:
    """Remove a state that holds nonsense. Raises `OSError`."""
    for path in folder.glob(NAME + "*"):
        path.unlink()


def connect(folder: Path, *, write: bool, fresh: bool = False) -> sqlite3.Connection:
    """The database in `folder`, in no transaction; with `write` it is made if need be, else nothing on disk is touched.

    Without `write`, `fresh` gives an empty one. Raises as `sqlite3.connect` does, `OSError`.
    """
    path = folder / NAME
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    # What only looks must leave no trace: not even the journal that SQLite would clear away after a killed build.
    name = f"{path.absolute().as_uri()}?mode=ro" if path.is_file() and not fresh else ":memory:"
    return sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, uri=True)


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Tells what goes wrong on the way to the disk as a `StateError`."""
    place = Span(f"{folder.name}/{NAME}")
    try:
        yield
    except OSError as error:
        raise _unusable(error.strerror or str(error), place) from error
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            message = f"the state has been in use for {_PATIENCE} seconds"
            raise StateError(message, place, "is another program looking at it?", code="busy") from error
        if name.startswith(_UNUSABLE):
            raise _unusable(str(error), place) from error
        raise _damaged(error, place) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(error, place) from error


def _damaged(error: Exception, place: Span) -> DamagedState:
    consequence = "pages that went meanwhile may stay in the output folder"
    return DamagedState(f"the state was damaged ({error}) and is made anew; {consequence}", place)


def _unusable(reason: str, place: Span) -> StateError:
    hint = "the folder must be writable, and there must be room on the disk"
    return StateError(f"the state cannot be kept: {reason}", place, hint, code="cannot-write")
