"""`python -m benchmarks.state SITE`: what it costs to load and to save the past of a built site in several forms.

The past is read once from the state of the site. Then it is written to and read from a temporary folder in each form,
and the least of seven runs counts. `docs/adr/0023` has the figures.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sitegen.engine.numbers import PAGE
from sitegen.engine.past import Finding, Past
from sitegen.store import open_store
from sitegen.store.rows import finding_page, question_page, read_findings, read_questions

__all__ = ["main"]

_RUNS = 7
_pack, _unpack = msgspec.msgpack.encode, msgspec.msgpack.decode


def _rows_out(past: Past, database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE q (number INTEGER PRIMARY KEY, question TEXT, mark TEXT)")
    database.execute("CREATE TABLE f (number INTEGER PRIMARY KEY, trace BLOB, place INTEGER)")
    asked = ((number, json.dumps(asked), past.marks.get(number)) for number, asked in past.questions.items())
    database.executemany("INSERT INTO q VALUES (?, ?, ?)", asked)
    found = ((number, finding.trace.tobytes(), finding.place) for number, finding in past.findings.items())
    database.executemany("INSERT INTO f VALUES (?, ?, ?)", found)


def _one_row(past: Past, database: sqlite3.Connection) -> None:
    """What one edit costs, at the least: a row of each table."""
    number, finding = next(reversed(past.findings.items()))
    asked = (number, json.dumps(past.questions[number]), past.marks[number])
    database.execute("INSERT OR REPLACE INTO q VALUES (?, ?, ?)", asked)
    database.execute("INSERT OR REPLACE INTO f VALUES (?, ?, ?)", (number, finding.trace.tobytes(), finding.place))
    database.commit()


def _rows_in(database: sqlite3.Connection) -> Past:
    past = Past()
    for number, question, mark in database.execute("SELECT * FROM q"):
        asked = tuple(json.loads(question))
        past.questions[number], past.numbers[asked], past.marks[number] = asked, number, mark
    for number, trace, place in database.execute("SELECT * FROM f"):
        past.findings[number] = Finding(array("I", trace), place=place)
    return past


def _pages_out(past: Past, database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE q (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)")
    database.execute("CREATE TABLE f (page INTEGER PRIMARY KEY, rows BLOB, seal INTEGER)")
    pages = {number // PAGE for number in past.questions}
    database.executemany("INSERT INTO q VALUES (?, ?, ?)", (question_page(past, page) for page in pages))
    database.executemany("INSERT INTO f VALUES (?, ?, ?)", (finding_page(past, page) for page in pages))


def _pages_in(database: sqlite3.Connection) -> Past:
    past = Past()
    for row in database.execute("SELECT * FROM q"):
        read_questions(past, *row)
    for row in database.execute("SELECT * FROM f"):
        read_findings(past, *row)
    return past


def _one_page(past: Past, database: sqlite3.Connection) -> None:
    """What one edit costs: a page of each table."""
    page = max(past.questions) // PAGE
    database.execute("INSERT OR REPLACE INTO q VALUES (?, ?, ?)", question_page(past, page))
    database.execute("INSERT OR REPLACE INTO f VALUES (?, ?, ?)", finding_page(past, page))
    database.commit()


def _file_out(past: Past, file: Path) -> None:
    findings = [(number, finding.trace.tobytes(), finding.place) for number, finding in past.findings.items()]
    file.write_bytes(_pack((dict(past.questions), dict(past.marks), findings)))


def _file_in(file: Path) -> Past:
    questions, marks, findings = _unpack(file.read_bytes(), strict=False)
    past = Past()
    past.marks.update(marks)
    past.questions.update({number: tuple(asked) for number, asked in questions.items()})
    past.numbers = {asked: number for number, asked in past.questions.items()}
    for number, trace, place in findings:
        past.findings[number] = Finding(array("I", trace), place=place)
    return past


def _least(what: Callable[[], object]) -> str:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return f"{min(times) * 1000:.1f}"


def _database(folder: Path, name: str) -> sqlite3.Connection:
    (folder / name).unlink(missing_ok=True)
    return sqlite3.connect(folder / name)


def main() -> int:
    """Prints a table."""
    with open_store(Path(sys.argv[1])) as store:
        past = store.past
    print(f"{len(past.questions):,} questions, {len(past.findings):,} findings\n")
    print("| form | save all, ms | save one edit, ms | load all, ms |\n|---|--:|--:|--:|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows, pages = _database(folder, "rows"), _database(folder, "pages")
        _rows_out(past, rows)
        _pages_out(past, pages)
        rows.commit()
        pages.commit()
        saved = _least(lambda: _rows_out(past, _database(folder, "rows2")))
        edit = _least(lambda: _one_row(past, rows))
        print(f"| SQLite, a row for each | {saved} | {edit} | {_least(lambda: _rows_in(rows))} |")
        saved = _least(lambda: _pages_out(past, _database(folder, "pages2")))
        edit = _least(lambda: _one_page(past, pages))
        print(f"| SQLite, 256 to a page | {saved} | {edit} | {_least(lambda: _pages_in(pages))} |")
        saved = _least(lambda: _file_out(past, folder / "file"))
        print(f"| one file | {saved} | {saved} | {_least(lambda: _file_in(folder / 'file'))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
