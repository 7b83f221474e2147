"""What one build leaves for the next, in `.sitegen/state.sqlite`: traces and values, file stamps, and which outputs are ours.

SQLite, because one transaction makes the whole past old or new, never half. Everything but the values is loaded at once
(verification looks at most of it); values are loaded when they are asked for. A state that was written by another version,
or that is damaged, is discarded: it is only ever a cache.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from types import TracebackType

from sitegen.engine import Entry, Question, Read
from sitegen.errors import Span, StateError
from sitegen.files import Stamp
from sitegen.plain import Plain, decode, encode

__all__ = ["Store"]

_NAME = "state.sqlite"
_PATIENCE = 30
"""Seconds that a build waits for another one of the same site."""
_STAMP = "size INTEGER, modified INTEGER, inode INTEGER, seen INTEGER, digest TEXT"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS about (version TEXT)",
    "CREATE TABLE IF NOT EXISTS reads (number INTEGER PRIMARY KEY, question TEXT, fingerprint TEXT)",
    "CREATE TABLE IF NOT EXISTS entries"
    " (question TEXT PRIMARY KEY, fingerprint TEXT, trace BLOB, because INTEGER, value TEXT)",
    f"CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, {_STAMP})",
    f"CREATE TABLE IF NOT EXISTS outputs (folder TEXT, path TEXT, {_STAMP}, PRIMARY KEY (folder, path))",
)


def _key(question: Question) -> str:
    return json.dumps(question, ensure_ascii=False, separators=(",", ":"))


def _question(key: str) -> Question:
    return tuple(json.loads(key))


class Store:
    """The past on disk; a `sitegen.engine.Past`. Use it as a context manager; what was saved lasts only after `commit`.

    With `lock`, a second store with `lock` on the same folder waits. `notice` says in one line why an earlier state was
    discarded, if it was. Raises `StateError`.
    """

    def __init__(self, folder: Path, version: str, *, lock: bool = False) -> None:
        self._path = folder / _NAME
        self._version = version
        self.notice = ""
        self._reads: dict[int, Read] = {}
        self._numbers: dict[Read, int] = {}
        self._entries: dict[Question, Entry] = {}
        self._new: dict[Question, tuple[Entry, Plain]] = {}
        self._saved_reads = 0
        self._database = self._open(lock)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def number(self, read: Read) -> int:
        number = self._numbers.get(read)
        if number is None:
            number = self._numbers[read] = len(self._numbers)
            self._reads[number] = read
        return number

    def read(self, number: int) -> Read:
        return self._reads[number]

    def entry(self, question: Question) -> Entry | None:
        return self._entries.get(question)

    def value(self, question: Question) -> Plain:
        if question in self._new:
            return self._new[question][1]
        row = self._database.execute("SELECT value FROM entries WHERE question = ?", (_key(question),)).fetchone()
        return decode(row[0])

    def put(self, question: Question, entry: Entry, value: Plain) -> None:
        self._entries[question] = entry
        self._new[question] = entry, value

    def stamps(self) -> dict[str, Stamp]:
        """The stamps of content and theme files as the last build saw them."""
        rows = self._database.execute("SELECT path, size, modified, inode, seen, digest FROM files")
        return {path: Stamp(*stamp) for path, *stamp in rows}

    def outputs(self, folder: str) -> dict[str, Stamp]:
        """The files that earlier builds wrote to this output folder and have not removed since."""
        rows = self._database.execute(
            "SELECT path, size, modified, inode, seen, digest FROM outputs WHERE folder = ?", (folder,)
        )
        return {path: Stamp(*stamp) for path, *stamp in rows}

    def output_folders(self) -> list[str]:
        """The output folders that earlier builds wrote to."""
        return [folder for (folder,) in self._database.execute("SELECT DISTINCT folder FROM outputs ORDER BY folder")]

    def save(self, stamps: Mapping[str, Stamp], live: Iterable[Question]) -> None:
        """Make this session the past; what was not asked for in it (`live`) is forgotten. `commit` makes it last."""
        keep = set(live)
        gone = [(_key(question),) for question in self._entries if question not in keep]
        fresh = [
            (number, _key(read[0]), read[1]) for number, read in self._reads.items() if number >= self._saved_reads
        ]
        execute = self._database.executemany
        execute("DELETE FROM entries WHERE question = ?", gone)
        execute("INSERT INTO reads VALUES (?, ?, ?)", fresh)
        execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", self._rows(keep))
        self._database.execute("DELETE FROM files")
        execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", [(path, *astuple(stamp)) for path, stamp in stamps.items()]
        )

    def save_outputs(self, folder: str, outputs: Mapping[str, Stamp]) -> None:
        """Remember which files of this output folder are ours. `commit` makes it last."""
        self._database.execute("DELETE FROM outputs WHERE folder = ?", (folder,))
        self._database.executemany(
            "INSERT INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(folder, path, *astuple(stamp)) for path, stamp in outputs.items()],
        )

    def commit(self) -> None:
        """Make what was saved last, all of it or nothing, and let others build."""
        self._database.execute("COMMIT")

    def forget(self) -> None:
        """Forget every trace and value, as if nothing had been built before. Which outputs are ours stays known."""
        self._reads, self._numbers, self._entries = {}, {}, {}
        self._saved_reads = 0
        for table in ("reads", "entries", "files"):
            self._database.execute(f"DELETE FROM {table}")

    def _rows(self, keep: set[Question]) -> Iterable[tuple[str, str, bytes, int | None, str]]:
        for question, (entry, value) in self._new.items():
            if question in keep:
                yield _key(question), entry.fingerprint, array("I", entry.trace).tobytes(), entry.because, encode(value)

    def _open(self, lock: bool) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._ready(lock)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                message = f"another build of this site has been running for {_PATIENCE} seconds"
                raise StateError(message, Span(str(self._path)), "wait for it, or end it", code="busy") from error
            return self._anew(lock, error)
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
            return self._anew(lock, error)

    def _anew(self, lock: bool, reason: Exception) -> sqlite3.Connection:
        self.notice = f"the state was damaged and is made anew ({reason})"
        self._reads, self._numbers, self._entries = {}, {}, {}
        for path in self._path.parent.glob(_NAME + "*"):
            path.unlink()
        return self._ready(lock)

    def _ready(self, lock: bool) -> sqlite3.Connection:
        """A connection in a transaction that, with `lock`, keeps other builds out until `commit` or the end."""
        self._database = database = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        try:
            database.execute("BEGIN IMMEDIATE" if lock else "BEGIN")
            for statement in _TABLES:
                database.execute(statement)
            row = database.execute("SELECT version FROM about").fetchone()
            if row is None or row[0] != self._version:
                self.notice = (
                    "the state was left by other versions of sitegen or its libraries and is made anew" if row else ""
                )
                self.forget()
                database.execute("DELETE FROM about")
                database.execute("INSERT INTO about VALUES (?)", (self._version,))
            self._load(database)
        except BaseException:
            database.close()
            raise
        return database

    def _load(self, database: sqlite3.Connection) -> None:
        for number, question, mark in database.execute("SELECT number, question, fingerprint FROM reads"):
            self._reads[number] = read = (_question(question), mark)
            self._numbers[read] = number
        for question, mark, trace, because in database.execute(
            "SELECT question, fingerprint, trace, because FROM entries"
        ):
            self._entries[_question(question)] = Entry(mark, array("I", trace), because)
        self._saved_reads = len(self._reads)
