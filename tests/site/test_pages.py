"""Stable pagination: what has a number never changes, and every link leads somewhere."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.site.pages import numbered_pages, stories_of_page
from tests.support.sites import Site, story

MOST = 200


@settings(max_examples=20)
@given(st.integers(1, 40))
def test_numbered_pages_are_full_and_never_change(size: int) -> None:
    stories = [str(number) for number in range(MOST, 0, -1)]
    earlier: dict[int, tuple[str, ...]] = {}
    for count in range(1, MOST + 1):
        newest_first = stories[MOST - count :]
        pages = {
            number: stories_of_page(newest_first, size, number) for number in range(1, numbered_pages(count, size) + 1)
        }
        index = stories_of_page(newest_first, size, None)
        assert earlier.items() <= pages.items()
        assert all(len(page) == size for page in pages.values())
        assert len(index) == count if count < size else size <= len(index) < 2 * size
        assert [*index, *(path for number in sorted(pages, reverse=True) for path in pages[number])] == newest_first
        earlier = pages


LIST = """
-- templates/list.html --
{% set pager = page.pager %}{% for item in page.items %}{{ item.title }} {% endfor %}
{% for url in [pager.older, pager.newer, pager.first] if url %}<a href="{{ url }}">x</a>{% endfor %}
-- templates/front.html --
<a href="{{ page.pager.older or "/" }}">x</a>
"""


def test_stories_added_one_at_a_time_never_change_a_numbered_page_nor_break_a_link(tmp_path: Path) -> None:
    site = Site(tmp_path, LIST, config="page_size = 2\n")
    fixed: dict[str, bytes] = {}
    for number in range(1, 13):
        site.write(f"content/world/{number}.md", story(str(number), f"2026-02-{number:02}", tags="[t]"))
        report = site.build()
        output = site.output()
        numbered = {path: data for path, data in output.items() if "/page/" in f"/{path}" and b"refresh" not in data}
        assert fixed.items() <= numbered.items()
        assert not fixed.keys() & {f"{url[1:]}index.html" for url in report.rendered}
        fixed = numbered
        links = {url for data in output.values() for url in re.findall(r'<a href="/([^"]*)"', data.decode())}
        assert {f"{url}index.html" for url in links} <= output.keys()
    assert sorted(path for path in fixed if path.startswith("tags/")) == [
        f"tags/t/page/{number}/index.html" for number in range(1, 6)
    ]


def test_newer_of_the_last_numbered_page_leads_to_the_index(tmp_path: Path) -> None:
    site = Site(tmp_path, LIST, config="page_size = 2\n")
    for number in range(1, 6):
        site.write(f"content/world/{number}.md", story(str(number), f"2026-02-{number:02}"))
    site.build()
    assert "2 1" in site.page("/world/page/1/")
    assert 'href="/world/page/2/"' in site.page("/world/page/1/")
    assert "https://test.example/world/" in site.page("/world/page/2/")
    assert 'href="/world/page/1/"' in site.page("/world/")
    assert re.findall(r"\d", site.page("/world/").partition("<a")[0]) == ["5", "4", "3"]


def test_an_index_shows_between_one_and_two_pages(tmp_path: Path) -> None:
    site = Site(tmp_path, LIST, config="page_size = 3\n")
    shown = []
    for number in range(1, 10):
        site.write(f"content/world/{number}.md", story("T", f"2026-02-{number:02}"))
        site.build()
        shown.append(site.page("/world/").count("T "))
    assert shown == [1, 2, 3, 4, 5, 3, 4, 5, 3]
    assert all(later - earlier in (1, -2) for earlier, later in pairwise(shown))
