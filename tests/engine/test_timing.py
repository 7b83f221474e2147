"""Where the time goes: each thing has the seconds of its own, and what processes measured is added up."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from sitegen.engine import timing
from sitegen.engine.engine import CycleError, Engine
from sitegen.engine.past import Past
from sitegen.engine.timing import Figure, TimedEngine, Times, slowest


class Clock:
    """Goes on only when work is done, and a very little when somebody looks at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1e-9
        return self.now

    def work(self, seconds: int) -> int:
        self.now += seconds
        return seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of all tests here, which do not depend on how fast something is."""
    clock = Clock()
    monkeypatch.setattr(timing, "perf_counter", clock)
    return clock


def desk(times: Times, clock: Clock) -> TimedEngine:
    """An engine with a leaf that is work, and rules that call it and one another."""
    engine = TimedEngine(Past(), times)
    engine.leaf("work", clock.work)
    engine.rule("body", lambda path: str(engine.read("work", len(path))), str)
    engine.rule("sum", lambda n: n + engine.read("sum", n - 1) if n else 0, int)
    engine.rule("output", lambda path: engine.read("body", path).encode(), last=True)
    engine.rule("round", lambda: engine.read("round"), int)
    return engine


def calls(times: Times) -> dict[str, tuple[int, int]]:
    """How often each kind was asked, and answered."""
    return {kind: (times.asked[kind], figure.calls) for kind, figure in times.questions.items()}


def test_nothing_counts_twice(clock: Clock) -> None:
    times = Times()
    engine = desk(times, clock)
    assert engine.read("sum", 60) == 1830
    assert engine.read("sum", 60) == 1830
    engine.read("output", "abc")
    assert calls(times) == {"sum": (62, 61), "work": (1, 1), "body": (1, 1), "output": (1, 1)}
    assert 0 < sum(figure.seconds for figure in times.questions.values()) <= clock.now
    assert all(figure.seconds >= 0 for figure in times.questions.values())


def test_what_calls_something_slow_is_not_slow_itself(clock: Clock) -> None:
    times = Times()
    desk(times, clock).read("body", "x" * 100)
    assert [kind for kind, _ in slowest(times.questions)] == ["work", "body"]


def test_single_bodies_and_pages_are_told_with_all_that_they_called(clock: Clock) -> None:
    times = Times()
    engine = desk(times, clock)
    for length in (1, 400, 2, 200, 3, 4, 5):
        engine.read("output", "x" * length)
    for found in times.singles.values():
        assert len(found) == 5
        assert [len(path) for _, path in found[:2]] == [400, 200]
        assert found == sorted(found, reverse=True)
    assert times.singles["pages"][0] > times.singles["bodies"][0]


def test_setting_up_is_told_by_itself(clock: Clock) -> None:
    times = Times()
    engine = TimedEngine(Past(), times)

    def loading() -> int:
        return clock.work(5)

    load = engine.watched("setup", "loading", loading)
    engine.rule("body", lambda path: str(load()), str)
    engine.read("body", "a")
    [(seconds, path)] = times.singles["bodies"]
    assert (path, times.questions["loading"].calls) == ("a", 1)
    assert seconds < times.questions["loading"].seconds < clock.now


def test_a_template_is_run_while_it_is_timed_and_a_block_is_no_call(clock: Clock) -> None:
    times = Times()
    watched = TimedEngine(Past(), times).watched

    def block() -> Iterator[str]:
        yield str(clock.work(5))

    def root() -> Iterator[str]:
        yield "a"
        yield from watched("block", "child", block)()

    parts = watched("template", "base", root)()
    assert times.templates == {}
    assert list(parts) == ["a", "5"]
    assert {name: figure.calls for name, figure in times.templates.items()} == {"base": 1, "child": 0}
    assert [name for name, _ in slowest(times.templates)] == ["child", "base"]


def test_failures_are_timed_too(clock: Clock) -> None:
    times = Times()
    engine = desk(times, clock)
    with pytest.raises(CycleError):
        engine.read("round")
    with pytest.raises(TypeError):
        engine.read("work", "x")
    engine.read("body", "x")
    assert calls(times) == {"round": (2, 1), "work": (2, 2), "body": (1, 1)}


def test_what_a_fork_measured_is_added(clock: Clock) -> None:
    here = Times()
    parent = desk(here, clock)
    fork = desk(Times(), clock)
    for engine in (parent, fork):
        engine.read("body", "before")  # the parent knows this already
    fork.part_ways()
    for path in ("a", "bb"):
        fork.read("body", path)
        parent.hear(pickle.loads(pickle.dumps(fork.tell())))
    assert calls(here) == {"work": (3, 3), "body": (3, 3)}
    assert {path for _, path in here.singles["bodies"]} == {"before", "a", "bb"}


def test_equals_are_in_the_order_of_their_names() -> None:
    figures = {"b": Figure(1, 1.0), "a": Figure(2, 1.0), "c": Figure(1, 2.0)}
    assert [name for name, _ in slowest(figures)] == ["c", "a", "b"]


def test_an_engine_that_is_not_timed_calls_what_it_was_given() -> None:
    def look() -> Any:
        return 1

    engine = Engine(Past())
    engine.leaf("one", look)
    engine.rule("two", look, int)
    assert engine.leaves["one"].look is look
    assert engine.rules["two"].compute is look
