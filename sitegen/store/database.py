"""The SQLite file behind the state: its tables, its connection, and what can go wrong on the way to the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from sitegen.errors import Span, StateError
from sitegen.files import Stamp
from sitegen.plain import unpack
from sitegen.store.rows import read_stamps, unsealed

__all__ = [
    "NAME",
    "STATE_FOLDER",
    "TABLES",
    "DamagedState",
    "StateMoved",
    "connect",
    "data_version",
    "files",
    "guarded",
    "output_folders",
    "outputs",
    "read_note",
    "remove_damaged",
    "undamaged",
]

T = TypeVar("T")

STATE_FOLDER = ".sitegen"
"""Where a site keeps what it remembers."""
NAME = "state.sqlite"
_UNUSABLE = ("SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_READONLY")
"""Faults of the disk or of permissions, which a new state would meet too."""
_PATIENCE = 30
"""Seconds to wait for one who only looks."""
_CACHE = 8_192
"""KiB of pages that SQLite may hold before it writes them in the middle of a transaction: what most builds save."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS about (version TEXT, complete INTEGER)",
    "CREATE TABLE IF NOT EXISTS files (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS articles (path TEXT PRIMARY KEY, mark TEXT, parsed BLOB, seal INTEGER)",
    # The marks alone, side by side: in the table there is all of an article between one and the next.
    "CREATE INDEX IF NOT EXISTS marks ON articles (path, mark)",
    "CREATE TABLE IF NOT EXISTS questions (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS findings (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    # Apart from the findings, as what has changed is looked for here on every page, and there on few.
    "CREATE TABLE IF NOT EXISTS reads (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS numbers (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)",
    "CREATE TABLE IF NOT EXISTS shelf (place INTEGER PRIMARY KEY, data BLOB)",
    "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, note BLOB, seal INTEGER)",
    """CREATE TABLE IF NOT EXISTS outputs
       (folder TEXT, page INTEGER, rows BLOB, seal INTEGER, PRIMARY KEY (folder, page))""",
)


class DamagedState(StateError):
    """The state holds nonsense; a new one will do."""

    code = "damaged-state"


class StateMoved(DamagedState):
    """Another program has written to the state since it was opened, so what was loaded may not agree with the rest."""

    code = "state-moved"


def data_version(database: sqlite3.Connection) -> int:
    """Another number whenever another program has written. Raises `sqlite3.Error`."""
    (number,) = database.execute("PRAGMA data_version").fetchone()
    return int(number)


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
        database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        return database
    # What only looks must leave no trace: not even the journal that SQLite would clear away after a killed build.
    name = f"{path.absolute().as_uri()}?mode=ro" if path.is_file() and not fresh else ":memory:"
    # A preview begins in one thread and goes on in another; never do two ask at once.
    return sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, uri=True, check_same_thread=False)


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


def outputs(database: sqlite3.Connection, folder: str) -> dict[str, Stamp]:
    """The files in an output folder that are ours, with their stamps. Raises `ValueError`, `sqlite3.Error`."""
    pages = database.execute("SELECT page, rows, seal FROM outputs WHERE folder = ?", (folder,))
    return {file: stamp for page in pages for file, stamp in read_stamps(*page).items()}


def output_folders(database: sqlite3.Connection) -> list[str]:
    """The output folders that earlier builds wrote to. Raises `sqlite3.Error`."""
    return [folder for (folder,) in database.execute("SELECT DISTINCT folder FROM outputs ORDER BY folder")]


def files(database: sqlite3.Connection) -> dict[str, Stamp]:
    """The stamps of the files that were read. Raises `ValueError`, `sqlite3.Error`."""
    pages = database.execute("SELECT page, rows, seal FROM files")
    return {file: stamp for page in pages for file, stamp in read_stamps(*page).items()}


def read_note(
    folder: Path, version: str, folder_name: str, kind: type[T], wanted: Callable[[T], bool]
) -> tuple[T, dict[str, Stamp]] | None:
    """What the last build left to be told about an output folder, and the files that it wrote there.

    None if there is nothing, nothing that is `wanted`, or anything is odd. It waits for nobody and loads nothing else.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0, uri=True)) as database:
            select = "SELECT note, seal FROM notes, about WHERE name = ? AND version = ? AND complete"
            row = database.execute(select, (name := f"glance {folder_name}", version)).fetchone()
            note = unpack(unsealed(row[0], row[1], name), kind) if row else None
            return (note, outputs(database, folder_name)) if note is not None and wanted(note) else None
    except (sqlite3.Error, ValueError, TypeError):
        return None


def undamaged(look: Callable[[bool], T]) -> T:
    """What somebody who only looks sees: `look(False)`, or `look(True)`, which forgets the past, if that is damaged."""
    try:
        return look(False)
    except DamagedState:
        return look(True)
