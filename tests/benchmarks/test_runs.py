"""What is made of several rounds."""

from __future__ import annotations

from benchmarks.measure import Cost
from benchmarks.runs import middle


def test_the_round_in_which_memory_is_watched_counts_for_nothing_else() -> None:
    timed = [Cost(wall, wall * 2, 100, 10) for wall in (3.0, 1.0, 2.0)]
    assert middle([*timed, Cost(90.0, 90.0, 300, 99)], 3) == Cost(2.0, 4.0, 300, 10)


def test_who_takes_part_once_was_not_watched() -> None:
    assert middle([Cost(5.0, 6.0, 100, 10)], 3) == Cost(5.0, 6.0, 100, 10)
