"""What a build says of itself, and what its options promise: dry runs, clean builds, failures, other folders."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen import __version__
from tests.support.sites import NOW, Site, story

A, B = "/2026/03/01/a/", "/2026/03/02/b/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.write("content/a.md", story("A"))
    site.write("content/b.md", story("B", "2026-03-02"))
    return site


def everything(folder: Path) -> dict[str, bytes | None]:
    return {path.as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_the_report_file_is_exactly_what_the_contract_says(site: Site) -> None:
    site.write("content/draft.md", story("Draft", draft="true"))
    site.write("content/soon.md", story("Soon", "2026-03-13 06:00"))
    site.write("content/over.md", story("Over", expires="2026-03-02"))
    site.write("content/odd.md", story("Odd", "2026-03-01 27:99", slug="a", url="/odd/"))
    site.build()
    site.delete("content/b.md")
    site.write("content/a.md", story("A!"))
    report = json.loads(site.build().to_json())
    assert report.pop("seconds") >= 0
    phases = report.pop("phases")
    assert list(phases) == ["glance", "read", "site", "bodies", "pictures", "render", "publish", "save"]
    assert all(seconds >= 0 for seconds in phases.values())
    assert report == {
        "version": __version__,
        "now": "2026-03-12T09:00:00+00:00",
        "articles": {"published": 2, "drafts": 1, "scheduled": 1, "expired": 1},
        "outputs": {"total": 11, "rendered": 5, "kept": 6, "written": 5, "removed": 2},
        "written": [A, "/", "/feed.xml", "/2026/03/", "/2026/03/01/"],
        "removed": ["/2026/03/02/", B],
        "next_due": "2026-03-13T06:00:00+00:00",
        "problems": [
            {
                "severity": "warning",
                "code": "bad-date",
                "message": "a part of `date` makes no sense",
                "hint": "read as 2026-03-01 00:00",
                "path": "content/odd.md",
                "line": 3,
                "column": 7,
            }
        ],
        "base_url": "https://test.example/",
        "preview": False,
    }


def test_removed_files_are_named_by_their_urls(site: Site) -> None:
    for name in ("theindex.html", "index.html.txt", "deep/index.html", "LICENSE"):
        site.write(f"content/{name}", "x")
    site.build()
    for name in ("theindex.html", "index.html.txt", "deep/index.html", "LICENSE"):
        site.delete(f"content/{name}")
    assert site.build().removed == ["/LICENSE", "/deep/", "/index.html.txt", "/theindex.html"]


def test_now_is_told_in_the_zone_of_the_site(tmp_path: Path) -> None:
    report = Site(tmp_path, config='timezone = "Asia/Tokyo"\n').build()
    assert json.loads(report.to_json())["now"] == "2026-03-12T18:00:00+09:00"


def test_a_dry_run_writes_nothing_at_all_and_tells_what_would_be(site: Site) -> None:
    before = everything(site.folder)
    dry = site.build(dry_run=True)
    assert everything(site.folder) == before
    wet = site.build()
    assert (dry.rendered, dry.written, dry.removed, dry.outputs) == (
        wet.rendered,
        wet.written,
        wet.removed,
        wet.outputs,
    )
    site.delete("content/b.md")
    site.write("content/a.md", story("A!"))
    before = everything(site.folder)
    for options in ({}, {"clean": True}, {"output": site.folder.parent / "away"}):
        site.build(dry_run=True, **options)
    dry = site.build(dry_run=True)
    assert everything(site.folder) == before
    assert not (site.folder.parent / "away").exists()
    wet = site.build()
    assert (dry.rendered, dry.written, dry.removed, dry.outputs) == (
        wet.rendered,
        wet.written,
        wet.removed,
        wet.outputs,
    )


def test_a_clean_build_renders_everything_and_leaves_the_same_bytes(site: Site) -> None:
    site.build()
    before = site.output()
    report = site.build(clean=True)
    assert (len(report.rendered), report.written, report.removed) == (report.total, [], [])
    assert site.output() == before
    assert site.build().rendered == []


def test_a_clean_build_removes_what_is_gone(site: Site) -> None:
    site.build()
    site.delete("content/b.md")
    assert site.build(clean=True).removed == ["/2026/03/02/", B]


def test_the_bytes_do_not_depend_on_when_where_and_in_which_order_they_are_made(tmp_path: Path) -> None:
    outputs = []
    for number, order in enumerate(("ab", "ba")):
        site = Site(tmp_path / f"site{number}")
        for name in order:
            site.write(f"content/{name}.md", story(name.upper()))
        site.build(now=NOW + timedelta(hours=number))
        outputs.append(site.output())
    assert outputs[0] == outputs[1]


def test_an_output_that_fails_keeps_its_old_file_and_the_others_are_written(site: Site) -> None:
    site.build()
    old = site.page(A)
    site.write("templates/story.html", "{% if article.title == 'B' %}new{% else %}{{ article.nonsense }}{% endif %}")
    for _ in range(2):
        report = site.build()
        assert [problem.code for problem in report.problems] == ["undefined-name"]
        assert (report.published, report.failed) == (True, 1)
        assert report.kept + len(report.rendered) == report.total - 1
        assert (site.page(A), site.page(B)) == (old, "new")
    assert report.rendered == []
    site.write("templates/story.html", "mended")
    assert site.build().rendered == [B, A]


def test_a_mistake_in_all_pages_is_told_once(site: Site) -> None:
    site.write("templates/story.html", "{{ article.nonsense }}")
    report = site.build()
    assert (len(report.problems), report.failed) == (1, 2)


def test_an_error_before_rendering_leaves_the_output_folder_as_it_was(site: Site) -> None:
    site.build()
    before = everything(site.folder)
    site.write("content/c.md", story("C", drafft="true"))
    site.delete("content/b.md")
    report = site.build()
    assert (report.published, report.rendered, report.written, report.removed) == (False, [], [], [])
    site.delete("content/c.md")
    site.write("content/b.md", story("B", "2026-03-02"))
    assert everything(site.folder).keys() == before.keys()
    assert site.build().rendered == []


def test_strict_makes_errors_of_all_warnings(site: Site) -> None:
    site.write("content/c.md", story("C", body="[x](nowhere.md)"))
    site.write("content/empty.md", "")
    assert {problem.severity for problem in site.build(dry_run=True).problems} == {"warning"}
    report = site.build(strict=True)
    assert {problem.severity for problem in report.problems} == {"error"}
    assert (report.published, len(report.problems)) == (False, 2)


def test_warnings_are_told_in_every_build(site: Site) -> None:
    site.write("content/c.md", story("C", "2026-03-01 27:99", body="[x](nowhere.md)"))
    first = site.build()
    assert [problem.code for problem in first.problems] == ["bad-date", "missing-link"]
    assert site.build().problems == first.problems


def test_a_base_url_for_this_build_only(site: Site) -> None:
    site.build()
    before = site.output()
    site.build(base_url="https://preview.example/p/")
    assert f'href="/p{A}"' in site.page("/")
    site.build()
    assert site.output() == before
