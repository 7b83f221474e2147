"""Builds that are killed, cut off from the power, interrupted or run twice: never half a file, and the next is right.

`SITEGEN_CRASHES=200 pytest tests/build/test_crash.py` kills more of them.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from subprocess import Popen, TimeoutExpired

import pytest

from sitegen.errors import StateError
from sitegen.store.lock import locked
from tests.support.builds import FEW, STUCK, clean_tree, finished, free, half_files, running, settle
from tests.support.newspaper import newspaper, write_story
from tests.support.sites import Site

CRASHES = int(os.environ.get("SITEGEN_CRASHES", "4"))
STORIES = 24


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = newspaper(tmp_path / "site", STORIES)
    site.build()
    return site


def edit(site: Site, chance: random.Random) -> None:
    """Some stories change, one comes or goes, and sometimes every page changes."""
    for _ in range(3):
        write_story(site, chance.randrange(STORIES), f"Paragraph {chance.random()}.", kicker=f"K{chance.random()}")
    extra = site.folder / "content" / "culture" / "story-99.md"
    if extra.exists():
        extra.unlink()
    else:
        write_story(site, 99)
    if chance.random() < 0.5:
        site.write("themes/plain/locale/en.toml", f'more = "More {chance.random()}"\n')


def check_next_build(site: Site, new: dict[str, bytes], jobs: int) -> None:
    """The next build leaves exactly the clean build's files, and the one after it has nothing to do."""
    assert site.build(jobs=jobs).published
    assert dict(site.output()) == new
    assert site.build().rendered == []


# Killed


READY = FEW + 'os.write(1, b"ready\\n")\n'


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_killed_at_any_instant(tmp_path: Path, site: Site, jobs: str) -> None:
    chance, old, longest = random.Random(f"killed {jobs}"), dict(site.output()), 0.5
    for _ in range(CRASHES):
        edit(site, chance)
        new = dict(clean_tree(site, tmp_path / "clean"))
        with running(site, READY, jobs) as process:
            longest = let_run(process, chance, longest)
            kill = chance.choice((os.kill, os.killpg))  # the second one leaves no orphans
            with suppress(ProcessLookupError):
                kill(process.pid, signal.SIGKILL)
            assert free(site)
        assert half_files(site, old, new) == []
        check_next_build(site, new, int(jobs))
        old = new


LAID_DOWN = """
from sitegen.build import press
from sitegen.session import work
from sitegen.store import pages
# Processes end after so few items, and what is new is saved before others begin.
work._PORTION, press._MANY, press._WIDE, press._NARROW, pages._MUCH = 5, 1, 5, 5, 1
"""


def test_a_clean_build_that_is_killed_after_it_laid_something_down(tmp_path: Path, site: Site) -> None:
    chance, longest = random.Random("laid down"), 0.5
    for _ in range(CRASHES):
        for name in (".sitegen", "output"):  # without the one, nobody knows what in the other one is ours
            shutil.rmtree(site.folder / name)
        with running(site, READY + LAID_DOWN, "2") as process:
            longest = let_run(process, chance, longest)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            assert free(site)
        edit(site, chance)
        check_next_build(site, dict(clean_tree(site, tmp_path / "clean")), 2)


COUNTED = """
counted, left = sys.argv.pop(1).split(","), int(sys.argv.pop(1))
def stop(event, arguments):
    global left
    if event not in counted or "_jinja2-cache" in str(arguments):  # whether templates were compiled before is chance
        return
    left -= event != "open" or arguments[1] == "wb" or arguments[2] & os.O_CREAT != 0
    if left < 0:
        left = sys.maxsize  # killing is an event too
        os.killpg(0, signal.SIGKILL)
sys.addaudithook(stop)
"""
"""Kills all processes of a build once one of them has come to so many events of these kinds."""
CHANGES = "open,os.rename,os.remove,os.mkdir,os.fork,sqlite3.connect"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_killed_between_two_changes_of_the_disk(tmp_path: Path, site: Site, jobs: str) -> None:
    chance, old, longest = random.Random(f"counted {jobs}"), dict(site.output()), 40
    for _ in range(CRASHES):
        edit(site, chance)
        new = dict(clean_tree(site, tmp_path / "clean"))
        after = chance.randrange(longest)
        with running(site, FEW + COUNTED, CHANGES, str(after), jobs) as process:
            longest = 2 * after + 9 if finished(process)[0] else min(longest, after)
        assert half_files(site, old, new) == []
        check_next_build(site, new, int(jobs))
        old = new


