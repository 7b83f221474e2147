"""The promises of the engine, each under its own name."""

from __future__ import annotations

import copy
from array import array
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pytest

from sitegen.engine.engine import CycleError, Engine
from sitegen.engine.past import Change, Finding, Past
from sitegen.engine.shelf import Memory
from sitegen.plain import Record


class Desk:
    """An engine over a dict of leaves, whose rules count how often they run."""

    def __init__(self, past: Past, leaves: dict[str, Any]) -> None:
        self.engine = Engine(past)
        self.ran: list[str] = []
        self.engine.leaf("leaf", leaves.get)

    def rule(self, name: str, compute: Callable[..., Any], kind: Any = Any) -> None:
        def counted(*arguments: Any) -> Any:
            self.ran.append(name)
            return compute(*arguments)

        self.engine.rule(name, counted, kind)

    def read(self, *question: Any) -> Any:
        """The answer, after all that is remembered was verified; then the session ends."""
        self.engine.verify()
        answer = self.engine.read(*question)
        self.engine.finish()
        return answer


def shout(past: Past, leaves: dict[str, Any]) -> tuple[str, list[str]]:
    """`page` shows the first word of `text`, which reads a leaf."""
    desk = Desk(past, leaves)
    read = desk.engine.read
    desk.rule("text", lambda: read("leaf", "a").split(" ")[0])
    desk.rule("page", lambda: read("text").upper())
    return desk.read("page"), desk.ran


def test_a_rule_runs_once_in_a_session() -> None:
    desk = Desk(Past(), {"a": "x"})
    desk.rule("twice", lambda: desk.engine.read("leaf", "a") * 2)
    assert [desk.engine.read("twice"), desk.engine.read("twice")] == ["xx", "xx"]
    assert desk.ran == ["twice"]


def test_nothing_changed_runs_nothing() -> None:
    past = Past()
    assert shout(past, {"a": "one two"}) == ("ONE", ["page", "text"])
    assert shout(past, {"a": "one two"}) == ("ONE", [])


def test_a_changed_leaf_runs_what_read_it() -> None:
    past = Past()
    shout(past, {"a": "one two"})
    assert shout(past, {"a": "six two"}) == ("SIX", ["text", "page"])


def test_an_equal_answer_stops_the_wave() -> None:
    past = Past()
    shout(past, {"a": "one two"})
    assert shout(past, {"a": "one three"}) == ("ONE", ["text"])
    assert shout(past, {"a": "one three"}) == ("ONE", [])


def test_going_back_to_an_older_answer_is_a_change() -> None:
    past = Past()
    shout(past, {"a": "one"})
    shout(past, {"a": "two"})
    assert shout(past, {"a": "one"}) == ("ONE", ["text", "page"])


def test_an_answer_that_did_not_exist_is_remembered_as_such() -> None:
    past = Past()

    def run(leaves: dict[str, Any]) -> Any:
        desk = Desk(past, leaves)
        desk.rule("optional", lambda: desk.engine.read("leaf", "extra") or "none")
        return desk.read("optional")

    assert [run({}), run({"extra": "there"}), run({})] == ["none", "there", "none"]


def test_a_question_that_makes_no_sense_any_more_does_no_harm() -> None:
    past = Past()

    def run(names: tuple[str, ...]) -> Any:
        engine = Engine(past)
        engine.leaf("names", lambda: names)
        engine.leaf("item", lambda name: {"a": "A", "b": "B"}[name] if name in names else 1 / 0)
        engine.rule("list", lambda: [engine.read("item", name) for name in engine.read("names")], list[str])
        engine.verify()
        return engine.read("list")

    assert [run(("a", "b")), run(("b",)), run(("a", "b"))] == [["A", "B"], ["B"], ["A", "B"]]


def test_an_exception_leaves_no_trace() -> None:
    past = Past()
    for leaves, outcome in (({"a": 1}, 1), ({"a": 0}, ZeroDivisionError), ({"a": 1}, 1), ({"a": 2}, 0.5)):
        desk = Desk(past, leaves)
        desk.rule("inverse", lambda read=desk.engine.read: 1 / read("leaf", "a"))
        if outcome is ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                desk.read("inverse")
        else:
            assert desk.read("inverse") == outcome


def test_a_failure_in_a_rule_below_reaches_whoever_asks_and_mends() -> None:
    past = Past()

    def run(value: int) -> Any:
        desk = Desk(past, {"a": value})
        read = desk.engine.read
        desk.rule("inverse", lambda: 1 / read("leaf", "a"))
        desk.rule("page", lambda: f"{read('inverse')}")
        return desk.read("page")

    assert run(1) == "1.0"
    with pytest.raises(ZeroDivisionError):
        run(0)
    assert run(1) == "1.0"


