"""The section about previews, from made-up results."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.waits import Waits, judged, section

OURS = Waits(start=0.9, story=0.02, template=0.0604, sheet=0.03, memory=100 << 20, cold=4.0)
HUGO = Waits(start=15.0, story=1.5, template=0.8, sheet=0.1, memory=1000 << 20)


def test_figures_are_judged_by_their_limits() -> None:
    rows = judged({10_000: {"sitegen": OURS, "Hugo": HUGO}})
    assert "| 10,000: start, ms | 1500 | 900 | met |" in rows
    assert "| 10,000: story saved, ms | 40 | 20 | met |" in rows
    assert "| 10,000: template saved, ms | 60 | 60 | **not met** |" in rows
    assert "| 100,000: story saved, ms | 120 |  | not measured |" in rows
    assert "| 1,000 to 10,000: memory of a story, KiB | 4 |  | not measured |" in rows


def test_memory_is_told_for_each_story_more() -> None:
    few, many = (replace(OURS, memory=memory << 20) for memory in (60, 100))
    rows = judged({1_000: {"sitegen": few}, 10_000: {"sitegen": many}, 100_000: {"sitegen": few}})
    assert "| 1,000 to 10,000: memory of a story, KiB | 4 | 4.6 | **not met** |" in rows
    assert "| 10,000 to 100,000: memory of a story, KiB | 4 | -0.5 | met |" in rows


def test_each_size_has_its_table() -> None:
    text = section({10_000: {"sitegen": OURS, "Hugo": HUGO}, 100_000: {"sitegen": replace(OURS, cold=None)}}, 20, "0.1")
    first, second = text.split("### 100,000 stories")
    assert "| story saved, ms | 20 | 1500 | 0.013 |" in first
    assert "| cold start, ms | 4000 |  |  |" in first
    assert "| Hugo | 0.1 |" in first
    assert "| story saved, ms | 20 |  |  |" in second
    assert "| cold start, ms |  |  |  |" in second