def test_what_a_killed_build_published_and_is_withdrawn_does_not_stay(tmp_path: Path, site: Site) -> None:
    for number in range(STORIES, STORIES + 12):
        write_story(site, number)
    with running(site, FEW + COUNTED, "os.rename", "8", "2") as process:
        assert finished(process)[0] == -signal.SIGKILL
    names = "".join(site.output())
    published = [number for number in range(STORIES, STORIES + 12) if f"story-{number}/index.html" in names]
    assert 0 < len(published) < 12
    for number in range(STORIES, STORIES + 12):
        write_story(site, number, draft="true")
    check_next_build(site, dict(clean_tree(site, tmp_path / "clean")), 2)


def test_what_a_killed_build_wrote_aside_goes_although_the_state_is_lost(tmp_path: Path, site: Site) -> None:
    words = site.folder / "themes/plain/locale/en.toml"
    old, before = dict(site.output()), words.read_bytes()
    words.write_text('more = "Elsewhere"\n', encoding="utf-8")
    with running(site, FEW + COUNTED, "open", "20", "1") as process:
        assert finished(process)[0] == -signal.SIGKILL
    assert [path for path in site.output() if path.endswith(".tmp")]
    shutil.rmtree(site.folder / ".sitegen")
    words.write_bytes(before)
    check_next_build(site, old, 1)


# Without power


POWERED = """

log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
left = int(sys.argv.pop(1))
real_open, real_replace, real_write = os.open, os.replace, os.write
def note(what, file=None):
    real_write(log, f"{what} {os.fstat(file).st_ino if file is not None else ''}\\n".encode())
    if os.fstat(log).st_size > left:
        os.killpg(0, signal.SIGKILL)
def open_noted(path, flags, *rest, **options):
    file = real_open(path, flags, *rest, **options)
    if flags & (os.O_WRONLY | os.O_RDWR):
        note("written", file)
    return file
def replace_noted(*names):
    note("before")
    real_replace(*names)
    note("after")
os.open, os.replace = open_noted, replace_noted
os.fsync = lambda file: note("safe", file)
os.sync = lambda: note("all safe")
"""
"""Notes which files were written and which of them were brought to the disk, until the power is cut: then all processes
are killed. What a real disk would do is left to whoever reads the notes.
"""


def cut_power(site: Site, log: Path) -> int:
    """Do what the disk does at worst: keep every name, and lose all data that was not brought to it."""
    lost: set[str] = set()
    for what, _, inode in (line.rpartition(" ") for line in log.read_text().splitlines()):
        if what == "all safe":
            lost.clear()
        elif what == "written":
            lost.add(inode)
        elif what == "safe":
            lost.discard(inode)
    files = [path for path in (site.folder / "output").rglob("*") if path.is_file()]
    hit = [path for path in files if str(path.stat().st_ino) in lost]
    for path in hit:
        path.write_bytes(b"")
    return len(hit)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_whose_power_is_cut(tmp_path: Path, site: Site, jobs: str) -> None:
    chance, old, log, longest, lost = random.Random(f"power {jobs}"), dict(site.output()), tmp_path / "log", 400, 0
    before = state(site).read_bytes()
    for number in range(CRASHES):
        edit(site, chance)
        new = dict(clean_tree(site, tmp_path / "clean"))
        log.unlink(missing_ok=True)
        after = chance.randrange(longest)
        with running(site, FEW + POWERED, str(log), str(after), jobs) as process:
            killed = finished(process)[0] != 0
        longest = max(longest, 2 * after) if killed else after + 9
        lost += cut_power(site, log)
        assert half_files(site, old, new) == []
        if number % 3 == 2:  # and the disk has brought back an older state
            shutil.rmtree(site.folder / ".sitegen")
            state(site).parent.mkdir()
            state(site).write_bytes(before)
        check_next_build(site, new, int(jobs))
        old, before = new, state(site).read_bytes()
    assert lost  # this disk does lose something


def state(site: Site) -> Path:
    return site.folder / ".sitegen" / "state.sqlite"


# Interrupted


