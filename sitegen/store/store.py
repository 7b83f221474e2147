"""What one build leaves for the next, in `.sitegen/state.sqlite`: articles, traces, values, stamps of files, and which
outputs are ours.

SQLite, because one transaction makes the whole past old or new, never half. Values lie on a shelf and are loaded when
they are asked for, questions and findings a page at a time. A state that was written by another version, or that is
damaged, is discarded: it is only ever a cache. Only which outputs are ours is not, so their names are noted before they
are written, in a transaction of their own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from sitegen.engine.numbers import PAGE
from sitegen.engine.shelf import Memory
from sitegen.errors import Span, StateError
from sitegen.files import Stamp
from sitegen.plain import Arrays, digest, pack, pack_arrays, unpack
from sitegen.store.database import (
    NAME,
    STATE_FOLDER,
    TABLES,
    DamagedState,
    StateMoved,
    connect,
    data_version,
    files,
    guarded,
    output_folders,
    outputs,
    remove_damaged,
)
from sitegen.store.pages import Disk, PastOnDisk
from sitegen.store.rows import seal, unsealed
from sitegen.store.saving import drop_lost_values, read_index, save_questions, save_stamps, sweep
from sitegen.store.versions import state_version

__all__ = ["Store", "open_store"]

T = TypeVar("T")
_UNKNOWN = Stamp(0, 0, 0, 0)
_CACHE = ("articles", "files", "findings", "notes", "numbers", "questions", "reads", "shelf")
"""Tables that may be forgotten without harm."""
_SPILL = 1_000_000
"""Bytes. SQLite writes more than twice as many before a transaction ends, and until then shuts out forks that read."""
_LAST = 2**31  # a session that begins with it could run out of numbers (`array("I")` holds them)
_ROW = 16  # bytes that a row takes beside its data, at most


class Store:
    """The past on disk, and a shelf. Use it as a context manager; what was saved lasts only after `commit`.

    It writes only with `write`; then the caller sees to it that nobody else does. `notice` says in one line why an
    earlier state was discarded, if it was. Raises `StateError`.
    """

    def __init__(self, folder: Path, version: str, *, write: bool = False) -> None:
        self._folder = folder
        self._version = version
        self._write = write
        self._process = os.getpid()
        self._unshared = 0
        self._outputs: dict[str, Mapping[str, Stamp]] = {}
        self.complete = True
        """Whether the last build that wrote here came to its end."""
        self.notice = ""
        self.forget()
        self._database = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    # What is remembered

    def forget(self) -> None:
        """Forget all but which outputs are ours, as if nothing had been built before."""
        self.past = PastOnDisk(self if self._write else Memory(self), save=self._save_early if self._write else None)
        self._first = 0
        """Numbers from this one on are new."""
        self._freed: list[int] = []
        self.stamps: dict[str, Stamp] = {}
        self._forgotten = True

    @property
    def anew(self) -> bool:
        """Whether it is written to and remembers nothing: what is saved early contradicts nothing."""
        return self._write and self._forgotten

    def outputs(self, folder: str) -> Mapping[str, Stamp]:
        """The files that earlier builds wrote to this output folder, or began to, and have not removed since.

        It is not to be changed.
        """
        if folder not in self._outputs:
            with guarded(self._folder):
                self._outputs[folder] = outputs(self._database, folder)
        return self._outputs[folder]

    def output_folders(self) -> list[str]:
        """The output folders that earlier builds wrote to."""
        with guarded(self._folder):
            return output_folders(self._database)

    def marks(self) -> dict[str, str]:
        """By the path of each article, what it was read from."""
        with guarded(self._folder):
            return {} if self._forgotten else dict(self._database.execute("SELECT path, mark FROM articles"))

    def articles(self) -> Iterator[tuple[str, bytes]]:
        """The path of each article, and what was saved of it."""
        with guarded(self._folder):
            for path, data, sealed, mark in self._reader().execute("SELECT path, parsed, seal, mark FROM articles"):
                yield path, unsealed(data, sealed, mark)

    def article(self, path: str, mark: str) -> bytes:
        """What was saved of an article that was read from this."""
        with guarded(self._folder):
            row = self._reader().execute("SELECT parsed, seal FROM articles WHERE path = ?", (path,)).fetchone()
            return unsealed(row[0], row[1], mark)

    def note(self, name: str, kind: type[T]) -> T | None:
        """What the last build left to be told under a name."""
        with guarded(self._folder):
            select = "SELECT note, seal FROM notes WHERE name = ?"
            row = None if self._forgotten else self._reader().execute(select, (name,)).fetchone()
            return unpack(unsealed(row[0], row[1], name), kind) if row else None

    def get(self, place: int, mark: str) -> bytes:
        """A value on the shelf. Raises `StateError` if it is not what it was."""
        with guarded(self._folder):
            return self.get_all({place: mark})[mark]

    def get_all(self, wanted: Mapping[int, str]) -> Mapping[str, bytes]:
        """Several values by their digests. Raises `StateError` if one is not what it was."""
        select = f"SELECT place, data FROM shelf WHERE place IN ({','.join('?' * len(wanted))})"  # noqa: S608
        with guarded(self._folder):
            found = {wanted[place]: data for place, data in self._reader().execute(select, (*wanted,))}
            if any(digest(data) != mark for mark, data in found.items()):
                raise ValueError("a value is not what it was")
            return found

    def _reader(self) -> sqlite3.Connection:
        if self._process != os.getpid():  # a fork must not use the connection of its parent, nor close it
            self._process, self._inherited = os.getpid(), self._database
            self._database = connect(self._folder, write=False)
        elif not self._write and data_version(self._database) != self._seen:
            raise StateMoved("a build has written to the state meanwhile", Span(f"{self._folder.name}/{NAME}"))
        return self._database

    # What is new

    def put(self, data: bytes) -> int:
        """Put a value on the shelf, where it may be lost again if the build does not come to its end."""
        with guarded(self._folder):
            self._begin()
            place = self._database.execute("INSERT INTO shelf (data) VALUES (?)", (data,)).lastrowid or 0
        self._unshared += len(data) + _ROW
        if self._unshared > _SPILL:
            self.share()
        return place

    def free(self, place: int) -> None:
        """Remove a value with the next `commit`."""
        self._freed.append(place)

    def share(self) -> None:
        """From now on forks see all that was put here."""
        self._unshared = 0
        with guarded(self._folder):
            self._database.commit()

    def begin(self, folder: str, new: Iterable[str]) -> None:
        """Note, at once and for good, that what follows is not complete, and that these files are ours too."""
        if files := dict.fromkeys(new, _UNKNOWN):
            self.save_outputs(folder, {**files, **self.outputs(folder)})
        with guarded(self._folder):
            self._begin()
        self.share()

    def save_past(self, stamps: Mapping[str, Stamp]) -> None:
        """Make what `past` holds now, and these stamps of files, last with the next `commit`."""
        with guarded(self._folder):
            self._begin()
            sweep(self._database, self.past)
            save_questions(self._database, self.past, self._first)
            self._database.executemany("DELETE FROM shelf WHERE place = ?", ((place,) for place in self._freed))
            self._freed.clear()
            if not self.complete and not self.past.anew:
                drop_lost_values(self._database, self.past)
            save_stamps(self._database, "files", stamps, self.stamps)

    def _save_early(self) -> Disk:
        with guarded(self._folder):
            self._begin()
            save_questions(self._database, self.past, self._first)
        self.share()
        self._first = self.past.next
        return Disk(self._folder, self._reader)

    def save_articles(self, new: Iterable[tuple[str, str, bytes]], gone: Iterable[str]) -> None:
        """Remember articles that are new or have changed, and forget those that are gone."""
        with guarded(self._folder):
            self._begin()
            self._database.executemany("DELETE FROM articles WHERE path = ?", ((path,) for path in gone))
            rows = ((path, mark, data, seal(data, mark)) for path, mark, data in new)
            self._database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)

    def save_outputs(self, folder: str, outputs: Mapping[str, Stamp]) -> None:
        """Remember which files of this output folder are ours."""
        before = self.outputs(folder)
        with guarded(self._folder):
            self._begin()
            save_stamps(self._database, "outputs", outputs, before, folder)
        self._outputs[folder] = dict(outputs)

    def save_note(self, name: str, note: object) -> None:
        """Leave something to be told under a name; None: nothing."""
        with guarded(self._folder):
            self._begin()
            self._database.execute("DELETE FROM notes WHERE name = ?", (name,))
            if note is not None:
                data = pack_arrays(note) if isinstance(note, Arrays) else pack(note)
                self._database.execute("INSERT INTO notes VALUES (?, ?, ?)", (name, data, seal(data, name)))

    def commit(self, *, complete: bool = True) -> None:
        """Make what was saved last, all of it or nothing. It is not `complete` without the past."""
        with guarded(self._folder):
            self._begin()
            self._database.execute("UPDATE about SET complete = ?", (complete,))
            self._database.execute("COMMIT")

    def _begin(self) -> None:
        if self._database.in_transaction:
            return
        self._database.execute("BEGIN IMMEDIATE")
        if self._forgotten:
            self._forgotten = False
            for table in _CACHE:
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of our own)
        self._database.execute("DELETE FROM about")
        self._database.execute("INSERT INTO about VALUES (?, 0)", (self._version,))

    # Opening

    def _open(self) -> sqlite3.Connection:
        try:
            with guarded(self._folder):
                return self._ready()
        except StateError as error:
            damaged = isinstance(error, DamagedState)
            if error.problem.code == "busy" or (self._write and not damaged):
                raise
            self.notice = str(error) if damaged else ""
        self.forget()
        with guarded(self._folder):
            if self._write:
                remove_damaged(self._folder)
            return self._ready(fresh=True)

    def _ready(self, *, fresh: bool = False) -> sqlite3.Connection:
        database = connect(self._folder, write=self._write, fresh=fresh)
        try:
            for statement in TABLES:
                database.execute(statement)
            self._seen = data_version(database)
            version, complete = database.execute("SELECT version, complete FROM about").fetchone() or ("", 0)
            self.complete = bool(complete)
            if version == self._version:
                self._load(database)
            elif version:
                self.notice = "the state was left by other versions of sitegen or its libraries and is made anew"
        except BaseException:
            database.close()
            raise
        return database

    def _load(self, database: sqlite3.Connection) -> None:
        self._forgotten = False
        self.stamps = files(database)
        self.past.index = read_index(database)
        # A session begins a page of its own, so that no other one has to be loaded for that.
        (last,) = database.execute("SELECT max(page) FROM questions").fetchone()
        self.past.next = self._first = ((last or 0) + 1) * PAGE
        if self._first > _LAST:
            self.forget()
            self.notice = "the state has grown too old and is made anew"
            return
        self.past.disk, self.past.save = Disk(self._folder, self._reader), None


def open_store(folder: Path, *, write: bool = False) -> Store:
    """The state of the site in `folder`; whoever means to `write` must hold the lock (`sitegen.store.lock`)."""
    return Store(folder / STATE_FOLDER, state_version(), write=write)
