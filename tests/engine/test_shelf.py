"""Values that were taken from a shelf not long ago."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.engine.shelf import Loaded, Memory
from sitegen.plain import digest, pack


class Counted(Memory):
    """A shelf that knows how often somebody took something from it."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def get(self, place: int, mark: str) -> bytes:
        self.taken += 1
        return super().get(place, mark)


def put(shelf: Memory, value: Any) -> tuple[int, str]:
    data = pack(value)
    return shelf.put(data), digest(data)


def test_a_value_is_taken_once() -> None:
    shelf, loaded = Counted(), Loaded()
    place = put(shelf, ["a", "b"])
    assert [loaded.value(shelf, *place, list[str]) for _ in range(3)] == [["a", "b"]] * 3
    assert shelf.taken == 1


def test_values_are_known_by_what_they_are_and_not_by_where_they_lie() -> None:
    shelf, loaded = Counted(), Loaded()
    one, other = put(shelf, 1), put(shelf, 2)
    assert [loaded.value(shelf, *place, int) for place in (one, other, one, other)] == [1, 2, 1, 2]
    assert loaded.value(shelf, *one, float) == 1.0
    assert isinstance(loaded.value(shelf, *one, float), float)
    assert isinstance(loaded.value(shelf, *one, int), int)


def test_nothing_is_a_value_too() -> None:
    shelf, loaded = Counted(), Loaded()
    assert loaded.value(shelf, *put(shelf, None), type(None)) is None


def test_more_than_there_is_room_for_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Loaded, "room", 100)
    shelf, loaded = Counted(), Loaded()
    places = [put(shelf, str(number) * 30) for number in range(4)]
    for _ in range(2):
        assert [loaded.value(shelf, *place, str) for place in places] == [str(number) * 30 for number in range(4)]
    assert shelf.taken == 8
    last = places[-1]
    assert loaded.value(shelf, *last, str) == "3" * 30
    assert shelf.taken == 8
    loaded.clear()
    assert loaded.value(shelf, *last, str) == "3" * 30
    assert shelf.taken == 9


def test_what_is_larger_than_the_room_can_be_had() -> None:
    shelf, loaded = Counted(), Loaded()
    value = "x" * (Loaded.room + 1)
    assert loaded.value(shelf, *put(shelf, value), str) == value


def test_what_is_foreseen_is_taken_at_once() -> None:
    shelf, loaded = Counted(), Loaded()
    places = [put(shelf, number) for number in range(3)]
    loaded.foresee(shelf, dict(places[:2]))
    assert [loaded.value(shelf, *place, int) for place in places] == [0, 1, 2]
    assert shelf.taken == 1


def test_a_shelf_upon_another_gives_what_lies_on_both() -> None:
    below = Memory()
    low = put(below, "low")
    above = Memory(below)
    high = put(above, "high")
    assert above.get_all(dict([low, high])) == {low[1]: pack("low"), high[1]: pack("high")}
    assert above.get_all(dict([low])) == {low[1]: pack("low")}
    assert above.get_all({}) == {}
