"""Replaying a history of edits, each followed by an incremental build that is compared with a clean one."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build, press
from sitegen.build.report import Report
from sitegen.files import outputs
from sitegen.session import bodies, pictures, reading, work
from sitegen.site.related import pools
from sitegen.store import pages
from tests.oracle.model import EDITS, Disk, Model, start
from tests.support.sites import ROOT

__all__ = ["EditStep", "clean_build", "folder", "in_a_fresh_process", "in_processes", "replay", "tree"]

EditStep = tuple[str, int, int]
Way = Callable[[Path, Model], Report]


def replay(history: Sequence[EditStep], way: Way | None = None, *, copied: bool = False) -> None:
    """Fails with an `AssertionError` at the first step after which an incremental build differs from a clean one.

    The incremental builds are made in the `way` given, and with `copied` each in another folder.
    """
    way = way or _build
    with folder() as place:
        model, disk = start(), Disk(place / "site")
        disk.show(model)
        way(disk.folder, model)
        for number, (name, a, b) in enumerate(history):
            if copied:
                disk.folder = _copied(disk.folder, place / f"site-{number}", times=a % 2 == 0)
            EDITS[name](model, a, b)
            disk.show(model)
            _do(*model.deed, disk.folder, model.output)
            model.deed = "", 0
            report = way(disk.folder, model)
            clean, clean_report = clean_build(place, model)
            _compare(disk.folder / model.output, report, clean, clean_report)
            _check_idle(disk.folder, model, report)


def _copied(site: Path, to: Path, *, times: bool) -> Path:
    """The site with its state and outputs, moved to another folder by copying: all inodes are others, or times too."""
    shutil.copytree(site, to)
    shutil.rmtree(site)
    for path in () if times else to.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return to


def _do(deed: str, number: int, site: Path, output: str) -> None:
    """What somebody does to the outputs or to the state, of which the state of the last step is kept."""
    state, kept = site / ".sitegen" / "state.sqlite", site / ".sitegen" / "older"
    if deed == "older" and kept.exists():
        shutil.copyfile(kept, state)
    elif deed in ("edit", "delete") and (files := sorted(tree(site / output))):
        file = site / output / files[number * len(files) // 8]
        file.write_text("by hand", encoding="utf-8") if deed == "edit" else file.unlink()
    if state.exists():
        shutil.copyfile(state, kept)


@contextmanager
def folder() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def _options(model: Model, jobs: int = 1) -> BuildOptions:
    elsewhere = "https://preview.example/" if model.preview else None
    return BuildOptions(now=model.now, drafts=model.drafts, preview=model.preview, base_url=elsewhere, jobs=jobs)


def _build(site: Path, model: Model) -> Report:
    return build(site, _options(model))


def in_processes(site: Path, model: Model) -> Report:
    """Everything that can be spread over processes is."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (bodies, outputs, pictures, pools, press, reading):
            patch.setattr(module, "_WORTH", 1)
        patch.setattr(work, "_PORTION", 12)
        patch.setattr(press, "_MANY", 1)
        patch.setattr(press, "_WIDE", 10)
        patch.setattr(press, "_NARROW", 40)
        patch.setattr(pages, "_MUCH", 1)
        return build(site, _options(model, jobs=2))


FRESH = """
import pickle, sys
from sitegen.build import press
from sitegen.files import outputs
from sitegen.session import bodies, pictures, reading, work
from sitegen.site.related import pools
from sitegen.store import pages
from sitegen.build import build
from tests.oracle.small import pools_that_few_stories_fill
pools_that_few_stories_fill(setattr)
bodies._WORTH = outputs._WORTH = pictures._WORTH = pools._WORTH = press._WORTH = reading._WORTH = 1
work._PORTION, press._MANY, press._WIDE, press._NARROW = 12, 1, 10, 40
pages._MUCH = 1
sys.stdout.buffer.write(pickle.dumps(build(*pickle.load(sys.stdin.buffer))))
"""


def in_a_fresh_process(site: Path, model: Model) -> Report:
    """By a process that knows nothing but what is on disk, and its own processes."""
    told = pickle.dumps((site, _options(model, jobs=2)))
    command = [sys.executable, "-W", "error", "-c", FRESH]
    done = subprocess.run(command, input=told, stdout=subprocess.PIPE, check=True, cwd=ROOT, env={"PATH": ""})
    report = pickle.loads(done.stdout)
    assert isinstance(report, Report)
    return report


def clean_build(place: Path, model: Model) -> tuple[Path, Report]:
    """A build that knows no past, in a folder of its own."""
    site = place / "clean"
    shutil.rmtree(site, ignore_errors=True)
    Disk(site).show(model)
    return site / model.output, _build(site, model)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _compare(output: Path, report: Report, clean: Path, clean_report: Report) -> None:
    assert report.problems == clean_report.problems
    assert report.articles == clean_report.articles
    assert report.next_due == clean_report.next_due
    if not clean_report.published:
        return
    found, wanted = tree(output), tree(clean)
    if clean_report.failed:
        # A failed output keeps its old file: it is there, or not, whatever the clean build says.
        found = {path: data for path, data in found.items() if path in wanted}
    assert found.keys() == wanted.keys()
    for path, data in wanted.items():
        assert found[path] == data, path


def _check_idle(site: Path, model: Model, report: Report) -> None:
    """With nothing edited, nothing is done: at a glance, and when a file that nobody reads has every trace verified."""
    if report.errors:
        return
    unread = site / "content" / "_unread"
    for verify in (False, True):
        if verify:
            unread.touch()
        again = _build(site, model)
        assert ("read" in again.phases) is verify
        assert (again.rendered, again.written, again.removed) == ([], [], [])
        assert (again.problems, again.articles, again.next_due) == (report.problems, report.articles, report.next_due)
        assert again.outputs == {**report.outputs, "rendered": 0, "kept": report.total, "written": 0, "removed": 0}
    unread.unlink()
