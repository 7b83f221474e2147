"""A build that has nothing to do knows it at a glance, and looks closer whenever it could be wrong."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.sites import NOW, Site, story

PAST = 1_700_000_000


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of settled files, built."""
    site = Site(tmp_path)
    site.write("content/world/a.md", story("A", "2026-03-01", "Text with [a lost link](gone.md)."))
    site.write("content/world/later.md", story("Later", "2026-03-12 18:00"))
    settle(site)
    site.build()
    return site


def settle(site: Site) -> None:
    """As if all sources had been written long ago."""
    for path in site.folder.rglob("*"):
        if "output" not in path.parts:
            os.utime(path, (PAST, PAST))


def glanced(site: Site, **options: object) -> bool:
    """Whether the next build ends without reading anything."""
    return "read" not in site.build(**options).phases


def test_nothing_changed_is_known_at_a_glance_and_reported_in_full(site: Site) -> None:
    first, second = site.build(clean=True), site.build()
    assert "read" not in second.phases
    assert [problem.code for problem in second.problems] == ["missing-link"]
    assert (second.problems, second.articles, second.next_due) == (first.problems, first.articles, first.next_due)
    assert second.outputs == {"total": first.total, "rendered": 0, "kept": first.total, "written": 0, "removed": 0}


@pytest.mark.parametrize(
    "edit",
    [
        lambda site: site.write("content/world/a.md", story("A", "2026-03-01", "Other text.")),
        lambda site: site.write("content/world/b.md", story("B", "2026-03-02")),
        lambda site: site.write("content/_notes.txt", "not part of the site"),
        lambda site: site.delete("content/world/a.md"),
        lambda site: site.write("templates/404.html", "Gone"),
        lambda site: site.write("sitegen.toml", (site.folder / "sitegen.toml").read_bytes() + b"\n"),
        lambda site: site.write("output/index.html", "edited by hand"),
        lambda site: site.delete("output/index.html"),
    ],
)
def test_any_change_is_looked_at(site: Site, edit: Callable[[Site], None]) -> None:
    edit(site)
    assert not glanced(site)


def test_files_in_the_output_folder_that_are_not_ours_are_no_change(site: Site) -> None:
    site.write("output/stray.txt", "not ours")
    assert glanced(site)


@pytest.mark.parametrize(
    "options",
    [{"drafts": True}, {"future": True}, {"strict": True}, {"base_url": "https://other.example/"}, {"clean": True}],
)
def test_another_question_is_answered_anew(site: Site, options: dict[str, object]) -> None:
    assert not glanced(site, **options)


def test_the_clock_is_looked_at(site: Site) -> None:
    assert glanced(site, now=NOW + timedelta(hours=8, minutes=59))
    assert not glanced(site, now=NOW + timedelta(hours=9)), "a story appears"
    assert "Later" in site.page("/")
    assert not glanced(site, now=NOW), "it disappears when the clock is set back"
    assert "Later" not in site.page("/")
    assert not glanced(site, now=NOW + timedelta(days=1)), "the edition has another date"


def test_a_file_that_is_too_young_to_be_known_by_its_stamp_is_read(site: Site) -> None:
    site.write("content/world/b.md", story("B", "2026-03-02"))
    site.build()
    assert not glanced(site)
    settle(site)
    site.build()
    assert glanced(site)


def test_a_build_that_was_killed_is_not_trusted(site: Site) -> None:
    with sqlite3.connect(site.folder / ".sitegen" / "state.sqlite") as database:
        database.execute("UPDATE about SET complete = 0")
    database.close()
    assert not glanced(site)


def test_an_error_leaves_no_note(site: Site) -> None:
    site.write("content/world/a.md", story("A", "2026-03-01", drafft="true"))
    settle(site)
    assert site.build().errors
    assert site.build().errors
