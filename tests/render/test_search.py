"""The search page and its indexes: outputs like any other, one index for each year, nothing done twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.builds import clean_tree
from tests.support.sites import Site, story

SEARCH = """
-- templates/search.html --
{{ site.search_url }} {{ site.search_indexes | join(" ") }}
"""
WITHOUT_PAGEFIND = """
import sys
sys.modules["pagefind_bin"] = sys.modules["pagefind_bin_extended"] = None
from sitegen.cli import main
main()
"""
A, B, PAGE = "content/a.md", "content/b.md", "content/pages/about.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site", SEARCH, config="[search]\nenable = true\n")
    site.write(A, story("A dyke", "2025-03-01", "The *water* rose.\n\n## Later\n\nIt fell."))
    site.write(B, story("B lamp", "2026-03-01", "The lamp went out."))
    site.write(PAGE, story("About us", "", "We print what we know.", kind="page"))
    return site


def shards(site: Site) -> set[str]:
    return {path.split("/")[1] for path in site.output() if path.startswith("pagefind/")}


def test_each_year_has_an_index_and_so_has_what_is_undated(site: Site) -> None:
    assert not site.build().problems
    assert shards(site) == {"2025", "2026", "undated"}
    assert site.page("/search/").split() == ["/search/", "/pagefind/2026/", "/pagefind/2025/", "/pagefind/undated/"]
    names = {
        re.sub(r"_[0-9a-f]{7,}", "", path.removeprefix("pagefind/2025/")) for path in site.output() if "/2025/" in path
    }
    assert {"pagefind.js", "pagefind-entry.json", "index/en.pf_index", "fragment/en.pf_fragment"} <= names
    assert not [name for name in names if "ui" in name]


def test_a_new_story_changes_the_index_of_its_year_only(site: Site) -> None:
    site.build()
    site.write("content/c.md", story("C", "2026-03-02", "The lamp was lit."))
    written = [url for url in site.build().written if url.startswith("/pagefind/")]
    assert written
    assert {url.split("/")[2] for url in written} == {"2026"}


def test_what_no_index_shows_makes_none(site: Site) -> None:
    site.build()
    site.write(B, story("B lamp", "2026-03-01", "The lamp went out.", kicker="Coast"))
    assert not [url for url in site.build().rendered if url.startswith("/pagefind/")]
    again = site.build()
    assert (again.rendered, again.written) == ([], [])


def edits(site: Site) -> list[Callable[[], None]]:
    return [
        lambda: site.write(A, story("A dyke!", "2025-03-01", "The water rose.")),
        lambda: site.write(A, story("A dyke!", "2026-04-01", "The water rose.")),
        lambda: site.write(A, story("A dyke!", "2026-02-01", "The water rose.", noindex="true")),
        lambda: site.write(PAGE, story("About us", "", "We print all we know.", kind="page")),
        lambda: site.write(B, story("B", "2026-03-01", "Out.", draft="true")),
        lambda: site.delete(PAGE),
        lambda: site.write("sitegen.toml", 'theme = "plain"\nlanguage = "de"\n[search]\nenable = true\n'),
        lambda: site.write("sitegen.toml", 'theme = "plain"\nlanguage = "de"\n'),
    ]


def test_after_each_edit_the_bytes_are_those_of_a_clean_build(site: Site, tmp_path: Path) -> None:
    site.build()
    for edit in edits(site):
        edit()
        assert not site.build().errors
        assert site.output() == clean_tree(site, tmp_path / "clean")
    assert shards(site) == set()


def test_a_file_of_an_index_that_somebody_removed_or_changed_comes_back(site: Site) -> None:
    site.build()
    before = site.output()
    entry, script = (f"output/pagefind/2025/{name}" for name in ("pagefind-entry.json", "pagefind.js"))
    site.delete(entry)
    site.write(script, "by hand")
    assert sorted(site.build().written) == ["/pagefind/2025/pagefind-entry.json", "/pagefind/2025/pagefind.js"]
    assert site.output() == before


def test_a_dry_run_says_what_would_be_written(site: Site) -> None:
    report = site.build(dry_run=True)
    assert "/pagefind/2025/pagefind.js" in report.written
    assert not (site.folder / "output").exists()


def test_without_pagefind_the_site_is_built_and_a_warning_says_what_to_install(site: Site) -> None:
    status, _, said = site.command("build", code=WITHOUT_PAGEFIND)
    assert status == 0
    assert "warning: search is switched on" in said
    assert "sitegen[search]" in said
    assert shards(site) == set()
    assert site.page("/search/").split() == ["/search/"]


def test_without_the_setting_there_is_no_search_page(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- templates/404.html --\n[{{ site.search_url }}]")
    site.build()
    assert site.page("/404.html") == "[]"
    assert "search/index.html" not in site.output()


def test_two_files_in_one_place_are_an_error(site: Site) -> None:
    site.write("content/pagefind", "in the way")
    assert {problem.code for problem in site.build().problems} == {"same-url"}