@pytest.mark.parametrize("stage", ["read", "bodies", "render"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_a_build_at_once(tmp_path: Path, site: Site, stage: str, jobs: str) -> None:
    edit(site, random.Random(1))
    write_story(site, 3, "A new paragraph.")
    settle(site)
    before = dict(site.output())
    with running(site, FEW + STUCK, stage, jobs) as process:
        begun = heard(process, "here")
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
        assert finished(process) == (1, "", "\nAborted!\n")
        assert time.monotonic() - begun < 1
    assert free(site, 0)
    assert dict(site.output()) == before
    check_next_build(site, dict(clean_tree(site, tmp_path / "clean")), int(jobs))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_interrupted_at_any_instant(tmp_path: Path, site: Site, jobs: str) -> None:
    chance, old, longest = random.Random(f"interrupted {jobs}"), dict(site.output()), 0.5
    for _ in range(CRASHES):
        edit(site, chance)
        new = dict(clean_tree(site, tmp_path / "clean"))
        with running(site, READY, jobs) as process:
            longest = let_run(process, chance, longest)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            status, _, said = finished(process)
            assert (status, said.strip()) == (1, "Aborted!") or status == 0
            assert free(site, 0)
        assert half_files(site, old, new) == []
        assert not [path for path in site.output() if path.endswith(".tmp")]
        check_next_build(site, new, int(jobs))
        old = new


@pytest.mark.parametrize("stage", ["read", "bodies", "render"])
def test_a_process_whose_parent_was_killed_ends(site: Site, stage: str) -> None:
    write_story(site, 3, "A new paragraph.")
    site.write("themes/plain/locale/en.toml", 'more = "And more"')
    settle(site)
    with running(site, FEW + STUCK, stage, "2") as process:
        heard(process, "here")
        process.kill()
        assert free(site)


# Two at once


def test_a_second_build_waits_for_the_first_and_says_so(tmp_path: Path, site: Site) -> None:
    write_story(site, 3, "A new paragraph.")
    with running(site, FEW + STUCK, "render", "1") as first:
        heard(first, "here")
        with running(site, FEW, "2") as second:
            assert second.stderr is not None
            assert second.stderr.readline() == "another build of this site is running; waiting for it\n"
            first.kill()
            status, said, complained = finished(second)
    assert (status, said.startswith("built "), "error" in complained) == (0, True, False)
    check_next_build(site, dict(clean_tree(site, tmp_path / "clean")), 1)


def test_a_second_build_refuses_in_the_end(site: Site) -> None:
    impatient = FEW + "from sitegen.store import lock\nlock.PATIENCE = 0.1"
    write_story(site, 3, "A new paragraph.")
    with running(site, FEW + STUCK, "render", "1") as first:
        heard(first, "here")
        with running(site, impatient, "1") as second:
            status, said, complained = finished(second)
    assert (status, said) == (1, "")
    assert complained.startswith("another build of this site is running; waiting for it\nerror: another build of this")


def test_builds_that_start_together_end_right(tmp_path: Path, site: Site) -> None:
    edit(site, random.Random(2))
    with ExitStack() as stack:
        builds = [stack.enter_context(running(site, FEW, jobs)) for jobs in "122"]
        assert [finished(build)[0] for build in builds] == [0, 0, 0]
    check_next_build(site, dict(clean_tree(site, tmp_path / "clean")), 1)


def test_a_lock_that_was_removed_is_none(tmp_path: Path) -> None:
    folder = tmp_path / ".sitegen"
    first = ExitStack()
    first.enter_context(locked(folder, lambda: None))

    def clean() -> None:
        shutil.rmtree(folder)
        first.close()

    with (
        locked(folder, clean) as waited,
        pytest.raises(StateError, match="another build of this site"),
        locked(folder, lambda: None, 0),
    ):
        raise AssertionError("two builds at once")
    assert waited


def heard(process: Popen[str], word: str) -> float:
    """When a process said this word."""
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"
    return time.monotonic()


def let_run(process: Popen[str], chance: random.Random, longest: float) -> float:
    """Let a build go on for a part of `longest`, the seconds that one may take; how long that is, if it ends before."""
    begun = heard(process, "ready")
    with suppress(TimeoutExpired):
        process.wait(chance.uniform(0, longest))
        return time.monotonic() - begun
    return longest
