"""What is new is laid down before a session is over, and found again: in this session, and in those after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sitegen.engine.engine import Engine
from sitegen.plain import Record
from sitegen.store import Store, open_store, pages

PATHS = [f"content/{number}.md" for number in range(100)]  # some pages of questions of each kind


class Card(Record, frozen=True):
    title: str
    text: str


class Desk:
    """A session on texts that can be changed; `computed` are the bodies that it made."""

    def __init__(self, store: Store, texts: dict[str, str], before: dict[str, str] | None) -> None:
        self.computed: list[str] = []
        self.store = store
        self.engine = Engine(store.past)
        old = before or {}
        self.engine.records("card", lambda path: card(texts[path]), Card, lambda path: card(old[path]) if old else None)
        self.engine.leaf("file", texts.__getitem__)
        self.engine.rule("body", self._body, str)
        self.engine.rule("page", self._page, last=True)
        self.engine.verify()

    def _body(self, path: str) -> str:
        self.computed.append(path)
        return f"{self.engine.part('card', path, 'title')}: {self.engine.read('file', path)}"

    def _page(self, path: str) -> bytes:
        other = PATHS[(PATHS.index(path) * 7 + 1) % len(PATHS)]
        return f"{self.engine.read('body', path)} ({self.engine.part('card', other, 'title')})".encode()

    def pages(self) -> dict[str, str]:
        return {path: self.store.past.marks[self.engine.ask(("page", path)).number] for path in PATHS}

    def save(self) -> None:
        self.engine.finish()
        self.store.save_past({})
        self.store.commit()


def card(text: str) -> Card:
    return Card(text[:3], text)


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MUCH", 1)


@contextmanager
def desk(folder: Path, texts: dict[str, str], before: dict[str, str] | None = None) -> Iterator[Desk]:
    with open_store(folder, write=True) as store:
        yield Desk(store, texts, before)


def written(number: int = 0) -> dict[str, str]:
    return {path: f"{path} {number}" for path in PATHS}


def test_nothing_is_computed_again_in_the_same_session(tmp_path: Path) -> None:
    with desk(tmp_path, written()) as first:
        for path in PATHS[:60]:
            first.engine.ask(("body", path))
        first.engine.lay_down()
        past = first.store.past
        assert not past.findings
        assert all(past.questions[number][0] == "card" for number in past.questions)
        assert [first.engine.ask(("body", path)).stood for path in PATHS] == [True] * 60 + [False] * 40
        first.engine.lay_down()
        marks = first.pages()
        assert first.computed == PATHS
        first.save()
    with desk(tmp_path / "at once", written()) as other:
        assert other.pages() == marks


def test_the_next_session_stands_on_it(tmp_path: Path) -> None:
    texts = written()
    with desk(tmp_path, texts) as first:
        for start in range(0, 100, 25):
            for path in PATHS[start : start + 25]:
                first.engine.ask(("body", path))
            first.engine.lay_down()
        marks = first.pages()
        first.save()
    with desk(tmp_path, texts, texts) as second:
        assert second.store.complete
        assert second.pages() == marks
        assert second.computed == []
        second.engine.lay_down()
        assert second.store.past.save is None  # another session's past is not touched before this one is over
        second.save()
    edited = {**texts, PATHS[30]: f"{PATHS[30]} is another one"}
    with desk(tmp_path, edited, texts) as third:
        assert [path for path, mark in third.pages().items() if mark != marks[path]] == [PATHS[30]]
        assert third.computed == [PATHS[30]]


def test_a_session_that_remembers_lets_go_of_what_is_not_new(tmp_path: Path) -> None:
    texts = written()
    with desk(tmp_path, texts) as first:
        marks = first.pages()
        first.save()
    edited = {**texts, PATHS[30]: f"{PATHS[30]} is another one", PATHS[70]: f"{PATHS[70]} too"}
    with desk(tmp_path, edited, texts) as second:
        past = second.store.past
        past.load()
        everything = len(past.questions)
        second.engine.ask(("page", PATHS[30]))
        second.engine.lay_down()
        assert 0 < len(past.questions) < everything // 2
        now = second.pages()
        second.engine.lay_down()
        assert second.pages() == now
        assert {path for path, mark in now.items() if mark != marks[path]} == {PATHS[30], PATHS[70]}
        assert second.computed == [PATHS[30], PATHS[70]]
        second.save()
    with desk(tmp_path, edited, edited) as third:
        assert third.pages() == now
        assert third.computed == []


def test_what_a_session_laid_down_that_was_killed_is_asked_again(tmp_path: Path) -> None:
    with desk(tmp_path, written()) as first:
        for path in PATHS:
            first.engine.ask(("body", path))
        first.engine.lay_down()  # and no more: nothing says what the cards were
    edited = written() | {PATHS[3]: "edited"}
    with desk(tmp_path, edited) as second:
        assert not second.store.complete
        marks = second.pages()
        assert second.computed == PATHS
        second.save()
    with desk(tmp_path / "clean", edited) as other:
        assert other.pages() == marks


def test_what_was_counted_is_what_is_there(tmp_path: Path) -> None:
    with desk(tmp_path, written()) as first:
        for path in PATHS:
            first.engine.ask(("body", path))
        first.engine.lay_down()
        first.pages()
        first.save()
    with closing(sqlite3.connect(tmp_path / ".sitegen" / "state.sqlite")) as database:
        (counted,) = database.execute("PRAGMA user_version").fetchone()
    assert counted == len(PATHS) * 4  # cards, files, bodies, pages
