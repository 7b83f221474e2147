"""The promises of the engine, each under its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.engine import CycleError, Engine, Memory


class Desk:
    """An engine over a dict of leaves, whose rules count how often they run."""

    def __init__(self, past: Memory, leaves: dict[str, Any]) -> None:
        self.engine = Engine(past)
        self.ran: list[str] = []
        self.engine.leaf("leaf", leaves.get)

    def rule(self, name: str, compute: Callable[..., Any], **options: Any) -> None:
        def counted(*arguments: Any) -> Any:
            self.ran.append(name)
            return compute(*arguments)

        self.engine.rule(name, counted, **options)


def shout(past: Memory, leaves: dict[str, Any]) -> tuple[str, list[str]]:
    """`page` shows the first word of `text`, which reads a leaf."""
    desk = Desk(past, leaves)
    read = desk.engine.read
    desk.rule("text", lambda: read("leaf", "a").split(" ")[0])
    desk.rule("page", lambda: read("text").upper())
    return read("page"), desk.ran


def test_a_rule_runs_once_in_a_session() -> None:
    desk = Desk(Memory(), {"a": "x"})
    desk.rule("twice", lambda: desk.engine.read("leaf", "a") * 2)
    assert [desk.engine.read("twice"), desk.engine.read("twice")] == ["xx", "xx"]
    assert desk.ran == ["twice"]


def test_nothing_changed_runs_nothing() -> None:
    past = Memory()
    assert shout(past, {"a": "one two"}) == ("ONE", ["page", "text"])
    assert shout(past, {"a": "one two"}) == ("ONE", [])


def test_a_changed_leaf_runs_what_read_it() -> None:
    past = Memory()
    shout(past, {"a": "one two"})
    assert shout(past, {"a": "six two"}) == ("SIX", ["text", "page"])


def test_an_equal_answer_stops_the_wave() -> None:
    past = Memory()
    shout(past, {"a": "one two"})
    assert shout(past, {"a": "one three"}) == ("ONE", ["text"])
    assert shout(past, {"a": "one three"}) == ("ONE", [])


def test_going_back_to_an_older_answer_is_a_change() -> None:
    past = Memory()
    shout(past, {"a": "one"})
    shout(past, {"a": "two"})
    assert shout(past, {"a": "one"}) == ("ONE", ["text", "page"])


def test_an_answer_that_did_not_exist_is_remembered_as_such() -> None:
    past = Memory()

    def run(leaves: dict[str, Any]) -> Any:
        desk = Desk(past, leaves)
        desk.rule("optional", lambda: desk.engine.read("leaf", "extra") or "none")
        return desk.engine.read("optional")

    assert [run({}), run({"extra": "there"}), run({})] == ["none", "there", "none"]


def test_questions_are_asked_again_in_order_and_no_further_than_the_first_difference() -> None:
    past = Memory()
    asked: list[str] = []

    def run(names: tuple[str, ...]) -> Any:
        engine = Engine(past)
        engine.leaf("names", lambda: names)

        def item(name: str) -> str:
            asked.append(name)
            return {"a": "A", "b": "B"}[name]

        engine.leaf("item", item)
        engine.rule("list", lambda: [engine.read("item", name) for name in engine.read("names")])
        return engine.read("list")

    assert run(("a", "b")) == ["A", "B"]
    asked.clear()
    assert run(("b",)) == ["B"]
    assert asked == ["b"]


def test_an_exception_leaves_no_trace() -> None:
    past = Memory()
    for leaves, outcome in (({"a": 1}, 1), ({"a": 0}, ZeroDivisionError), ({"a": 1}, 1), ({"a": 2}, 0.5)):
        desk = Desk(past, leaves)
        desk.rule("inverse", lambda read=desk.engine.read: 1 / read("leaf", "a"))
        if outcome is ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                desk.engine.read("inverse")
        else:
            assert desk.engine.read("inverse") == outcome


def test_a_failure_in_a_rule_below_reaches_whoever_asks_and_mends() -> None:
    past = Memory()

    def run(value: int) -> Any:
        desk = Desk(past, {"a": value})
        read = desk.engine.read
        desk.rule("inverse", lambda: 1 / read("leaf", "a"))
        desk.rule("page", lambda: f"{read('inverse')}")
        return read("page")

    assert run(1) == "1.0"
    with pytest.raises(ZeroDivisionError):
        run(0)
    assert run(1) == "1.0"


def test_a_cycle_is_an_error_that_names_the_way_around() -> None:
    engine = Engine(Memory())
    engine.rule("a", lambda: engine.read("b"))
    engine.rule("b", lambda: engine.read("a"))
    with pytest.raises(CycleError) as caught:
        engine.read("a")
    assert caught.value.questions == (("a",), ("b",), ("a",))


def test_turning_an_edge_around_is_no_cycle() -> None:
    past = Memory()

    def run(first: str) -> Any:
        desk = Desk(past, {"first": first})
        read = desk.engine.read
        desk.rule("a", lambda: "a" + (read("b") if read("leaf", "first") == "a" else ""))
        desk.rule("b", lambda: "b" + (read("a") if read("leaf", "first") == "b" else ""))
        return read("a"), read("b")

    assert [run("a"), run("b"), run("a")] == [("ab", "b"), ("a", "ba"), ("ab", "b")]


def test_a_leaf_that_asks_does_not_leak_into_the_trace_of_the_rule_that_asked_it() -> None:
    past = Memory()
    engine = Engine(past)
    engine.leaf("inner", lambda: 1)
    engine.leaf("outer", lambda: engine.read("inner"))
    engine.rule("page", lambda: engine.read("outer"))
    engine.read("page")
    entry = past.entry(("page",))
    assert entry is not None
    assert [past.read(number)[0] for number in entry.trace] == [("outer",)]


def test_a_value_that_is_not_plain_data_raises_at_once() -> None:
    engine = Engine(Memory())
    engine.leaf("set", lambda: {1, 2})
    with pytest.raises(TypeError, match="not plain data: set"):
        engine.read("set")


def test_a_rule_may_keep_its_value_out_of_the_past() -> None:
    past = Memory()
    for stood in (False, True):
        desk = Desk(past, {"a": "x"})
        desk.rule(
            "bytes", lambda read=desk.engine.read: read("leaf", "a").encode(), fingerprint=bytes.hex, keeps_value=False
        )
        answer = desk.engine.ask(("bytes",))
        assert (answer.fingerprint, answer.stood) == ("78", stood)
        assert desk.engine.recompute(("bytes",)) == b"x"


def test_the_reason_names_the_read_that_changed() -> None:
    past = Memory()
    shout(past, {"a": "one"})
    shout(past, {"a": "two"})
    entry = past.entry(("page",))
    assert entry is not None
    assert entry.because is not None
    assert past.read(entry.because) == (("text",), '"one"')
