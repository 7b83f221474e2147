"""Replaying a history of edits, each followed by an incremental build that is compared with a clean one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sitegen.build import BuildOptions, build
from sitegen.report import Report
from tests.oracle.model import EDITS, Disk, Model, start

__all__ = ["EditStep", "replay"]

EditStep = tuple[str, int, int]


def replay(history: Sequence[EditStep]) -> None:
    """Fails with an `AssertionError` at the first step after which an incremental build differs from a clean one."""
    with _folder() as folder:
        model, disk = start(), Disk(folder / "site")
        disk.show(model)
        _build(folder / "site", model)
        for step in history:
            name, a, b = step
            EDITS[name](model, a, b)
            disk.show(model)
            report = _build(folder / "site", model)
            clean, clean_report = _clean(folder, model)
            _compare(folder / "site" / "output", report, clean, clean_report)
            _check_idle(folder / "site", model, report)


@contextmanager
def _folder() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def _build(site: Path, model: Model) -> Report:
    return build(site, BuildOptions(now=model.now, drafts=model.drafts))


def _clean(folder: Path, model: Model) -> tuple[Path, Report]:
    """A build that knows no past, in a folder of its own."""
    site = folder / "clean"
    shutil.rmtree(site, ignore_errors=True)
    Disk(site).show(model)
    return site / "output", _build(site, model)


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _compare(output: Path, report: Report, clean: Path, clean_report: Report) -> None:
    assert report.problems == clean_report.problems
    assert report.articles == clean_report.articles
    assert report.next_due == clean_report.next_due
    if not clean_report.published:
        return
    found, wanted = _tree(output), _tree(clean)
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