def test_a_cycle_is_an_error_that_names_the_way_around() -> None:
    engine = Engine(Past())
    engine.rule("a", lambda: engine.read("b"))
    engine.rule("b", lambda: engine.read("a"))
    with pytest.raises(CycleError) as caught:
        engine.read("a")
    assert caught.value.questions == (("a",), ("b",), ("a",))


def test_turning_an_edge_around_is_no_cycle() -> None:
    past = Past()

    def run(first: str) -> Any:
        desk = Desk(past, {"first": first})
        desk.engine.verify()
        read = desk.engine.read
        desk.rule("a", lambda: "a" + (read("b") if read("leaf", "first") == "a" else ""))
        desk.rule("b", lambda: "b" + (read("a") if read("leaf", "first") == "b" else ""))
        return read("a"), read("b")

    assert [run("a"), run("b"), run("a")] == [("ab", "b"), ("a", "ba"), ("ab", "b")]


def test_a_leaf_that_asks_does_not_leak_into_the_trace_of_the_rule_that_asked_it() -> None:
    past = Past()
    engine = Engine(past)
    engine.leaf("inner", lambda: 1)
    engine.leaf("outer", lambda: engine.read("inner"))
    engine.rule("page", lambda: engine.read("outer"), int)
    engine.read("page")
    trace = past.findings[past.numbers[("page",)]].trace
    assert [engine.whole(number) for number in trace] == [(("outer",), "")]


def test_a_value_that_is_not_plain_data_raises_at_once() -> None:
    engine = Engine(Past())
    engine.leaf("set", lambda: {1, 2})
    with pytest.raises(TypeError, match="not plain data: set"):
        engine.read("set")


def test_of_bytes_only_a_digest_is_kept() -> None:
    past = Past()
    for stood in (False, True):
        desk = Desk(past, {"a": "x"})
        desk.rule("bytes", lambda read=desk.engine.read: read("leaf", "a").encode(), bytes)
        desk.engine.verify()
        answer = desk.engine.ask(("bytes",))
        assert answer.stood == stood
        assert desk.engine.recompute(("bytes",)).value == b"x"
        assert past.findings[answer.number].place == 0


def test_the_reason_names_the_answer_that_changed() -> None:
    past = Past()
    shout(past, {"a": "one"})
    assert past.findings[past.numbers[("page",)]].because is None
    shout(past, {"a": "two"})
    because = {kind: past.findings[past.numbers[(kind,)]].because for kind in ("page", "text")}
    assert because == {"page": Change(("text",)), "text": Change(("leaf", "a"), "", '"one"', '"two"')}


class Card(Record, frozen=True):
    """A record of two fields."""

    title: str
    text: str = ""


def cards(past: Past, before: dict[str, Card], now: dict[str, Card]) -> tuple[Any, list[str]]:
    """`list` shows the titles of two cards; `long` the text of the first, through a rule whose answer is a card."""
    desk = Desk(past, {})
    part = desk.engine.part
    desk.engine.records("card", now.get, Card, before.get)
    desk.rule("long", lambda key: Card("Long", part("card", key, "text")), Card)
    desk.rule("list", lambda: [part("card", "a", "title"), part("card", "b", "title")])
    desk.rule("page", lambda: part("long", "a", "text"))
    desk.engine.verify()
    answers = desk.engine.read("list"), desk.engine.read("page")
    desk.engine.finish()
    return answers, desk.ran


def test_whoever_needs_a_part_depends_on_nothing_else() -> None:
    past = Past()
    one, typo, two = {"a": Card("A", "x")}, {"a": Card("A", "y")}, {"a": Card("A", "y"), "b": Card("B")}
    assert cards(past, {}, one) == ((["A", None], "x"), ["list", "page", "long"])
    assert cards(past, one, one) == ((["A", None], "x"), [])
    assert cards(past, one, typo) == ((["A", None], "y"), ["long", "page"])
    assert cards(past, typo, two) == ((["A", "B"], "y"), ["list"])
    assert cards(past, two, {"b": Card("B")}) == (([None, "B"], None), ["list", "long", "page"])


def test_what_nobody_wants_any_more_is_lost_to_those_who_read_it() -> None:
    past = Past()
    shout(past, {"a": "one"})
    desk = Desk(past, {"a": "two"})
    desk.rule("text", lambda: "never")
    desk.rule("page", lambda: "mended")
    desk.engine.verify()
    assert desk.engine.stale("text", lambda: False) == []
    assert desk.engine.stale("page", lambda: True) == [("page",)]
    assert desk.ran == []


def test_what_was_not_asked_for_and_has_changed_is_not_believed_later() -> None:
    past = Past()
    shout(past, {"a": "one"})
    for leaves in ({"a": "two"}, {"a": "two"}):
        desk = Desk(past, leaves)
        desk.rule("text", lambda read=desk.engine.read: read("leaf", "a"))
        desk.rule("page", lambda read=desk.engine.read: read("text").upper())
        desk.rule("other", lambda: "other")
        assert desk.read("other") == "other"
    assert shout(past, {"a": "two"})[0] == "TWO"


