"""The page of figures from made-up results: ratios, what takes part, and whether what was asked for is met."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.asked import TARGETS, asked
from benchmarks.distribution import WAYS
from benchmarks.distribution import section as distribution
from benchmarks.measure import Cost
from benchmarks.publishing import kind_of
from benchmarks.report import page
from benchmarks.runs import NOTHING, VERSION, Result, StartUp, rounds
from benchmarks.scenarios import SCENARIOS
from benchmarks.sections import PREVIEW, READERS, with_section, with_sections_of
from benchmarks.sites import THEMES

HUGO = Cost(wall=10.0, cpu=20.0, memory=1000 * 2**20, files=12_000)
OURS = Cost(wall=0.25, cpu=0.5, memory=300 * 2**20, files=80)
PELICAN = Cost(wall=100.0, cpu=100.0, memory=500 * 2**20, files=11_000)
STARTS = [StartUp(VERSION, 0.050, 0.040), StartUp(NOTHING, 0.150, None)]


def result(size: int, ours: Cost, *peers: str) -> Result:
    """Every scenario costs the same; `peers` take part, Pelican in the cold build only."""
    costs = {scenario: dict.fromkeys(THEMES, ours) for scenario in SCENARIOS}
    for scenario in SCENARIOS if "Hugo" in peers else ():
        costs[scenario]["Hugo"] = HUGO
    if "Pelican" in peers:
        costs["cold"]["Pelican"] = PELICAN
    return Result(size, rounds(size, 3), costs, dict.fromkeys((*peers, *THEMES), 12_345))


STANDARD = result(10_000, OURS, "Hugo", "Pelican")
LARGE = result(100_000, replace(OURS, wall=2.5, memory=2**30))


def verdicts(text: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    """The rows of the table of what was asked for: limit, figure and verdict by what and theme."""
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in text.splitlines() if "|" in line]
    return {(what, theme): (most, seen, verdict) for what, theme, most, seen, verdict in rows[2:]}


def test_figures_are_judged_by_their_limits() -> None:
    rows = verdicts(asked([STANDARD, LARGE], STARTS))
    assert rows["10,000: cold", "baked"] == ("0.6 × Hugo", "0.025 × Hugo", "met")
    assert rows["10,000: peak memory", "shared"] == ("0.4 × Hugo", "0.3 × Hugo", "met")
    assert rows["10,000: files written, story added", "baked"] == ("all that changed", "80", "")
    assert rows["10,000: files written, story added", "shared"] == ("80", "80", "met")
    assert rows["10,000: cold (five times as fast)", "baked"] == ("0.2 × Pelican", "0.0025 × Pelican", "met")
    assert rows["100,000: cold time of a story", "baked"] == ("1.15 × that at 10,000", "1 × that at 10,000", "met")
    assert rows["100,000: nothing changed", "baked"] == ("2.5 s", "2.5 s", "met")
    assert rows["100,000: peak memory", "shared"] == ("1 GiB", "1 GiB", "met")
    assert rows["`sitegen --version`", ""] == ("60 ms", "50 ms", "met")
    assert rows["100: build with nothing to do", "baked"] == ("150 ms", "150 ms", "met")
    assert "25 met, 0 not met, 0 not measured" in asked([STANDARD, LARGE], STARTS)


def test_what_misses_its_limit_is_told() -> None:
    rows = verdicts(asked([result(10_000, replace(OURS, wall=4.05, files=81), "Hugo")], STARTS))
    assert rows["10,000: cold", "baked"][2] == "met"
    assert rows["10,000: story added", "baked"] == ("0.4 × Hugo", "0.405 × Hugo", "**not met**")
    assert rows["10,000: files written, story added", "shared"] == ("80", "81", "**not met**")


def test_one_bad_scenario_is_the_peak() -> None:
    touched = {**STANDARD.costs["template touched"], "baked": replace(OURS, memory=HUGO.memory)}
    rows = verdicts(asked([replace(STANDARD, costs={**STANDARD.costs, "template touched": touched})], STARTS))
    assert rows["10,000: peak memory", "baked"] == ("0.4 × Hugo", "1 × Hugo", "**not met**")
    assert rows["10,000: peak memory", "shared"][2] == "met"


def test_what_was_not_measured_is_not_met_either() -> None:
    text = asked([result(100, OURS)], [])
    assert {verdict for *_, verdict in verdicts(text).values()} == {"not measured"}
    assert f"0 met, 0 not met, {sum(len(target.most) for target in TARGETS)} not measured" in text


def test_a_size_shows_ratios_then_figures_then_who_was_built_once() -> None:
    text = page({"date": "today"}, [STANDARD], STARTS)
    [ratios, figures, once] = text.partition("## 10,000 stories")[2].partition("## Cold time")[0].split("\n\n| | ")[1:]
    assert "| body edited | 0.025 | 0.025 | 0.025 | 0.025 | 0.30 | 0.30 | 0.0067 | 0.0067 |" in ratios
    assert "| cold | 10.00 | 0.25 | 0.25 | 20.00 | 0.50 | 0.50 | 1000 | 300 | 300 | 12,000 | 80 | 80 |" in figures
    assert "| wall, s | 100.00 | 0.25 | 0.25 | 0.0025 | 0.0025 |" in once
    assert "Pelican" not in ratios + figures.partition("\n\n")[0]
    assert "Medians of 3 rounds. HTML files: Hugo 12,345, Pelican 12,345, baked 12,345, shared 12,345." in text


def test_without_peers_there_are_no_ratios() -> None:
    text = page({}, [LARGE], [replace(start, hugo=None) for start in STARTS])
    part = text.partition("## 100,000 stories")[2].partition("## Cold time")[0]
    assert "Medians of one round." in part
    assert "×" not in part
    assert "| cold | 2.50 | 2.50 | 0.50 | 0.50 | 1024 | 1024 | 80 | 80 |" in part


def test_the_time_of_a_story_is_compared_with_the_standard_size() -> None:
    sizes = [result(10_000, replace(OURS, wall=20.0)), result(100_000, replace(OURS, wall=250.0))]
    text = page({}, sizes, STARTS)
    assert "| 10,000 stories | 2.00 | 2.00 | 1.00 | 1.00 |" in text
    assert "| 100,000 stories | 2.50 | 2.50 | 1.25 | 1.25 |" in text


@pytest.mark.parametrize(("size", "times"), [(1000, 3), (10_000, 3), (100_000, 1)])
def test_a_large_size_is_gone_through_once(size: int, times: int) -> None:
    assert rounds(size, 3) == times
    assert rounds(size, 1) == 1


def test_the_sections_of_other_commands_stay_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "performance.md"
    assert with_sections_of("# Performance\n", file) == "# Performance\n"
    file.write_text(with_section("# Performance\n\nOld figures.\n", READERS, f"{READERS}\n\n100\n"), encoding="utf-8")
    page = with_sections_of("# Performance\n\nNew figures.\n", file)
    assert page == f"# Performance\n\nNew figures.\n\n{READERS}\n\n100\n"
    page = with_section(page, PREVIEW, f"{PREVIEW}\n\n40 ms\n")
    assert page == f"# Performance\n\nNew figures.\n\n{PREVIEW}\n\n40 ms\n\n{READERS}\n\n100\n"
    assert with_section(page, PREVIEW, f"{PREVIEW}\n\n30 ms") == page.replace("40", "30")


def test_what_publishing_a_story_writes_is_told_by_kind() -> None:
    urls = ["/2026/01/01/a/", "/2026/01/01/", "/", "/tags/b/", "/feed.xml", "/404.html", "/pagefind/2026/x.pf"]
    assert [kind_of(url) for url in urls] == [
        "stories", "lists", "lists", "lists", "feeds, sitemaps, others", "feeds, sitemaps, others", "search index",
    ]  # fmt: skip


@pytest.mark.parametrize(("feeds", "verdict"), [(0.5, "met"), (2.0, "**not met**")])
def test_the_share_of_feeds_and_sitemaps_is_what_builds_without_them_take_less(feeds: float, verdict: str) -> None:
    seconds = dict(zip(WAYS, (10.0, 10 - feeds, 9.5 - feeds), strict=True))
    text = distribution(seconds, size=10_000, tags=500, runs=3, load=1.0)
    assert f"| {feeds / 10:.1%} | 5.0% | {feeds / 10 + 0.05:.1%} | {verdict} |" in text
