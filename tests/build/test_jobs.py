"""Work that is spread over processes: the same bytes and the same report, whatever the number of jobs."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import press
from sitegen.build.report import Report
from sitegen.content.markdown import Markdown
from sitegen.engine.engine import Engine
from sitegen.engine.past import Question
from sitegen.errors import Problem
from sitegen.render.renderer import Renderer
from sitegen.session import bodies, pictures, reading, work
from sitegen.site.related import pools
from sitegen.site.routes import Route
from tests.support.newspaper import newspaper, write_story
from tests.support.pictures import picture
from tests.support.sites import Site

Patch = pytest.MonkeyPatch


@pytest.fixture
def site(tmp_path: Path, monkeypatch: Patch) -> Site:
    """A site where two items are worth a second process."""
    for module in (bodies, pictures, pools, press, reading):
        monkeypatch.setattr(module, "_WORTH", 2)
    return newspaper(tmp_path / "site", 24)


def told(report: Report) -> tuple[object, ...]:
    """All of a report but how long it took."""
    work = (report.rendered, report.written, report.removed, report.failed, report.total, report.published)
    return (*work, report.problems, report.articles, report.next_due, report.notice)


def built_clean(site: Site, folder: Path) -> tuple[Report, Mapping[str, bytes]]:
    """What one process that knows no past makes of the same sources."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns(".sitegen", "output"))
    other = Site.__new__(Site)
    other.folder = folder
    return other.build(), other.output()


def forks(patch: Patch) -> list[int]:
    """Fills with the processes that are forked from now on."""
    forked: list[int] = []
    fork = os.fork

    def counted() -> int:
        forked.append(process := fork())
        return process

    patch.setattr(os, "fork", counted)
    return forked


# The same for any number


def test_any_number_of_jobs_gives_the_same(tmp_path: Path, monkeypatch: Patch) -> None:
    forked = forks(monkeypatch)
    found = []
    for jobs in (1, 2, 8):
        site = newspaper(tmp_path / str(jobs), 210)  # enough that every stage is worth several processes
        forked.clear()
        report = site.build(jobs=jobs)
        assert len(forked) == (0 if jobs == 1 else 3 * jobs + 1)  # the one for the index of related stories
        assert len(report.rendered) == report.total > 300
        assert len(report.problems) >= 210
        found.append((told(report), site.output()))
        assert told(site.build(jobs=jobs))[:3] == ([], [], [])
    assert found[0] == found[1] == found[2]


