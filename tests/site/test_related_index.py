"""The index of related stories: brought up to date in any order of edits it is what it would be from nothing."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.config import Config, RelatedConfig
from sitegen.content.article import Article
from sitegen.content.likeness import Likeness
from sitegen.content.settings import Settings
from sitegen.content.terms import likeness
from sitegen.files.meanwhile import Look
from sitegen.plain import pack_arrays
from sitegen.site.related import index, lists, making, pools, stored, stories, table, update, vectors
from sitegen.site.related.index import RelatedIndex
from sitegen.site.related.kept import COPIES, NOTE
from sitegen.site.related.left import IndexLeft
from sitegen.site.related.stored import loaded, notes
from sitegen.site.related.table import Table
from sitegen.site.related.update import updated
from sitegen.site.snapshot import make_site

WORDS = (
    "harbour", "ferry", "Anselm", "storm", "bridge", "council", "budget", "tax", "school", "teacher", "Jane", "river",
    "tide", "eel", "mayor", "court",
)  # fmt: skip
START = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = RelatedConfig(count=4, minimum=0.02)
Edit = tuple[int, int, int]


class Archive:
    """Stories, and their index: in memory, or as it was last kept."""

    def __init__(self) -> None:
        self.stories: dict[str, tuple[int, int]] = {}
        self.hidden: set[str] = set()
        self.table: Table | None = None
        self.notes: dict[str, Any] = {}
        self.told: Collection[str] = ()
        self.fresh: dict[str, Likeness | None] = {}
        """What nobody has asked for yet."""

    def story(self, path: str) -> Article:
        days, subject = self.stories[path]
        kind = "sponsored" if subject % 7 == 3 else "news"
        title = f"The {WORDS[subject % 16]} {'week' if subject % 5 == 0 else path}"
        return Article(path=path, url=f"/{path}", title=title, date=START + timedelta(days=days), type=kind)

    def like(self, path: str) -> Likeness:
        subject = self.stories[path][1]
        words = [WORDS[(subject * step + step) % 16] for step in (1, 2, 3, 5)][: subject % 4 + 1]
        return likeness(self.story(path), " ".join(words), Settings())

    def order(self) -> Mapping[str, int]:
        public = [path for path in self.stories if path not in self.hidden]
        public.sort(key=lambda path: (-self.stories[path][0], path))
        return {path: place for place, path in enumerate(public)}

    def update(self) -> None:
        self.table, self.told = updated(self.table, self.fresh.items(), self.stories, self.order(), CONFIG)
        self.fresh = {}

    def restart(self) -> None:
        """Go on in another process."""
        if self.table:
            self.notes.update(notes(self.table))
            self.table = loaded(self.notes[NOTE], self.notes[COPIES], lambda name, kind: self.notes[name])

    def edit(self, edit: Edit) -> dict[str, Likeness | None]:
        """What is fresh after it."""
        what, number, other = edit
        path = f"s{number}"
        if what == 0:
            self.stories.pop(path, None)
            return {}
        if what == 1:
            self.hidden ^= {path}
            return {}
        touched = [path] if what == 2 else [f"s{number * 100 + more}" for more in range(other)]
        self.stories.update((name, (number % 9, other + place)) for place, name in enumerate(touched))
        return {name: self.like(name) for name in touched}

    def shown(self) -> dict[str, list[str]]:
        """The list of each public story."""
        assert self.table is not None
        return {path: list(self.table.shown(path, CONFIG.count)) for path in self.order()}

    def clean(self) -> Archive:
        """The same stories, met in another order, with an index made from nothing."""
        archive = Archive()
        archive.stories = dict(sorted(self.stories.items(), reverse=True))
        archive.hidden = self.hidden
        archive.fresh = {path: archive.like(path) for path in archive.stories}
        archive.update()
        return archive


def check(edits: list[Edit]) -> None:
    archive = Archive()
    before: dict[str, list[str]] = {}
    for edit in edits:
        if edit[0] == 4:
            archive.restart()
            continue
        archive.fresh.update(archive.edit(edit))
        if edit[2] % 4 == 3:
            continue  # nobody asks
        archive.update()
        now, clean = archive.shown(), archive.clean()
        assert now == clean.shown()
        other = {path for path, stories in now.items() if before.get(path) != stories}
        assert other <= {*archive.told}
        before = now


edits = st.tuples(st.sampled_from([0, 1, 2, 2, 2, 3, 4]), st.integers(0, 7), st.integers(0, 24))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pools and blocks so small that few stories fill them."""
    for module in (index, making, stored, stories, table, update):
        monkeypatch.setattr(module, "BLOCK", 4)
    for name in ("_SPARE", "_SLACK"):
        monkeypatch.setattr(pools, name, 2)


@settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=1, max_size=10))
def test_incremental_equals_clean(history: list[Edit]) -> None:
    check(history)


@settings(max_examples=20, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=1, max_size=6))
def test_many_changes_are_as_good_as_few(history: list[Edit]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "_FEW", 3)
        check(history)


@settings(max_examples=30, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=1, max_size=8))
def test_a_site_that_becomes_large_looks_at_fewer_terms(history: list[Edit]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "_RAREST", 2)
        patch.setattr(vectors, "_MOST_OF_LARGE", 3)
        check([(3, 1, 15), *history, (3, 2, 24), *history])


@pytest.mark.parametrize("jobs", [2, 3, 50])
def test_several_processes_make_the_same_lists(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_WORTH", 1)
    archive = Archive()
    archive.fresh = archive.edit((3, 1, 24))
    archive.hidden = {"s103", "s107"}
    likeness, order = archive.fresh, archive.order()
    alone, together = (updated(None, likeness.items(), archive.stories, order, CONFIG, jobs)[0] for jobs in (1, jobs))
    assert [*map(repr, notes(together))] == [*map(repr, notes(alone))]


def test_hubs_are_capped_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_LISTS", 1)
    check([(3, 1, 20), (3, 2, 24), (2, 1, 3), (0, 100, 0), (1, 101, 0), (4, 0, 0), (2, 203, 9)])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("part", [1, 2, 32])
@pytest.mark.parametrize("dies", [False, True])
def test_a_process_that_began_before_the_stories_were_read_makes_the_same_index(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, dies: bool
) -> None:
    monkeypatch.setattr(making, "_PART", part)
    archive = Archive()
    archive.stories = {f"s{number:04}": (number % 90, number) for number in range(30)}
    like = {path: archive.like(path) for path in archive.stories}
    site = make_site(Config(), map(archive.story, archive.stories), (), START + timedelta(days=99))
    left = IndexLeft(lambda name, kind: None, anew=True)
    alone = RelatedIndex(CONFIG, left)
    together = RelatedIndex(CONFIG, left, jobs=2)
    saved, early, late = dict[str, object](), dict[str, object](), dict[str, object]()
    with together.meanwhile(tmp_path, *[Look(lambda: os._exit(1))] * dies, stories=len(like)):
        for path, story in like.items():
            for related in (alone, together):
                related.tell(path, pack_arrays(story))
        together.tell("index.md", None)
        for related in (alone, together):
            related.know([*like, "index.md"], stands=False)
            related.of(site)
        assert not together.likeness
        together.wait(early.__setitem__)
        alone.save(saved.__setitem__)
        together.save(late.__setitem__)
        found = [[related.similar(path) for path in archive.stories] for related in (alone, together)]
    assert any(found[0])
    assert found[0] == found[1]
    assert {name.rpartition(" ")[0] for name in early} == {"related terms", "related weighed"}
    assert early.keys().isdisjoint(late)
    assert {**early, **late} == saved
    assert not any(tmp_path.iterdir())
