"""Laying down what is new in a past, in the tables of a state that a transaction has been begun on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from sitegen.engine.numbers import PAGE
from sitegen.files import Stamp
from sitegen.store.index import Index
from sitegen.store.pages import PastOnDisk
from sitegen.store.rows import (
    NOTHING,
    Row,
    finding_page,
    question_page,
    read_page,
    read_stamps,
    seal,
    stamp_pages,
    unsealed,
)

__all__ = ["drop_lost_values", "read_index", "save_questions", "save_stamps", "sweep"]

_FEW = 500
"""Questions that are not worth sweeping."""


def sweep(database: sqlite3.Connection, past: PastOnDisk) -> None:
    """Drop questions that no trace holds any more, once they are as many as the others: they would pile up."""
    (left,) = database.execute("PRAGMA user_version").fetchone()
    if not past.anew and len(past.index) >= 2 * left + _FEW:
        past.sweep()
        database.execute(f"PRAGMA user_version = {len(past.questions)}")


def save_questions(database: sqlite3.Connection, past: PastOnDisk, first: int) -> None:
    """Save all that is new in the past. Numbers from `first` on have not been saved before."""
    pages = dict.fromkeys([number // PAGE for number in past.fresh])
    _save_pages(database, "questions", (question_page(past, page) for page in pages))
    _save_pages(database, "findings", (finding_page(past, page) for page in pages))
    _save_pages(database, "reads", (read_page(past, page) for page in pages))
    new = {past.questions[n]: n for n in past.fresh if n >= first and n in past.questions}
    if new or past.gone:
        past.index = past.index.changed(new, past.gone)
        data = past.index.dump()
        database.execute("INSERT OR REPLACE INTO numbers VALUES (0, ?, ?)", (data, seal(data, 0)))
    if past.anew:  # a clean build holds no question that no trace holds
        database.execute(f"PRAGMA user_version = {len(past.index)}")
    past.fresh.clear()
    past.gone.clear()


def read_index(database: sqlite3.Connection) -> Index:
    """The index of the questions that were saved. Raises `ValueError`, `sqlite3.Error`."""
    pages = database.execute("SELECT * FROM numbers").fetchall()
    return Index.load(unsealed(pages[0][1], pages[0][2], 0)) if pages else Index()


def save_stamps(
    database: sqlite3.Connection, table: str, stamps: Mapping[str, Stamp], before: Mapping[str, Stamp], *folder: str
) -> None:
    """Save those stamps that are not what they were `before`, when they were last saved in this table."""
    where = "folder = ? AND page = ?" if folder else "page = ?"

    def saved(page: int) -> Mapping[str, Stamp]:
        select = f"SELECT page, rows, seal FROM {table} WHERE {where}"  # noqa: S608 (a name of our own)
        row = database.execute(select, (*folder, page)).fetchone()
        return read_stamps(*row) if row else {}

    rows = [(*folder, *row) for row in stamp_pages(stamps, before, saved)]
    places = ", ".join("?" * (len(folder) + 3))
    database.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)  # noqa: S608


def _save_pages(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        if row[1] == NOTHING:
            database.execute(f"DELETE FROM {table} WHERE page = ?", row[:1])  # noqa: S608 (a name of our own)
        else:
            database.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", row)  # noqa: S608


def drop_lost_values(database: sqlite3.Connection, past: PastOnDisk) -> None:
    """Drop values that no finding leads to: a build that was killed has left them."""
    past.load()
    places = {finding.place for finding in past.findings.values()}
    lost = [row for row in database.execute("SELECT place FROM shelf") if row[0] not in places]
    database.executemany("DELETE FROM shelf WHERE place = ?", lost)
