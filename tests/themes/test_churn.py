"""Publishing one story with broadsheet: how many files are written does not depend on how many stories there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.build.report import Report
from tests.support.sites import Site, story

SECTIONS = ("world", "town", "sport", "arts")
CONFIG = "".join(f'[[sections]]\nslug = "{slug}"\ntitle = "{slug.title()}"\n' for slug in SECTIONS)
MOST = 80
"""What a newspaper with 10,000 stories may write (docs/performance.md has the figure)."""


def _story(number: int) -> str:
    """One of several stories a day, on one of the subjects that every newspaper has."""
    day = f"2025-{number // 28 % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:00"
    tags = f"[subject {number % 17}, place {number % 11}]"
    return story(f"Story {number}", day, tags=tags, authors=f"[writer {number % 5}]")


def _published(folder: Path, stories: int) -> tuple[Site, Report]:
    """A paper of so many stories, and what the build of one more did."""
    site = Site(folder, theme="", config=f"archives = 'day'\n{CONFIG}[newsletter]\naction = '/subscribe'\n")
    for number in range(stories):
        site.write(f"content/{SECTIONS[number % 4]}/story-{number}.md", _story(number))
    assert not site.build().problems
    site.write("content/world/new.md", story("New", "2026-03-01", tags="[subject 1, place 2]", authors="[writer 3]"))
    return site, site.build()


def _others(report: Report) -> list[str]:
    """All that was written but stories; which day and month come before the new one is not told."""
    urls = set(report.written) - _stories(report)
    return sorted(re.sub(r"^/2025(/\d\d)?(/\d\d)?/$", "before", url) for url in urls)


def _stories(report: Report) -> set[str]:
    return {url for url in report.written if re.fullmatch(r"/\d{4}/\d\d/\d\d/[^/]+/", url)}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Site, Report]]:
    """By the number of their stories."""
    folder = tmp_path_factory.mktemp("papers")
    return {stories: _published(folder / str(stories), stories) for stories in (100, 300)}


def test_all_that_a_larger_paper_writes_more_are_a_few_stories(papers: dict[int, tuple[Site, Report]]) -> None:
    small, large = (papers[stories][1] for stories in (100, 300))
    assert _others(small) == _others(large)
    assert len(_stories(large)) <= 20
    assert len(large.written) <= MOST


def test_of_all_stories_only_those_that_name_the_new_one_are_written(papers: dict[int, tuple[Site, Report]]) -> None:
    site, report = papers[300]
    new = "/2026/03/01/new/"
    written = _stories(report)
    assert new in written
    assert len(written) > 1
    for url in written - {new}:
        assert f'href="{new}"' in site.page(url), url
