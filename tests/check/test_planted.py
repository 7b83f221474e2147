"""Every planted fault is found at its line, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sitegen.check.desk import CheckOptions, check
from sitegen.check.registry import RULES
from sitegen.errors import Problem
from tests.check.planted import FAULTS, planted
from tests.support.sites import NOW, Site


def place(problem: Problem, site: Site) -> tuple[str, str, str]:
    """Code, file and line of a problem, as in the list of faults."""
    path, number = problem.span.path, problem.span.line
    text = site.read(path).split("\n")[number - 1] if number else ""
    starts = [start for code, file, start in FAULTS if (code, file) == (problem.code, path) and text.startswith(start)]
    return problem.code, path, max(starts, key=len, default=text)


def test_every_fault_is_found_at_its_line(tmp_path: Path) -> None:
    site = planted(tmp_path)
    assert len(FAULTS) > 50
    found = Counter(place(problem, site) for problem in check(site.folder, CheckOptions(NOW)).problems)
    assert found - Counter(FAULTS) == Counter()
    assert Counter(FAULTS) - found == Counter()
    assert not (site.folder / "output").exists()


def test_what_was_built_or_checked_before_makes_no_difference(tmp_path: Path) -> None:
    site = planted(tmp_path)
    first = check(site.folder, CheckOptions(NOW)).problems
    assert site.build().published
    assert check(site.folder, CheckOptions(NOW)).problems == first
    assert check(site.folder, CheckOptions(NOW, jobs=2)).problems == first


def test_most_rules_are_planted() -> None:
    elsewhere = {"leak", "leaked-file", "dead-link", "missing-summary", "single-use-tag"}
    assert RULES.keys() - {code for code, _, _ in FAULTS} == elsewhere