def test_processes_end_after_so_many_items_and_others_go_on(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    forked = forks(monkeypatch)
    report = site.build(jobs=2)
    before = len(forked)
    monkeypatch.setattr(work, "_PORTION", 10)
    assert told(site.build(jobs=2, clean=True))[0] == report.rendered
    more = [-(-count // 10) - 1 for count in (26, 26, report.total)]  # files, bodies, outputs
    assert len(forked) - before == before + 2 * sum(more)
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_very_many_outputs_are_rendered_in_another_order_with_the_same_outcome(
    tmp_path: Path, site: Site, monkeypatch: Patch
) -> None:
    clean, output = built_clean(site, tmp_path / "clean")
    forked = forks(monkeypatch)
    monkeypatch.setattr(press, "_MANY", 20)
    monkeypatch.setattr(press, "_NARROW", 10)
    report = site.build(jobs=2)
    assert len(forked) > 2 * report.total // 10
    assert told(report) == told(clean)
    assert site.output() == output


def test_edits_build_what_a_clean_build_builds(tmp_path: Path, site: Site) -> None:
    site.build(jobs=2)
    edits: list[Callable[[], None]] = [
        lambda: write_story(site, 3, "A new paragraph."),
        lambda: write_story(site, 5, tags="[tag-1]", title="Renamed"),
        lambda: site.delete("content/culture/story-6.md"),
        lambda: site.write("content/world/photo-1.png", picture(7, 7)),
        lambda: site.write("themes/plain/templates/macros.html", "{% macro newest() %}{% endmacro %}"),
        lambda: site.write("themes/plain/templates/shortcodes/card.html", "{{ shortcode.parameters.ref }}!"),
        lambda: write_story(site, 40, date="2026-03-11"),
    ]
    for edit in edits:
        edit()
        report = site.build(jobs=2)
        clean, output = built_clean(site, tmp_path / "clean")
        assert report.problems == clean.problems
        assert site.output() == output
        again = site.build(jobs=2)
        assert (again.rendered, again.written, again.problems) == ([], [], report.problems)


def test_a_site_built_by_one_process_goes_on_with_two(site: Site) -> None:
    site.build(jobs=1)
    write_story(site, 3, "A new paragraph.")
    rendered = site.build(jobs=2, dry_run=True).rendered
    assert site.build(jobs=1).rendered == rendered
    assert "/2026/02/04/story-3/" in rendered


def test_looking_with_several_jobs_at_a_site_never_built(site: Site) -> None:
    looked = site.build(jobs=2, dry_run=True)
    assert (looked.problems, looked.rendered) == ((built := site.build()).problems, built.rendered)


# What a process has found out is remembered


KICKER = '{% extends "base.html" %}{% block main %}{{ article.body }}{% if article.kicker %}K{% endif %}{% endblock %}'


def test_an_equal_page_that_was_made_of_something_else_is_remembered_as_such(site: Site) -> None:
    story = "themes/plain/templates/story.html"
    site.write(story, KICKER.replace("{% if article.kicker %}K{% endif %}", ""))
    site.build(jobs=2)
    site.write(story, KICKER)
    assert len((report := site.build(jobs=2)).rendered) > len(report.written) == 0
    write_story(site, 3, kicker="Now")
    assert "/2026/02/04/story-3/" in site.build(jobs=2).written


def test_a_page_that_fails_fails_alone_and_until_it_is_mended(tmp_path: Path, site: Site) -> None:
    site.build(jobs=2)
    before = site.page("/2026/02/04/story-3/")
    site.write("themes/plain/templates/story.html", KICKER.replace("K{%", "{{ article.nonsense }}{%"))
    write_story(site, 3, kicker="Now")
    for jobs in (2, 2, 1):
        report = site.build(jobs=jobs)
        assert [problem.code for problem in report.problems if problem.severity == "error"] == ["undefined-name"]
        assert (report.failed, report.published, report.rendered) == (1, True, report.rendered)
        assert site.page("/2026/02/04/story-3/") == before
    site.write("themes/plain/templates/story.html", KICKER)
    assert site.build(jobs=2).written == ["/2026/02/04/story-3/"]
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_the_state_does_not_grow_with_the_number_of_builds(site: Site) -> None:
    def values() -> int:
        with closing(sqlite3.connect(site.folder / ".sitegen" / "state.sqlite")) as database:
            count: int = database.execute("SELECT count(*) FROM shelf").fetchone()[0]
            return count

    site.build(jobs=2)
    before = values()
    for number in range(3):
        site.write("content/world/photo-1.png", picture(8 + number, 7))
        site.write("themes/plain/theme.toml", (site.folder / "themes/plain/theme.toml").read_bytes() + b"#\n")
        site.build(jobs=2)
    assert values() == before


# Processes that die


def die(number: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), number)


def dying_in_markdown(patch: Patch, title: str, die: Callable[[], None]) -> None:
    honest = Markdown.body

    def body(self: Any, text: str, **options: Any) -> Any:
        if options["title"] == title:
            die()
        return honest(self, text, **options)

    patch.setattr(Markdown, "body", body)


def dying_in_render(patch: Patch, url: str, die: Callable[[], None]) -> None:
    honest = Renderer.render

    def render(self: Any, route: Route) -> bytes:
        if route.url == url:
            die()
        return honest(self, route)

    patch.setattr(Renderer, "render", render)


def dying_in_parse(patch: Patch, path: str, die: Callable[[], None]) -> None:
    honest = vars(reading)["parse"]

    def parse_or_die(name: str, data: bytes, settings: Any) -> Any:
        if name == path:
            die()
        return honest(name, data, settings)

    patch.setattr(reading, "parse", parse_or_die)


def died(report: Report) -> list[Problem]:
    return [problem for problem in report.problems if problem.code == "process-died"]


@pytest.mark.parametrize(("death", "jobs"), [(die, 2), (die, 4), (partial(os._exit, 0), 2)])
def test_a_page_that_kills_its_process_is_told_and_all_else_is_built(
    tmp_path: Path, site: Site, death: Callable[[], None], jobs: int
) -> None:
    url = "/2026/02/04/story-3/"
    with pytest.MonkeyPatch.context() as patch:
        dying_in_render(patch, url, death)
        report = site.build(jobs=jobs)
    clean, output = built_clean(site, tmp_path / "clean")
    assert [problem.message for problem in died(report)] == [f"the process that rendered `{url}` died"]
    assert report.rendered == [other for other in clean.rendered if other != url]
    assert dict(site.output()) == {path: data for path, data in output.items() if path != f"{url[1:]}index.html"}
    assert site.build(jobs=jobs).rendered == [url]
    assert site.output() == output


def test_a_page_that_kills_its_process_when_it_is_foreseen_is_told_too(tmp_path: Path, site: Site) -> None:
    url, here = "/2026/02/04/story-3/", os.getpid()
    honest = Engine.foresee

    def foresee(self: Engine, questions: Iterable[Question]) -> None:
        asked = [*questions]
        if os.getpid() != here and any(url in question for question in asked):
            die()
        honest(self, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "foresee", foresee)
        report = site.build(jobs=2)
    assert url in {message.split("`")[1] for message in (problem.message for problem in died(report))}
    site.build(jobs=2)
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_a_page_that_was_there_and_kills_its_process_is_not_forgotten(tmp_path: Path, site: Site) -> None:
    site.build(jobs=2)
    url, before = "/2026/02/04/story-3/", site.output()
    write_story(site, 3, "A new paragraph.")
    with pytest.MonkeyPatch.context() as patch:
        dying_in_render(patch, url, die)
        assert len(died(site.build(jobs=2))) == 1
        assert site.page(url).encode() == before[f"{url[1:]}index.html"]
    assert site.build(jobs=2).written == [url]
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_a_process_that_dies_while_it_writes_leaves_no_half_file(site: Site) -> None:
    url = "/2026/02/04/story-3/"
    honest = os.utime

    def utime(file: Any, **options: Any) -> None:
        if b"<h1>Story 3<" in Path(f"/proc/self/fd/{file}").read_bytes():
            die()
        honest(file, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "utime", utime)
        report = site.build(jobs=2)
    assert [problem.message for problem in died(report)] == [f"the process that rendered `{url}` died"]
    assert not [path for path in site.output() if path.endswith(".tmp")]


def test_a_body_that_kills_its_process_is_told_by_its_path(tmp_path: Path, site: Site) -> None:
    with pytest.MonkeyPatch.context() as patch:
        dying_in_markdown(patch, "Story 3", die)
        report = site.build(jobs=2)
    assert [problem.span.path for problem in died(report)] == ["content/culture/story-3.md"]
    assert not report.published
    assert told(site.build(jobs=2)) == told(built_clean(site, tmp_path / "clean")[0])


def test_a_file_that_kills_its_process_is_told_by_its_path(tmp_path: Path, site: Site) -> None:
    with pytest.MonkeyPatch.context() as patch:
        dying_in_parse(patch, "content/culture/story-3.md", die)
        report = site.build(jobs=2)
    assert [problem.span.path for problem in died(report)] == ["content/culture/story-3.md"]
    assert report.articles["published"] == 24
    assert not report.published
    assert told(site.build(jobs=2)) == told(built_clean(site, tmp_path / "clean")[0])


def test_several_that_kill_their_processes_are_all_told(site: Site) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for number in (3, 9, 21):
            dying_in_parse(patch, f"content/culture/story-{number}.md", die)
        report = site.build(jobs=2)
    assert [problem.span.path for problem in died(report)] == [f"content/culture/story-{n}.md" for n in (21, 3, 9)]


def test_one_that_kills_the_last_of_many_processes_is_told(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(work, "_PORTION", 3)
    with pytest.MonkeyPatch.context() as patch:
        dying_in_parse(patch, "content/world/story-8.md", die)
        report = site.build(jobs=2)
    assert [problem.span.path for problem in died(report)] == ["content/world/story-8.md"]
    assert report.articles["published"] == 24
    assert told(site.build(jobs=2)) == told(built_clean(site, tmp_path / "clean")[0])


# Where there are no processes


def test_where_there_is_no_fork_one_process_does_it(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    monkeypatch.delattr(os, "fork")
    report = site.build(jobs=2)
    assert told(report) == told(built_clean(site, tmp_path / "clean")[0])


@pytest.mark.parametrize("allowed", [0, 1, 3])
def test_where_no_more_processes_may_be_forked_one_does_it(
    tmp_path: Path, site: Site, monkeypatch: Patch, allowed: int
) -> None:
    forked = forks(monkeypatch)
    fork = os.fork

    def refused() -> int:
        if len(forked) >= allowed:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    report = site.build(jobs=2)
    assert len(forked) == allowed
    assert told(report) == told(built_clean(site, tmp_path / "clean")[0])


def test_where_no_more_files_may_be_open_one_process_does_it(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    def refused() -> tuple[int, int]:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    forked = forks(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pipe", refused)
        report = site.build(jobs=2)
    assert forked == []
    assert told(report) == told(built_clean(site, tmp_path / "clean")[0])


def test_where_every_process_dies_at_once_one_process_does_it(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    parent, honest = os.getpid(), threading.Thread.start

    def start(self: threading.Thread) -> None:
        if os.getpid() != parent:
            raise RuntimeError("can't start new thread")
        honest(self)

    monkeypatch.setattr(threading.Thread, "start", start)
    assert told(site.build(jobs=2)) == told(built_clean(site, tmp_path / "clean")[0])


# What is raised in a process


def test_a_disk_that_is_full_in_a_process_is_told(tmp_path: Path, site: Site) -> None:
    site.build(jobs=2)
    before = site.output()
    write_story(site, 3, "A new paragraph.")
    site.write("themes/plain/templates/page.html", "{{ page.title }}")
    honest = os.utime

    def utime(file: Any, **options: Any) -> None:
        if b"<h1>Story 3<" in Path(f"/proc/self/fd/{file}").read_bytes():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        honest(file, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "utime", utime)
        report = site.build(jobs=2)
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["cannot-write"]
    assert (report.published, site.output()) == (False, before)
    assert site.build(jobs=2).published
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_a_state_that_turns_out_to_be_damaged_in_a_process_is_made_anew(tmp_path: Path, site: Site) -> None:
    site.build(jobs=2)
    with closing(sqlite3.connect(site.folder / ".sitegen" / "state.sqlite")) as database, database:
        database.execute("UPDATE shelf SET data = CAST(replace(CAST(data AS TEXT), 'number', 'xxxxxx') AS BLOB)")
    site.write("themes/plain/templates/story.html", "{{ article.title }}{{ article.body }}")
    report = site.build(jobs=2)
    assert "damaged" in report.notice
    assert report.published
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_a_file_that_changes_between_two_processes_is_told(tmp_path: Path, site: Site, monkeypatch: Patch) -> None:
    fork = multiprocessing.get_context("fork")
    both, one = fork.Barrier(2), fork.Lock()
    seen: list[int] = []
    honest = Renderer.render

    def render(self: Any, route: Route) -> bytes:
        if seen:
            return honest(self, route)
        both.wait(10)
        seen.append(os.getpid())
        with one:
            site.write("templates/partials/optional.html", str(os.getpid()))
            return honest(self, route)

    monkeypatch.setattr(Renderer, "render", render)
    report = site.build(jobs=2)
    errors = [(problem.code, problem.span.path) for problem in report.problems if problem.severity == "error"]
    assert errors == [("unreadable", "partials/optional.html")]
    assert (report.published, dict(site.output())) == (False, {})
    monkeypatch.undo()
    assert site.build(jobs=2).published
    assert site.output() == built_clean(site, tmp_path / "clean")[1]


def test_a_mistake_of_ours_arrives(site: Site, monkeypatch: Patch) -> None:
    def mistake() -> None:
        raise ZeroDivisionError("in a process")

    dying_in_parse(monkeypatch, "content/culture/story-3.md", mistake)
    with pytest.raises(ZeroDivisionError, match="in a process"):
        site.build(jobs=2)
    monkeypatch.undo()
    assert site.build(jobs=2).published
