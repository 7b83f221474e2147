"""Stamps that can be trusted, one look at each file, and writes that nobody sees half done."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.errors import Problem
from sitegen.files import ChangedWhileReading, Files, Stamp, stamp, write_atomically
from sitegen.files.survey import survey
from sitegen.files.walk import walk
from sitegen.plain import digest

OLD = 1_700_000_000_000_000_000
SECOND = 1_000_000_000


def put(file: Path, data: bytes, when: int = OLD) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, ns=(when, when))
    return file


# stamps

SEEN = Stamp(size=5, modified=OLD, inode=7, seen=OLD + 3 * SECOND, digest="d")


@pytest.mark.parametrize(
    ("now", "trusted"),
    [
        (SEEN, True),
        (replace(SEEN, seen=OLD + 99 * SECOND), True),
        (replace(SEEN, size=6), False),
        (replace(SEEN, modified=OLD + 1), False),  # a nanosecond is enough
        (replace(SEEN, modified=OLD - 1), False),
        (replace(SEEN, inode=8), False),
    ],
)
def test_a_stamp_vouches_for_a_file_that_looks_the_same(now: Stamp, trusted: bool) -> None:
    assert SEEN.vouches_for(now) is trusted


@pytest.mark.parametrize(
    ("seen", "trusted"),
    [
        (OLD - SECOND, False),
        (OLD, False),
        (OLD + SECOND, False),
        (OLD + 2 * SECOND, False),
        (OLD + 2 * SECOND + 1, True),
    ],
)
def test_a_file_that_was_hashed_when_it_was_young_is_racily_clean(seen: int, trusted: bool) -> None:
    assert replace(SEEN, seen=seen).vouches_for(SEEN) is trusted


def test_the_stamp_of_a_file(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"12345")
    found = stamp(file)
    assert found is not None
    assert (found.size, found.modified, found.inode, found.digest) == (5, OLD, file.stat().st_ino, "")
    assert found.seen > OLD


@pytest.mark.parametrize("name", ["nothing", "folder", "pipe", "file/below", "loop", "x" * 300])
def test_what_is_no_file_has_no_stamp(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path / "file", b"")
    (tmp_path / "loop").symlink_to("loop")
    assert stamp(tmp_path / name) is None
    assert Files(tmp_path).digest(name) is None


# one look


def test_a_settled_file_is_not_read_again(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"one")
    first = Files(tmp_path)
    first.digest("a")
    put(file, b"two")  # same size, same time, same inode: only reading could tell
    assert Files(tmp_path, first.stamps).digest("a") == digest(b"one")
    assert Files(tmp_path).digest("a") == digest(b"two")


def test_an_edit_in_the_same_tick_of_the_clock_is_noticed(tmp_path: Path) -> None:
    now = time.time_ns()
    file = put(tmp_path / "a", b"one", now)
    first = Files(tmp_path)
    first.digest("a")
    put(file, b"two", now)
    assert Files(tmp_path, first.stamps).digest("a") == digest(b"two")


def test_a_file_from_the_future_is_always_read(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"one", time.time_ns() + 3600 * SECOND)
    first = Files(tmp_path)
    first.digest("a")
    put(file, b"two", file.stat().st_mtime_ns)
    assert Files(tmp_path, first.stamps).digest("a") == digest(b"two")


def test_within_a_session_a_file_stays_what_it_was(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"one")
    files = Files(tmp_path)
    assert (files.digest("a"), files.digest("b")) == (digest(b"one"), None)
    put(file, b"other", OLD + 1)
    put(tmp_path / "b", b"new")
    assert (files.digest("a"), files.digest("b")) == (digest(b"one"), None)
    for name in ("a", "b"):
        with pytest.raises(ChangedWhileReading):
            files.load(name)


def test_loading_what_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Files(tmp_path).load("nothing")


def test_stamps_are_kept_only_of_files_that_were_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "a", b"one")
    put(tmp_path / "b", b"two")
    first = Files(tmp_path)
    first.digest("a")
    first.digest("c")
    second = Files(tmp_path, first.stamps)
    second.digest("b")
    assert (list(first.stamps), list(second.stamps)) == (["a"], ["b"])


# walking


def test_walking_is_in_order_and_leaves_out_hidden_names(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.md", "a.md", "c.md", ".git/x", "_drafts/x.md", "b/_x.md", "b/.DS_Store", "[1]/x.md"):
        put(tmp_path / "content" / name, b"")
    problems: list[Problem] = []
    assert list(walk(tmp_path, "content", problems.append)) == [
        f"content/{name}" for name in ("a.md", "c.md", "[1]/x.md", "b/a.md", "b/z.md")
    ]
    assert problems == []


ODD: dict[str, Callable[[Path], object]] = {
    "a link": lambda place: (place / "link.md").symlink_to(place / "a.md"),
    "a link to a folder": lambda place: (place / "link").symlink_to(place / "b"),
    "a pipe": lambda place: os.mkfifo(place / "b" / "pipe.md"),
    "a name that is no text": lambda place: put(Path(os.fsdecode(bytes(place) + b"/\xff.md")), b""),
}


def test_what_was_seen_need_not_be_walked(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.md", "a.md", "b-c/x.md", "b/c/d.md", "_d/x.md", "b/.x/y.md", "b/_x.md", "b.md/c.md"):
        put(tmp_path / "content" / name, b"")
    seen = survey(tmp_path, ("content",))
    assert seen.below("content") == [*walk(tmp_path, "content", list[Problem]().append)]
    assert seen.below("content/b") is None  # that was no place to look at


@pytest.mark.skipif(os.name != "posix", reason="such files are there on POSIX only")
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_walked_and_told(odd: str, tmp_path: Path) -> None:
    for name in ("a.md", "b/a.md"):
        put(tmp_path / "content" / name, b"")
    ODD[odd](tmp_path / "content")
    seen = survey(tmp_path, ("content",))
    assert seen.below("content") is None
    walked, told = list[Problem](), list[Problem]()
    names = [*Files(tmp_path, {}, seen).below("content", told.append)]
    assert (names, told) == ([*walk(tmp_path, "content", walked.append)], walked)


def test_walking_nothing_is_nothing(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert list(walk(tmp_path, "content", problems.append)) == []
    assert problems == []


# writing


def test_writing_makes_folders_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        write_atomically(tmp_path / "a" / "b" / "c.txt", data)
        assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == data
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.txt"]


@pytest.mark.parametrize("name", ["x" * 255, "\u6f6e" * 85])
def test_names_may_be_as_long_as_the_file_system_allows(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("data", [b"new", "no bytes"])
def test_a_write_that_fails_leaves_the_old_file_and_no_temporary_one(tmp_path: Path, data: bytes) -> None:
    folder, file = tmp_path / "taken", put(tmp_path / "old", b"old")
    put(folder / "mine", b"mine")
    target, error = (folder, IsADirectoryError) if data == b"new" else (file, TypeError)
    with pytest.raises(error):
        write_atomically(target, data)
    assert file.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "taken"]


def test_a_reader_keeps_the_old_bytes_while_a_file_is_replaced(tmp_path: Path) -> None:
    file = put(tmp_path / "a", b"old")
    with file.open("rb") as reader:
        write_atomically(file, b"new")
        assert reader.read() == b"old"
    assert file.read_bytes() == b"new"
