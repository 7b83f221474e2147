"""The promise, kept by a preview: after any edits, every URL has the bytes of a clean build.

The preview is one and the same all the time, as in `sitegen serve`: what it knows of one look goes on to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build
from sitegen.build.report import Report
from sitegen.engine.pulling import PullingEngine
from sitegen.files import Files
from sitegen.serve.preview import Preview
from sitegen.session.reading import Reader
from sitegen.site.publication import Allow
from tests.oracle.histories import EditStep, clean_build, folder, tree
from tests.oracle.model import EDITS, Disk, Model, start
from tests.oracle.test_mutants import Mutate, check
from tests.oracle.test_oracle import HISTORIES, histories

ONLY_BUILT = ("pagefind/", "search/")
"""Search indexes are made by builds alone, and the search page names them."""


def look_again_and_again(history: Sequence[EditStep], *, warm: bool = True, told: bool = True) -> None:
    """Fails with an `AssertionError` at the first step after which a URL is not what a clean build makes.

    A `warm` preview begins with the state of a build; one that is `told` what has changed looks at nothing else. After
    some steps nobody asks for anything but one story: what has changed meanwhile must not be forgotten.
    """
    with folder() as place:
        model, disk = start(), Disk(place / "site")
        disk.show(model)
        if warm:
            build(disk.folder, BuildOptions(now=model.now, drafts=model.drafts))
        preview = _preview(disk.folder, model)
        steps = [("nothing", 0, 0), *history]
        for number, (name, a, b) in enumerate(steps, 1):
            before = model.now, model.drafts
            EDITS[name](model, a, b)
            model.deed, model.preview = ("", 0), False
            touched = disk.show(model)
            if before != (model.now, model.drafts):
                preview.close()
                preview = _preview(disk.folder, model)
            preview.look(touched if told else None)
            if a % 2 and number < len(steps):
                preview.answer(preview.url_of(model.path(b)) or "/")
                continue
            clean, report = clean_build(place, model)
            if b % 2:
                while preview.work():
                    pass
                assert report.failed or not report.published or set(preview.problems) == set(report.problems)
            _compare(preview, tree(clean), report)
        preview.close()


def _preview(site: Path, model: Model) -> Preview:
    preview = Preview(site, Allow(drafts=model.drafts), model.now)
    preview.look()
    return preview


def _compare(preview: Preview, wanted: dict[str, bytes], report: Report) -> None:
    if not report.published:
        return
    for file, data in wanted.items():
        if not file.startswith(ONLY_BUILT):
            answer = preview.answer(f"/{file}")
            assert answer.status in (200, 404), file
            assert (answer.file.read_bytes() if answer.file else answer.body) == data, file
    for file in {route.file for route in preview.session.routes.values() if route.kind != "picture"} - wanted.keys():
        gone = preview.answer(f"/{file}").status != 200  # what is no picture has no route once somebody asks for it
        assert gone or report.failed or file.startswith(ONLY_BUILT), file


test_a_preview_that_begins_with_nothing = histories(HISTORIES // 20, partial(look_again_and_again, warm=False))
test_a_preview_that_begins_with_a_state = histories(HISTORIES // 10, look_again_and_again)
test_a_preview_that_is_not_told = histories(HISTORIES // 20, partial(look_again_and_again, told=False))


def test_every_edit_alone() -> None:
    for name in EDITS:
        look_again_and_again([(name, 0, 1), (name, 1, 2), ("nothing", 0, 0)])


# The test of the test


def changes_of_earlier_looks_forgotten(patch: pytest.MonkeyPatch) -> None:
    honest = PullingEngine.again

    def again(self: PullingEngine) -> PullingEngine:
        self._looks.changed.clear()
        return honest(self)

    patch.setattr(PullingEngine, "again", again)


def leaves_looked_at_once(patch: pytest.MonkeyPatch) -> None:
    honest = PullingEngine.again

    def again(self: PullingEngine) -> PullingEngine:
        engine = honest(self)
        engine._checked = self._checked
        return engine

    patch.setattr(PullingEngine, "again", again)
    patch.setattr(PullingEngine, "unload", lambda self: None)


def touched_files_not_read(patch: pytest.MonkeyPatch) -> None:
    honest = Files.again
    patch.setattr(Files, "again", lambda self, seen, suspects: honest(self, seen, ()))


def new_files_not_noticed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reader, "_may_be_content", lambda self, path: False)


def answers_taken_along(patch: pytest.MonkeyPatch) -> None:
    honest = PullingEngine.again

    def again(self: PullingEngine) -> PullingEngine:
        engine = honest(self)
        engine._answers = self._answers
        return engine

    patch.setattr(PullingEngine, "again", again)
    patch.setattr(PullingEngine, "unload", lambda self: None)


def pages_that_stand_whatever_has_changed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PullingEngine, "knows", lambda self, question: True)


MUTANTS: dict[str, tuple[Mutate, list[EditStep]]] = {
    "pages that stand whatever has changed": (pages_that_stand_whatever_has_changed, [("title", 0, 3)]),
    "changes of earlier looks forgotten": (
        changes_of_earlier_looks_forgotten,
        [("tags", 1, 3), ("typo", 0, 0)],
    ),
    "leaves looked at once only": (leaves_looked_at_once, [("part", 0, 0)]),
    "touched files not read": (touched_files_not_read, [("typo", 0, 0)]),
    "new files not noticed": (new_files_not_noticed, [("add", 0, 0)]),
    "answers taken along": (answers_taken_along, [("title", 0, 3)]),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_oracle_catches(name: str) -> None:
    check(*MUTANTS[name], look_again_and_again)
