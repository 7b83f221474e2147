"""The test of the test: each way in which other generators went stale, switched on, is caught by the oracle.

Each mutant has a history that shows it; the same history passes without the mutant.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable
from dataclasses import replace as dataclass_replace
from functools import partial
from itertools import count
from typing import Any

import jinja2
import pytest
from msgspec import structs
from msgspec.structs import replace

from sitegen.build.press import Press
from sitegen.content.markdown import Markdown
from sitegen.engine.engine import Engine
from sitegen.engine.past import News, Past
from sitegen.files import Stamp, survey
from sitegen.files.outputs import Outputs
from sitegen.render.environment import Environment
from sitegen.session import questions, standing
from sitegen.session.left import Left
from sitegen.session.session import Session
from sitegen.session.standing import Standing
from sitegen.site.between import Between
from sitegen.site.related import index, pools, stories, update
from sitegen.site.related.kept import Copies, Kept
from sitegen.site.related.unseen import unseen
from sitegen.site.sitemaps import month_of
from sitegen.store import Store
from tests.oracle.histories import EditStep, in_processes, replay

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
        self.read("file", path)
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


# The engine


def one_part_not_compared(patch: Patch) -> None:
    honest = Engine._compare

    def compare(self: Engine, number: int, old: Any, new: Any) -> None:
        honest(self, number, old, new)
        if str(self.past.questions[number][0]) == "article":
            self.changed.pop(number + self.parts["article"]["title"], None)

    patch.setattr(Engine, "_compare", compare)


def unasked_answers_kept(patch: Patch) -> None:
    patch.setattr(Engine, "finish", lambda self: None)


def numbers_given_twice(patch: Patch) -> None:
    honest = Store._load

    def load(self: Store, database: sqlite3.Connection) -> None:
        honest(self, database)
        self.past.next = self.past.index.number(("template", "story.html")) or 0

    patch.setattr(Store, "_load", load)


def changes_of_other_processes_not_heard(patch: Patch) -> None:
    honest = Engine.hear
    patch.setattr(Engine, "hear", lambda self, news: honest(self, replace(news, changed={})))


def answers_of_other_processes_not_saved(patch: Patch) -> None:
    honest_hear, honest_save = Past.hear, Store.save_past
    heard: list[int] = []

    def hear(self: Past, news: News) -> list[int]:
        numbers = honest_hear(self, news)
        heard.extend(numbers)
        return numbers

    def save_past(self: Store, *arguments: Any) -> None:
        for number in heard:
            self.past.findings.pop(number, None)
        heard.clear()
        honest_save(self, *arguments)

    patch.setattr(Past, "hear", hear)
    patch.setattr(Store, "save_past", save_past)


def snapshot_always_stands(patch: Patch) -> None:
    patch.setattr(Standing, "holds", lambda self, asked, allow, now: True)


def snapshot_stands_whatever_is_shown(patch: Patch) -> None:
    honest = Standing.holds
    patch.setattr(Standing, "holds", lambda self, asked, allow, now: honest(self, asked, self.allow, now))


def snapshot_stands_at_any_time(patch: Patch) -> None:
    patch.setattr(Standing, "holds", lambda self, asked, allow, now: self.asked == asked)


def news_for_ever(patch: Patch) -> None:
    patch.setattr(standing, "news_changes", lambda articles, now: None)


def windows_for_ever(patch: Patch) -> None:
    patch.setattr(standing, "partner_changes", lambda *_: None)


def any_change_taken_for_one_of_the_text(patch: Patch) -> None:
    patch.setattr(standing, "_with_text", lambda old, new: structs.replace(old, text=new.text) if old and new else None)


def folder_always_settled(patch: Patch) -> None:
    honest = Press.__init__
    patch.setattr(Press, "__init__", lambda self, *rest, settled: honest(self, *rest, settled=bool(rest[1].ours)))


def routes_always_the_same(patch: Patch) -> None:
    patch.setattr(Session, "same_routes", property(lambda self: True))


def outputs_taken_for_those_of_other_routes(patch: Patch) -> None:
    patch.setattr(Press, "_holds", lambda self, route: True)


def files_always_where_they_were(patch: Patch) -> None:
    patch.setattr(Between, "files", lambda self: ())


def folders_always_as_they_were(patch: Patch) -> None:
    honest = Between.files
    patch.setattr(Between, "files", lambda self: [name for name in honest(self) if "." in name])


def pages_always_where_they_were(patch: Patch) -> None:
    patch.setattr(questions, "pages_between", lambda before, now: ())


def lists_always_the_same(patch: Patch) -> None:
    patch.setattr(Between, "page", lambda self, kind, slug, number: False)


def other_languages_not_looked_at(patch: Patch) -> None:
    patch.setattr(Between, "_months", property(lambda self: frozenset(map(month_of, self._articles))))


def configuration_always_the_same(patch: Patch) -> None:
    honest = Left.between
    patch.setattr(Left, "between", lambda *given: dataclass_replace(honest(*given), same_config=True))


def pictures_of_bodies_forgotten(patch: Patch) -> None:
    honest = Store.save_note
    patch.setattr(Store, "save_note", lambda self, name, note: honest(self, name, {} if name == "shown" else note))


def pictures_always_stand(patch: Patch) -> None:
    honest = Engine.stale
    patch.setattr(Engine, "stale", lambda self, kind, wanted: [] if kind == "picture" else honest(self, kind, wanted))


def lists_that_nothing_enters(patch: Patch) -> None:
    patch.setattr(pools, "_ahead", lambda pools, lines, ranking, found: found.only(found.row < 0))


def rarity_not_asked_again(patch: Patch) -> None:
    honest = stories._rarity
    patch.setattr(stories, "_rarity", lambda before, *now: before.rarity if before.rows else honest(before, *now))


def lists_that_hold_what_changed_kept(patch: Patch) -> None:
    patch.setattr(pools, "_leave", lambda *pools: None)


def short_pools_not_filled_up(patch: Patch) -> None:
    patch.setattr(pools, "_look_again", lambda *pools: None)


def copies_not_looked_for(patch: Patch) -> None:
    def looked_for(kept: Kept, rows: Any, note: Callable[[str, Any], Any], fresh: Any) -> Copies | None:
        one_of_a_kind = Copies(array("q", range(1, len(kept.paths) + 1)).tobytes())
        return unseen(kept, rows, lambda name, kind: one_of_a_kind if kind is Copies else note(name, kind), fresh)

    patch.setattr(index, "unseen", looked_for)


def lists_kept_under_other_settings(patch: Patch) -> None:
    patch.setattr(update, "fingerprint", lambda settings: "the same")


def outputs_not_looked_at(patch: Patch) -> None:
    patch.setattr(Outputs, "_altered", lambda self: b"[]")


def outputs_trusted(patch: Patch) -> None:
    patch.setattr(Outputs, "doubtful", lambda self: set())


def files_trusted_by_size(patch: Patch) -> None:
    patch.setattr(Stamp, "vouches_for", lambda self, other: self.size == other.size)


LISTS = {"newest", "page", "of_day", "on_front", "related", "groups"}


MUTANTS: dict[str, tuple[Mutate, list[EditStep]]] = {
    "Jinja's cached import modules": (
        cached_import_modules,
        [("kind", 0, 0), ("kind", 1, 0), ("section", 0, 1), ("section", 0, 2)],
    ),
    "templates keyed by resolved path": (templates_keyed_by_resolved_path, [("shadow", 0, 0)]),
    "items recorded but not the query's answer": (unrecorded(lambda kind, _: kind in LISTS), [("add", 0, 0)]),
    "what other editions answer not recorded": (
        unrecorded(lambda kind, _: kind == "in"),
        [("languages", 0, 0), ("translate", 0, 0), ("translate", 1, 0)],
    ),
    "translations not recorded": (
        unrecorded(lambda kind, _: kind == "translations"),
        [("translate", 0, 0), ("translate", 2, 2)],
    ),
    "recordings made of stories not recorded": (
        unrecorded(lambda kind, _: kind == "narrations"),
        [("narrate", 0, 4), ("narrate", 0, 5)],
    ),
    "what is said in a story not recorded": (
        unrecorded(lambda kind, _: kind == "narration"),
        [("narrate", 0, 0), ("narrate", 0, 4)],
    ),
    "files of fronts not recorded": (
        unrecorded(lambda kind, _: kind in ("front_files", "front_file")),
        [("slots", 0, 0), ("slots", 0, 2)],
    ),
    "instants of slots not recorded": (
        unrecorded(lambda kind, _: kind == "has_come"),
        [("clock", 3, 1), ("slots", 4, 1), ("clock", 5, 1)],  # no story comes, and no day goes
    ),
    "what stands on a front not recorded": (
        unrecorded(lambda kind, _: kind == "on_front"),
        [("priority", 0, 0)],
    ),
    "what is breaking not recorded": (
        unrecorded(lambda kind, _: kind == "breaking"),
        [("breaking", 0, 0), ("breaking", 0, 5)],
    ),
    "dates beside a date not recorded": (unrecorded(lambda kind, _: kind == "dates_beside"), [("add", 0, 7)]),
    "corrections recorded but not their list": (unrecorded(lambda kind, _: kind == "corrected"), [("correct", 0, 1)]),
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
    "whether a text is a live blog not recorded": (
        unrecorded(lambda _, answer: answer == "live"),
        [("live", 0, 0), ("kind", 0, 0)],
    ),
    "parts of a style sheet not recorded": (unrecorded(lambda kind, _: kind == "asset_file"), [("part", 0, 0)]),
    "whole-second times": (whole_second_times, [("typo", 0, 0), ("typo", 0, 1)]),
    "hashing in the order of work": (ids_in_the_order_of_work, [("footnote", 2, 0)]),
    "one part of a record not compared": (one_part_not_compared, [("title", 0, 3)]),
    "answers kept that nobody asked for": (
        unasked_answers_kept,
        [("kind", 0, 0), ("kind", 0, 1), ("wording", 0, 5), ("kind", 0, 0)],
    ),
    "numbers given twice": (numbers_given_twice, [("add", 0, 0), ("template", 0, 1)]),
    "a snapshot that always stands": (snapshot_always_stands, [("remove", 0, 0)]),
    "a snapshot that stands whatever is shown": (
        snapshot_stands_whatever_is_shown,
        [("draft", 0, 0), ("drafts", 0, 0)],
    ),
    "a snapshot that stands at any time": (snapshot_stands_at_any_time, [("clock", 0, 0)]),
    "news that never ends": (news_for_ever, [("clock", 0, 4), ("clock", 1, 4)]),
    "feeds whose windows never end": (
        windows_for_ever,
        [("setting", 3, 2), ("date", 0, 5), ("partner", 2, 0), ("clock", 3, 3), ("clock", 7, 3)],
    ),
    "old addresses not recorded": (unrecorded(lambda kind, _: kind == "moved"), [("alias", 0, 0), ("alias", 0, 1)]),
    "what feeds of a choice hold not recorded": (
        unrecorded(lambda kind, _: kind in ("partner_stories", "recorded")),
        [("partner", 0, 0), ("rename", 0, 0)],
    ),
    "any change taken for one of the text": (any_change_taken_for_one_of_the_text, [("title", 0, 3)]),
    "an output folder that is always settled": (
        folder_always_settled,
        [("output_folder", 0, 1), ("title", 0, 1), ("output_folder", 0, 0)],
    ),
    "routes that are always the same": (routes_always_the_same, [("remove", 0, 0)]),
    "outputs taken for those of other routes": (
        outputs_taken_for_those_of_other_routes,
        [("alias", 0, 1), ("swap", 0, 1), ("swap", 0, 1)],
    ),
    "files always where they were": (files_always_where_they_were, [("link", 1, 0), ("slug", 0, 3)]),
    "folders always as they were": (folders_always_as_they_were, [("link_page", 1, 0), ("bundle", 0, 0)]),
    "pages always where they were": (pages_always_where_they_were, [("link_page", 0, 1), ("series", 1, 1)]),
    "lists that are always the same": (lists_always_the_same, [("setting", 4, 3), ("tags", 0, 1)]),
    "sitemaps without a look at other languages": (
        other_languages_not_looked_at,
        [("languages", 0, 0), ("add", 0, 30), ("translate", 5, 0), ("translate", 0, 4)],
    ),
    "sitemaps under other rules": (configuration_always_the_same, [("crawlers", 0, 2)]),
    "pages of lists under another configuration": (
        configuration_always_the_same,
        [("setting", 4, 2), ("many", 0, 3), ("setting", 4, 3)],
    ),
    "outputs trusted without a look": (outputs_trusted, [("meddle", 3, 0)]),
    "what a picture is not recorded": (
        unrecorded(lambda kind, _: kind == "picture"),
        [("image", 0, 0), ("resize", 3, 4)],
    ),
    "pictures of bodies not remembered": (pictures_of_bodies_forgotten, [("figure", 0, 0), ("title", 1, 1)]),
    "pictures that always stand": (pictures_always_stand, [("image", 0, 0), ("repaint", 1, 1)]),
    "a list kept although a new story enters it": (lists_that_nothing_enters, [("wording", 7, 0)]),
    "a list kept although a story in it has changed": (
        lists_that_hold_what_changed_kept,
        [("wording", 8, 0), ("copy", 3, 6)],
    ),
    "a list not filled up when stories go": (short_pools_not_filled_up, [("many", 6, 4), ("remove", 1, 6)]),
    "rarity of words not asked again": (rarity_not_asked_again, [("many", 0, 6)]),
    "copies not looked for": (
        copies_not_looked_for,
        [("wording", 0, 2), ("wording", 8, 2), ("full_stop", 0, 1), ("copy", 0, 1)],
    ),
    "lists kept under other settings": (
        lists_kept_under_other_settings,
        [("wording", 4, 8), ("similarity", 6, 0)],
    ),
    "files trusted by their size": (files_trusted_by_size, [("typo", 0, 0)]),
}
IN_PROCESSES: dict[str, tuple[Mutate, list[EditStep]]] = {
    "outputs that another process has not looked at": (outputs_not_looked_at, [("meddle", 3, 0)]),
    "changes of other processes not heard": (changes_of_other_processes_not_heard, [("rewrite", 0, 1)]),
    "answers of other processes not saved": (answers_of_other_processes_not_saved, [("rewrite", 0, 1)]),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_oracle_catches(name: str) -> None:
    check(*MUTANTS[name], replay)


@pytest.mark.parametrize("name", IN_PROCESSES)
def test_the_oracle_catches_in_processes(name: str) -> None:
    check(*IN_PROCESSES[name], partial(replay, way=in_processes))


def check(mutate: Mutate, history: list[EditStep], replay: Callable[[list[EditStep]], None]) -> None:
    replay(history)
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        with pytest.raises((AssertionError, LookupError)):
            replay(history)
