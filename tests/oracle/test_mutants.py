"""The test of the test: each way in which other generators went stale, switched on, is caught by the oracle.

Each mutant has a history that shows it; the same history passes without the mutant.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import jinja2
import pytest

from sitegen import survey
from sitegen.content.markdown import Markdown
from sitegen.engine import Engine
from sitegen.render.environment import Environment
from tests.oracle.histories import EditStep, replay

Patch = pytest.MonkeyPatch
Mutate = Callable[[Patch], None]


def unrecorded(forgets: Callable[[str, Any], bool]) -> Mutate:
    """An engine that leaves some reads out of its traces: those for which `forgets(kind, answer)`."""

    def mutate(patch: Patch) -> None:
        for name in ("read", "part"):
            patch.setattr(Engine, name, _forgetful(getattr(Engine, name), forgets))

    return mutate


def _forgetful(honest: Callable[..., Any], forgets: Callable[[str, Any], bool]) -> Callable[..., Any]:
    def ask(self: Engine, kind: str, *arguments: Any) -> Any:
        trace = self._trace
        before = None if trace is None else dict(trace)
        answer = honest(self, kind, *arguments)
        if trace is not None and before is not None and forgets(kind, answer):
            trace.clear()
            trace.update(before)
        return answer

    return ask


def cached_import_modules(patch: Patch) -> None:
    patch.setattr(Environment.template_class, "_get_default_module", jinja2.Template._get_default_module)


def templates_keyed_by_resolved_path(patch: Patch) -> None:
    def load(self: Any, name: str, names: Any) -> jinja2.Template:
        try:
            _, path = self.loader.get_source(self, name)[:2]
        except AssertionError:
            raise jinja2.TemplateNotFound(name) from None
        self._read("file", path)
        template: jinja2.Template = self.loader.load(self, name, self.make_globals(names))
        return template

    patch.setattr(Environment, "_load_template", load)


def whole_second_times(patch: Patch) -> None:
    honest = survey._row

    def row(file: Any) -> survey.Row:
        size, modified, inode = honest(file)
        return size, modified // 10**9 * 10**9, inode

    patch.setattr(survey, "_row", row)


def ids_in_the_order_of_work(patch: Patch) -> None:
    honest = Markdown.body

    def body(self: Any, text: str, **options: Any) -> Any:
        numbers = self.__dict__.setdefault("_numbers", count())
        return honest(self, text, **{**options, "doc_id": str(next(numbers))})

    patch.setattr(Markdown, "body", body)


LISTS = {"newest", "page", "of_day", "on_front", "related", "groups"}

MUTANTS: dict[str, tuple[Mutate, list[EditStep]]] = {
    "Jinja's cached import modules": (
        cached_import_modules,
        [("kind", 0, 0), ("kind", 1, 0), ("section", 0, 1), ("section", 0, 2)],
    ),
    "templates keyed by resolved path": (templates_keyed_by_resolved_path, [("shadow", 0, 0)]),
    "items recorded but not the query's answer": (unrecorded(lambda kind, _: kind in LISTS), [("add", 0, 0)]),
    "only own source and templates recorded": (
        unrecorded(lambda kind, _: kind not in ("file", "template")),
        [("title", 0, 3)],
    ),
    "missing includes not recorded": (
        unrecorded(lambda kind, answer: kind == "template" and answer is None),
        [("optional", 1, 0)],
    ),
    "a link target read inside Markdown not recorded": (
        unrecorded(lambda kind, _: kind in ("file_at", "served")),
        [("link", 1, 0), ("slug", 0, 3)],
    ),
    "whole-second times": (whole_second_times, [("typo", 0, 0), ("typo", 0, 1)]),
    "hashing in the order of work": (ids_in_the_order_of_work, [("footnote", 2, 0)]),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_oracle_catches(name: str) -> None:
    mutate, history = MUTANTS[name]
    replay(history)
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        with pytest.raises(AssertionError):
            replay(history)
