"""What one build leaves for the next, in `.sitegen/state.sqlite`: traces, values, file stamps, which outputs are ours.

SQLite, because one transaction makes the whole past old or new, never half. Everything but the values is loaded at
once (verification looks at most of it); values are loaded when they are asked for. A state that was written by
another version, or that is damaged, is discarded: it is only ever a cache. Only which outputs are ours is not: before
a build writes files it notes their names in `.sitegen/begun.json`, so that they are known as ours even if it is
killed.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import astuple
from pathlib import Path
from types import TracebackType

from sitegen.database import NAME, TABLES, DamagedState, connect, guarded, remove_damaged
from sitegen.engine import Entry, Question, Read
from sitegen.errors import StateError
from sitegen.files import Stamp, write_atomically
from sitegen.plain import Plain, decode, encode, mark

__all__ = ["Store", "read_note"]

_BEGUN = "begun.json"
_UNKNOWN = Stamp(0, 0, 0, 0)
_FORGET = ("DELETE FROM reads", "DELETE FROM entries", "DELETE FROM notes")
_FEW = 100
"""Reads that are not worth sweeping."""


def _key(question: Question) -> str:
    return json.dumps(question, ensure_ascii=False, separators=(",", ":"))


def _question(key: str) -> Question:
    return tuple(json.loads(key))


def read_note(folder: Path, version: str, output: str) -> Plain:
    """What the last build for an output folder left to be told; None if there is none, or anything is odd.

    It waits for nobody and loads nothing else.
    """
    path = folder / NAME
    if not path.is_file() or (folder / _BEGUN).exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0, uri=True)) as database:
            select = "SELECT note FROM notes, about WHERE folder = ? AND version = ?"
            row = database.execute(select, (output, version)).fetchone()
            return decode(row[0]) if row else None
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return None


class Store:
    """The past on disk; a `sitegen.engine.Past`. Use it as a context manager; what was saved lasts only after `commit`.

    With `lock` it can be saved, and a second store with `lock` on the same folder waits; without, nothing on disk is
    touched. `notice` says in one line why an earlier state was discarded, if it was. Raises `StateError`.
    """

    def __init__(self, folder: Path, version: str, *, lock: bool = False) -> None:
        self._folder = folder
        self._version = version
        self._lock = lock
        self.notice = ""
        self._outputs: dict[str, dict[str, Stamp]] = {}
        self._forget()
        self._database = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def number(self, read: Read) -> int:
        number = self._numbers.get(read)
        if number is None:
            number = self._numbers[read] = self._next
            self._reads[number] = read
            self._next += 1
        return number

    def read(self, number: int) -> Read:
        return self._reads[number]

    def entry(self, question: Question) -> Entry | None:
        return self._entries.get(question)

    def value(self, question: Question) -> Plain:
        if question in self._new:
            return self._new[question][1]
        with guarded(self._folder):
            select = "SELECT value FROM entries WHERE question = ?"
            text: str = self._database.execute(select, (_key(question),)).fetchone()[0]
            if mark(text) != self._entries[question].fingerprint:
                raise ValueError("a value is not what it was")
            return decode(text)

    def put(self, question: Question, entry: Entry, value: Plain) -> None:
        self._entries[question] = entry
        self._new[question] = entry, value

    def stamps(self) -> dict[str, Stamp]:
        """The stamps of content and theme files as the last build saw them."""
        return {} if self._forgotten else self._files

    def outputs(self, folder: str) -> dict[str, Stamp]:
        """The files that earlier builds wrote to this output folder, or began to, and have not removed since."""
        return dict.fromkeys(self._begun().get(folder, ()), _UNKNOWN) | self._outputs.get(folder, {})

    def save_note(self, folder: str, note: Plain) -> None:
        """Leave `note` for the next build for this output folder. `commit` makes it last."""
        with guarded(self._folder):
            self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (folder, encode(note)))

    def output_folders(self) -> list[str]:
        """The output folders that earlier builds wrote to."""
        return sorted({*self._outputs, *self._begun()})

    def begin(self, folder: str, outputs: Iterable[str]) -> None:
        """Note, at once and for good, that these files of an output folder are ours."""
        begun = self._begun()
        noted = json.dumps(begun | {folder: sorted({*begun.get(folder, ()), *outputs})}, ensure_ascii=False)
        with guarded(self._folder):
            write_atomically(self._folder / _BEGUN, noted.encode())

    def save(self, stamps: Mapping[str, Stamp], live: Iterable[Question]) -> None:
        """Make this session the past; what was not asked for in it (`live`) is forgotten. `commit` makes it last."""
        keep = set(live)
        gone = [(_key(question),) for question in self._entries if question not in keep]
        fresh = [(number, _key(read[0]), read[1]) for number, read in self._reads.items() if number >= self._first_new]
        with guarded(self._folder):
            for statement in _FORGET if self._forgotten else ():
                self._database.execute(statement)
            self._many("DELETE FROM entries WHERE question = ?", gone)
            self._many("INSERT INTO reads VALUES (?, ?, ?)", fresh)
            self._many("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", self._rows(keep))
            self._sweep(keep)
            self._database.execute("DELETE FROM files")
            rows = ((path, *astuple(stamp)) for path, stamp in stamps.items())
            self._many("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._database.execute("DELETE FROM about")
            self._database.execute("INSERT INTO about VALUES (?)", (self._version,))

    def save_outputs(self, folder: str, outputs: Mapping[str, Stamp]) -> None:
        """Remember which files of this output folder are ours. `commit` makes it last."""
        with guarded(self._folder):
            self._database.execute("DELETE FROM outputs WHERE folder = ?", (folder,))
            rows = ((folder, path, *astuple(stamp)) for path, stamp in outputs.items())
            self._many("INSERT INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def commit(self) -> None:
        """Make what was saved last, all of it or nothing, and let others build."""
        with guarded(self._folder):
            self._database.execute("COMMIT")
            (self._folder / _BEGUN).unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget every trace and value, as if nothing had been built before. Which outputs are ours stays known."""
        self._forget()
        self._forgotten = True

    def _forget(self) -> None:
        self._forgotten = False
        self._reads: dict[int, Read] = {}
        self._numbers: dict[Read, int] = {}
        self._entries: dict[Question, Entry] = {}
        self._files: dict[str, Stamp] = {}
        self._new: dict[Question, tuple[Entry, Plain]] = {}
        self._next = self._first_new = 0

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._database.executemany(statement, rows)

    def _begun(self) -> dict[str, list[str]]:
        try:
            found = json.loads((self._folder / _BEGUN).read_bytes())
            return {str(folder): list(map(str, files)) for folder, files in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _sweep(self, keep: set[Question]) -> None:
        """Drop reads that no trace holds any more, once they are about as many as the others: they would pile up."""
        (left,) = self._database.execute("PRAGMA user_version").fetchone()
        if len(self._reads) < 2 * left + _FEW:
            return
        entries = [entry for question, entry in self._entries.items() if question in keep]
        live = {number for entry in entries for number in entry.trace} | {entry.because for entry in entries}
        self._many("DELETE FROM reads WHERE number = ?", ((number,) for number in self._reads if number not in live))
        self._database.execute(f"PRAGMA user_version = {len(live)}")

    def _rows(self, keep: set[Question]) -> Iterable[tuple[str, str, bytes, int | None, str]]:
        for question, (entry, value) in self._new.items():
            if question in keep:
                yield _key(question), entry.fingerprint, array("I", entry.trace).tobytes(), entry.because, encode(value)

    def _open(self) -> sqlite3.Connection:
        try:
            with guarded(self._folder):
                return self._ready()
        except StateError as error:
            damaged = isinstance(error, DamagedState)
            if error.problem.code == "busy" or (self._lock and not damaged):
                raise
            self.notice = str(error) if damaged else ""
        self._forget()
        self._outputs = {}
        with guarded(self._folder):
            if self._lock:
                remove_damaged(self._folder)
            return self._ready(fresh=True)

    def _ready(self, *, fresh: bool = False) -> sqlite3.Connection:
        """A connection in a transaction that, with `lock`, keeps other builds out until `commit` or the end."""
        database = connect(self._folder, write=self._lock, fresh=fresh)
        try:
            database.execute("BEGIN IMMEDIATE" if self._lock else "BEGIN")
            for statement in TABLES:
                database.execute(statement)
            row = database.execute("SELECT version FROM about").fetchone()
            if row is not None and row[0] != self._version:
                self.notice = "the state was left by other versions of sitegen or its libraries and is made anew"
            self._load_outputs(database)
            if row is None or row[0] != self._version:
                self.forget()
            else:
                self._load(database)
        except BaseException:
            database.close()
            raise
        return database

    def _load_outputs(self, database: sqlite3.Connection) -> None:
        for folder, path, *stamp in database.execute("SELECT * FROM outputs"):
            self._outputs.setdefault(folder, {})[path] = Stamp(*stamp)

    def _load(self, database: sqlite3.Connection) -> None:
        self._files = {path: Stamp(*stamp) for path, *stamp in database.execute("SELECT * FROM files")}
        for number, question, fingerprint in database.execute("SELECT number, question, fingerprint FROM reads"):
            self._reads[number] = read = (_question(question), fingerprint)
            self._numbers[read] = number
        for question, fingerprint, trace, because in database.execute(
            "SELECT question, fingerprint, trace, because FROM entries"
        ):
            self._entries[_question(question)] = Entry(fingerprint, array("I", trace), because)
        self._next = self._first_new = max(self._reads, default=-1) + 1
