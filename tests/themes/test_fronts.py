"""The front page with any number of stories: no story twice, and nothing without a place."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.sites import Site, story

CONFIG = """
[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "town"
title = "Town"
"""


def _paper(folder: Path, theme: str, stories: int) -> str:
    site = Site(folder, theme="", config=f'theme = "{theme}"\n{CONFIG}')
    for number in range(stories):
        kind = "opinion" if number % 5 == 4 else "news"
        day = f"2026-{number // 28 % 2 + 1:02}-{number % 28 + 1:02}"
        where = ("world", "town")[number % 2]
        site.write(f"content/{where}/story-{number}.md", story(f"Story {number}", day, type=kind))
    assert not site.build().problems
    return site.page("/")


@pytest.mark.parametrize("theme", ["broadsheet", "tabloid"])
@pytest.mark.parametrize("stories", [0, 1, 2, 3, 7, 30, 500])
def test_no_story_stands_twice(tmp_path: Path, theme: str, stories: int) -> None:
    page = _paper(tmp_path, theme, stories)
    links = re.findall(r'href="(/2026/[^"]*/story-\d+/)"', page)
    assert len(links) == len(set(links))
    assert len(links) == stories or len(links) >= 15


@pytest.mark.parametrize("theme", ["broadsheet", "tabloid"])
def test_a_paper_without_stories_says_so(tmp_path: Path, theme: str) -> None:
    page = _paper(tmp_path, theme, 0)
    assert '<p class="empty">No stories yet.</p>' in page
    assert "strip-title" not in page


def test_headings_of_the_front_page_skip_no_level(tmp_path: Path) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", _paper(tmp_path, "broadsheet", 30))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("theme", ["broadsheet", "tabloid"])
def test_a_long_headline_is_set_smaller(tmp_path: Path, theme: str) -> None:
    site = Site(tmp_path, theme="", config=f'theme = "{theme}"\n')
    site.write("content/long.md", story("Long " * 20, "2026-03-02"))
    site.write("content/short.md", story("Short", "2026-03-01"))
    site.build()
    for page in (site.page("/"), site.page("/2026/03/")):
        headlines = re.findall(r'class="teaser-title( long-headline)?"><a href="/2026/03/\d\d/(\w+)/"', page)
        assert headlines == [(" long-headline", "long"), ("", "short")]
