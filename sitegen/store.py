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
from sitegen.files import Stamp
from sitegen.plain import Plain, decode, encode

__all__ = ["Store"]

_NAME = "state.sqlite"
_TABLES = """
CREATE TABLE about (version TEXT NOT NULL);
CREATE TABLE reads (number INTEGER PRIMARY KEY, question TEXT NOT NULL, fingerprint TEXT NOT NULL);
CREATE TABLE entries (question TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, trace BLOB NOT NULL, value TEXT NOT NULL);
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, inode INTEGER, seen INTEGER, digest TEXT);
CREATE TABLE outputs (folder TEXT, path TEXT, size INTEGER, modified INTEGER, inode INTEGER, seen INTEGER, digest TEXT,
                      PRIMARY KEY (folder, path));
"""


def _key(question: Question) -> str:
    return json.dumps(question, ensure_ascii=False, separators=(",", ":"))


def _question(key: str) -> Question:
    return tuple(json.loads(key))


class Store:
    """The past on disk; a `sitegen.engine.Past`. Use it as a context manager.

    `notice` says in one line why an earlier state was discarded, if it was.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._path = folder / _NAME
        self._version = version
        self.notice = ""
        self._reads: dict[int, Read] = {}
        self._numbers: dict[Read, int] = {}
        self._entries: dict[Question, Entry] = {}
        self._new: dict[Question, tuple[Entry, Plain]] = {}
        self._saved_reads = 0
        self._database = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
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

    def save(self, stamps: Mapping[str, Stamp], folder: str, outputs: Mapping[str, Stamp], live: Iterable[Question]) -> None:
        """Make this session the past, in one transaction; what was not asked for in it (`live`) is forgotten."""
        keep = set(live)
        gone = [question for question in self._entries if question not in keep]
        fresh = [(number, read) for number, read in self._reads.items() if number >= self._saved_reads]
        with self._database as database:
            database.executemany("DELETE FROM entries WHERE question = ?", [(_key(question),) for question in gone])
            database.executemany(
                "INSERT INTO reads VALUES (?, ?, ?)", [(number, _key(read[0]), read[1]) for number, read in fresh]
            )
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", self._rows(keep))
            database.execute("DELETE FROM files")
            database.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", [(path, *astuple(stamp)) for path, stamp in stamps.items()]
            )
        self.save_outputs(folder, outputs)

    def save_outputs(self, folder: str, outputs: Mapping[str, Stamp]) -> None:
        """Remember which files of this output folder are ours."""
        with self._database as database:
            database.execute("DELETE FROM outputs WHERE folder = ?", (folder,))
            database.executemany(
                "INSERT INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(folder, path, *astuple(stamp)) for path, stamp in outputs.items()],
            )

    def _rows(self, keep: set[Question]) -> Iterable[tuple[str, str, bytes, str]]:
        for question, (entry, value) in self._new.items():
            if question in keep:
                yield _key(question), entry.fingerprint, array("I", entry.trace).tobytes(), encode(value)

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists():
            try:
                return self._load(self._connect())
            except (sqlite3.DatabaseError, ValueError, KeyError) as reason:
                self._discard(f"the state could not be used and is made anew: {reason}")
        database = self._connect()
        database.executescript(_TABLES)
        database.execute("INSERT INTO about VALUES (?)", (self._version,))
        database.commit()
        return database

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)

    def _load(self, database: sqlite3.Connection) -> sqlite3.Connection:
        try:
            row = database.execute("SELECT version FROM about").fetchone()
            if row is None or row[0] != self._version:
                raise ValueError("another version of sitegen or of its libraries wrote it")
            for number, question, mark in database.execute("SELECT number, question, fingerprint FROM reads"):
                self._reads[number] = read = (_question(question), mark)
                self._numbers[read] = number
            for question, mark, trace in database.execute("SELECT question, fingerprint, trace FROM entries"):
                self._entries[_question(question)] = Entry(mark, array("I", trace))
        except BaseException:
            database.close()
            raise
        self._saved_reads = len(self._reads)
        return database

    def _discard(self, reason: str) -> None:
        self.notice = reason
        self._reads, self._numbers, self._entries = {}, {}, {}
        for path in self._path.parent.glob(_NAME + "*"):
            path.unlink()