def test_what_another_process_finds_out_is_taken_in() -> None:
    past = Past()
    shout(past, {"a": "one"})
    here, there = Desk(past, {"a": "two", "b": "x"}), Desk(past, {})
    there.engine.past = copy.deepcopy(past)
    for desk in (here, there):
        desk.engine.leaf("leaf", {"a": "two", "b": "x"}.get)
        desk.rule("text", lambda read=desk.engine.read: read("leaf", "a") + read("leaf", "b"))
        desk.engine.verify()
    past.number(("leaf", "only here"))
    there.engine.part_ways()
    assert there.engine.read("text") == "twox"
    here.engine.hear(there.engine.tell())
    assert here.engine.read("text") == "twox"
    assert here.ran == []
    number = past.numbers[("text",)]
    assert [here.engine.whole(read)[0] for read in past.findings[number].trace] == [("leaf", "a"), ("leaf", "b")]
    assert number in here.engine.changed


def test_a_fork_does_not_tell_questions_that_were_expected() -> None:
    past = Past()
    past.expect([("text",), ("leaf", "a"), ("leaf", "never asked")])
    leaves = {"a": "one", "b": "two"}
    here, there = Desk(past, leaves), Desk(copy.deepcopy(past), leaves)
    for desk in (here, there):
        desk.rule("text", lambda read=desk.engine.read: read("leaf", "a") + read("leaf", "b"))
        desk.engine.verify()
    there.engine.part_ways()
    there.engine.read("text")
    news = there.engine.tell()
    assert list(news.questions.values()) == [("leaf", "b")]
    here.engine.hear(news)
    assert (here.engine.read("text"), here.ran) == ("onetwo", [])
    past.sweep()
    assert sorted(past.numbers) == [("leaf", "a"), ("leaf", "b"), ("text",)]


def test_values_for_which_there_is_no_room_are_had_from_the_shelf() -> None:
    desk = Desk(Past(), {})
    desk.engine.room = 100
    for name in "abc":
        desk.rule(name, lambda name=name: name * 60)
    assert [desk.read(name)[0] for name in "abcab"] == list("abcab")
    assert desk.ran == ["a", "b", "c"]


def test_what_is_foreseen_is_taken_from_the_shelf_at_once() -> None:
    class Counted(Memory):
        taken: ClassVar[list[int]] = []

        def get_all(self, wanted: Mapping[int, str]) -> Mapping[str, bytes]:
            self.taken.append(len(wanted))
            return super().get_all(wanted)

        def get(self, place: int, mark: str) -> bytes:
            self.taken.append(1)
            return super().get(place, mark)

    shelf = Counted()
    past, leaves = Past(shelf), {"a": "one two", "b": "x"}

    def desk() -> Desk:
        desk = Desk(past, leaves)
        read = desk.engine.read
        desk.rule("text", lambda: read("leaf", "a"))
        desk.rule("other", lambda: read("leaf", "b"))
        desk.rule("page", lambda: f"{read('text')} {read('other')}")
        return desk

    assert desk().read("page") == "one two x"
    leaves["b"] = "y"
    engine = desk().engine
    engine.verify()
    shelf.taken.clear()
    engine.foresee([("page",), ("never met",)])
    assert shelf.taken == [2], "`text` and `other`; `page` does not stand"
    assert engine.read("page") == "one two y"
    assert shelf.taken == [2]


def test_a_fork_computes_again_what_it_has_told_and_has_no_room_for() -> None:
    past = Past()
    shout(past, {"a": "one"})
    here, there = Desk(past, {"a": "two"}), Desk(copy.deepcopy(past), {"a": "two"})
    for desk in (here, there):
        desk.rule("text", lambda read=desk.engine.read: read("leaf", "a"))
        desk.rule("page", lambda read=desk.engine.read: read("text").upper())
        desk.engine.verify()
    there.engine.room = 0
    there.engine.part_ways()
    assert there.engine.read("text") == "two"
    here.engine.hear(there.engine.tell())
    assert there.engine.read("page") == "TWO"
    here.engine.hear(there.engine.tell())
    assert there.ran == ["text", "page", "text"]
    assert [here.engine.read("text"), here.engine.read("page"), here.ran] == ["two", "TWO", []]
    finding = past.findings[past.numbers["text",]]
    assert finding.because is not None
    assert finding.because.question == ("leaf", "a")
    assert past.findings[past.numbers["page",]].rules == (past.numbers["text",],)


def test_a_finding_is_small() -> None:
    assert array("I").itemsize == 4
    assert not hasattr(Finding(array("I")), "__dict__")
