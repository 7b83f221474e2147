"""The state is only ever a cache: damaged, foreign, old or gone, the next build is right, and says what it did."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import ANY

import pytest

from sitegen.build.report import Report
from sitegen.errors import StateError
from sitegen.store import Store, lock, open_store, saving
from sitegen.store.lock import locked
from tests.support.sites import NOW, Site, story

AT = ("--now", NOW.isoformat())


def filled(folder: Path) -> Site:
    site = Site(folder, config='[feeds]\ncount = 1\nformats = ["rss"]\ngroups = []\n')
    for number in range(4):
        site.write(f"content/world/{number}.md", story(f"T{number}", f"2026-03-0{number + 1}", tags="[t]"))
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = filled(tmp_path / "site")
    site.build()
    return site


def state(site: Site) -> Path:
    return site.folder / ".sitegen" / "state.sqlite"


def clean_output(site: Site, folder: Path) -> dict[str, bytes]:
    """What a build without any past leaves."""
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns(".sitegen", "output"))
    other = Site.__new__(Site)
    other.folder = folder
    other.build()
    return dict(other.output())


def test_a_second_build_does_nothing(site: Site) -> None:
    report = site.build()
    assert (report.rendered, report.written, report.removed, report.notice) == ([], [], [], "")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "header only": lambda data: data[:100],
    "garbage": lambda data: b"garbage" * 1000,
    "zeros after the header": lambda data: data[:16] + bytes(len(data)),
    "last page gone": lambda data: data[:-4096],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_broken_state_is_made_anew_and_that_is_said(site: Site, damage: str) -> None:
    before = site.output()
    state(site).write_bytes(DAMAGE[damage](state(site).read_bytes()))
    status, said, errors = site.command("build", *AT)
    assert (status, errors) == (0, "")
    assert said.startswith("the state was damaged (") or damage == "empty"
    assert ", 0 written, 0 removed" in said
    assert site.output() == before
    assert site.build().rendered == []


@pytest.mark.parametrize("seed", range(16))
def test_random_damage_never_shows_in_the_output(tmp_path: Path, site: Site, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(state(site).read_bytes())
    start, length = chance.randrange(len(data)), chance.choice((1, 8, 200, 4096))
    data[start : start + length] = chance.randbytes(len(data[start : start + length]))
    state(site).write_bytes(data)
    site.write("content/world/0.md", story("T0", "2026-03-01", "Edited.", tags="[t]"))
    assert site.build().published
    assert site.output() == clean_output(site, tmp_path / "clean")


def test_a_damaged_value_is_noticed_when_it_is_needed(site: Site) -> None:
    with sqlite3.connect(state(site)) as database:
        database.execute("UPDATE shelf SET data = CAST(replace(CAST(data AS TEXT), 'Text', 'XXXX') AS BLOB)")
    database.close()
    site.write("templates/story.html", "{{ article.title }}{{ article.body }}")
    report = site.build()
    assert "damaged" in report.notice
    assert site.page("/2026/03/04/3/").startswith("T3<p>Text")
    assert b"XX" not in b"".join(site.output().values())


TABLES = ["articles", "questions", "findings", "numbers", "files", "notes"]


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_row_is_noticed(tmp_path: Path, site: Site, table: str) -> None:
    column = {"articles": "parsed", "notes": "note"}.get(table, "rows")
    with sqlite3.connect(state(site)) as database:
        database.execute(f"UPDATE {table} SET {column} = substr({column}, 1, length({column}) - 1) || 'x'")
    database.close()
    site.write("content/world/0.md", story("T0", "2026-03-01", "Edited.", tags="[t]"))
    assert "damaged" in site.build().notice
    assert site.output() == clean_output(site, tmp_path / "clean")


@pytest.mark.parametrize("table", TABLES)
def test_who_only_looks_does_without_a_damaged_state(site: Site, table: str) -> None:
    with sqlite3.connect(state(site)) as database:
        database.execute(f"UPDATE {table} SET seal = seal + 1")
    database.close()
    assert site.command("list", *AT) == (0, ANY, "")
    assert site.command("why", "/", *AT) == (0, ANY, "")


def test_looking_at_a_damaged_state_changes_nothing(site: Site) -> None:
    state(site).write_bytes(b"garbage" * 1000)
    assert site.command("list", *AT)[0] == 0
    assert "has not been built before" in site.command("why", "/", *AT)[1]
    assert site.build(dry_run=True).written == []
    assert state(site).read_bytes() == b"garbage" * 1000


def test_a_state_of_another_version_is_discarded_but_not_what_is_ours(site: Site) -> None:
    with sqlite3.connect(state(site)) as database:
        database.execute("UPDATE about SET version = 'older'")
    database.close()
    site.delete("content/world/3.md")
    report = site.build()
    assert report.notice == "the state was left by other versions of sitegen or its libraries and is made anew"
    assert "/2026/03/04/3/" in report.removed
    assert len(report.rendered) == report.total
    assert site.build().notice == ""


def test_a_state_of_another_shape_is_made_anew(site: Site) -> None:
    state(site).unlink()
    database = sqlite3.connect(state(site))
    database.executescript(
        "CREATE TABLE about (version TEXT); CREATE TABLE outputs (x TEXT); CREATE TABLE reads (x, y, z)"
    )
    database.close()
    assert "damaged" in site.build().notice
    assert site.build().rendered == []


def test_an_older_state_that_was_restored_is_caught_up(tmp_path: Path, site: Site) -> None:
    older = state(site).read_bytes()
    site.write("content/world/1.md", story("Changed", "2026-03-02", tags="[t, u]"))
    site.write("content/world/5.md", story("T5", "2026-03-06"))
    site.build()
    state(site).write_bytes(older)
    report = site.build()
    assert report.written == []
    assert site.output() == clean_output(site, tmp_path / "clean")
    site.delete("content/world/5.md")
    site.build()
    assert site.output() == clean_output(site, tmp_path / "clean2")


@pytest.mark.parametrize("gone", [".sitegen", "output"])
def test_a_folder_of_ours_that_was_deleted_comes_back(site: Site, gone: str) -> None:
    before = site.output()
    shutil.rmtree(site.folder / gone)
    report = site.build()
    assert site.output() == before
    assert len(report.rendered) == report.total
    assert len(report.written) == (0 if gone == ".sitegen" else report.total)


def edited(report: Report) -> tuple[list[str], list[str], list[str]]:
    return report.rendered, report.written, report.removed


def test_an_output_that_was_edited_or_deleted_by_hand_is_restored(site: Site) -> None:
    before = site.output()
    site.write("output/tags/t/index.html", "by hand")
    site.delete("output/404.html")
    assert edited(site.build()) == (["/tags/t/", "/404.html"],) * 2 + ([],)
    assert site.output() == before


def test_an_output_that_became_a_folder_is_told_and_nothing_foreign_is_deleted(site: Site) -> None:
    site.delete("output/404.html")
    site.write("output/404.html/mine.txt", "by hand")
    report = site.build()
    assert [problem.code for problem in report.problems] == ["cannot-write"]
    assert site.output()["404.html/mine.txt"] == b"by hand"


def test_files_in_the_output_folder_that_are_not_ours_stay(site: Site) -> None:
    site.write("output/.gitkeep", "")
    site.write("output/2026/03/04/3/notes.txt", "mine")
    site.delete("content/world/3.md")
    assert "/2026/03/04/3/" in site.build().removed
    assert site.output()["2026/03/04/3/notes.txt"] == b"mine"
    assert ".gitkeep" in site.output()


def test_a_site_that_was_moved_goes_on_as_it_was(tmp_path: Path, site: Site) -> None:
    site.folder = site.folder.rename(tmp_path / "elsewhere")
    assert edited(site.build()) == ([], [], [])
    site.delete("content/world/3.md")
    assert "/2026/03/04/3/" in site.build().removed


def test_a_site_that_was_copied_is_read_again_and_not_rendered(tmp_path: Path, site: Site) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site.folder, copy)
    site.folder = copy
    assert edited(site.build()) == ([], [], [])


def test_two_output_folders_do_not_mix(tmp_path: Path, site: Site) -> None:
    away = tmp_path / "away"
    first = site.build(output=away)
    assert len(first.written) == first.total
    site.delete("content/world/3.md")
    assert "/2026/03/04/3/" in site.build().removed
    assert "/2026/03/04/3/" in site.build(output=away).removed
    assert {path.relative_to(away).as_posix() for path in away.rglob("*") if path.is_file()} == site.output().keys()


def test_the_state_does_not_grow_with_the_number_of_builds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "_FEW", 10)
    sizes = []
    for number in range(60):
        site.write("content/world/0.md", story(f"Title {number}", "2026-03-01", tags=f"[t{number}]"))
        assert site.build().rendered
        with open_store(site.folder) as opened:
            sizes.append(len(opened.past.index))
    assert 0 < max(sizes) < 3 * sizes[0]
    assert site.build().rendered == []


@pytest.mark.parametrize("size", [300, 50_000, 3_000_000])
def test_forks_read_while_much_is_put_on_the_shelf(tmp_path: Path, size: int) -> None:
    with Store(tmp_path, "1", write=True) as store:
        place = store.put(b"first")
        store.share()
        with closing(sqlite3.connect(f"file:{tmp_path}/state.sqlite?mode=ro", timeout=0, uri=True)) as reader:
            for _ in range(4_000_000 // size + 1):
                store.put(bytes(size))
                assert reader.execute("SELECT data FROM shelf WHERE place = ?", (place,)).fetchall() == [(b"first",)]


# Two at once, and one killed


def test_a_second_build_at_the_same_time_is_refused_after_a_while(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0)
    with locked(site.folder / ".sitegen", lambda: None), pytest.raises(StateError) as caught:
        site.build()
    assert (caught.value.problem.code, str(caught.value.problem.span)) == ("busy", ".sitegen/lock")
    assert site.build().rendered == []


def test_looking_does_not_wait_for_a_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0)
    with locked(site.folder / ".sitegen", lambda: None):
        assert site.build(dry_run=True).rendered == []


KILLED = """
import os, signal, sys
from sitegen.cli import main
left = int(sys.argv.pop(1))
def stop(event, arguments):
    global left
    written = event == "open" and arguments[1] == "wb"
    left -= written or event in ("os.rename", "os.remove", "os.mkdir", "sqlite3.connect")
    if left < 0:
        left = sys.maxsize  # killing is an event too
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(stop)
main()
"""


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5, 8, 13, 21])
def test_a_build_that_was_killed_leaves_nothing_wrong_behind(tmp_path: Path, after: int) -> None:
    site = filled(tmp_path / "site")
    site.build()
    for number in range(10, 16):
        site.write(f"content/world/{number}.md", story(f"T{number}", f"2026-03-0{number - 8}"))
    site.delete("content/world/1.md")
    assert site.command(str(after), "build", *AT, code=KILLED)[0] < 0
    # What was published by the killed build and is withdrawn now must not stay.
    for number in range(10, 16):
        site.write(f"content/world/{number}.md", story(f"T{number}", f"2026-03-0{number - 8}", draft="true"))
    assert site.command("list", *AT)[0] == 0
    assert site.build().published
    assert site.output() == clean_output(site, tmp_path / "clean")
    assert site.build().rendered == []
