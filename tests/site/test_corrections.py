"""The log of corrections: every one of the paper, the newest first, and none of what is not public."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sites import Site, story

TEMPLATE = """
-- templates/corrections.html --
{% for entry in page.corrections %}{{ entry.date | date("short") }} {{ entry.text }} ({{ entry.story.title }})
{% endfor %}
"""
FOOT = "-- templates/story.html --\n{{ site.corrections_url }}"


def corrected(*told: str) -> str:
    """The field of a story that was corrected, as `DAY TEXT`."""
    parted = [each.split(maxsplit=1) for each in told]
    return f"[{', '.join(f'{{date: {day}, text: {text}}}' for day, text in parted)}]"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, TEMPLATE)
    site.write("content/a.md", story("A", corrections=corrected("2026-03-02 First", "2026-03-05 Third")))
    site.write("content/b.md", story("B", corrections=corrected("2026-03-03 Second")))
    site.write("content/c.md", story("C", corrections=corrected("2026-03-04 Secret"), draft="true"))
    site.write("content/d.md", story("D"))
    return site


def log(site: Site) -> list[str]:
    return [line.partition(" ")[2] for line in site.page("/corrections/").strip().split("\n")]


def test_it_holds_all_corrections_of_what_is_public_the_newest_first(site: Site) -> None:
    assert site.build().problems == ()
    assert log(site) == ["Third (A)", "Second (B)", "First (A)"]


def test_it_is_made_again_for_a_correction_or_a_headline_and_for_nothing_else(site: Site) -> None:
    site.build()
    site.write("content/d.md", story("D", body="Another text."))
    assert "/corrections/" not in site.build().rendered
    site.write("content/d.md", story("D", corrections=corrected("2026-03-04 Between")))
    assert "/corrections/" in site.build().rendered
    assert log(site) == ["Third (A)", "Between (D)", "Second (B)", "First (A)"]
    site.write("content/b.md", story("Other", slug="b", corrections=corrected("2026-03-03 Second")))
    site.build()
    assert log(site)[2] == "Second (Other)"
    site.delete("content/a.md")
    site.build()
    assert log(site) == ["Between (D)", "Second (Other)"]


def test_a_page_of_the_sites_own_takes_its_place(site: Site) -> None:
    site.edit(FOOT)
    site.write("content/pages/corrections.md", "---\ntitle: Ours\n---\nText.")
    site.write("templates/page.html", "{{ article.title }}")
    assert site.build().problems == ()
    assert site.page("/corrections/") == "Ours"
    assert site.page("/2026/03/01/a/") == "/corrections/"


def test_a_theme_need_not_have_one(site: Site) -> None:
    site.edit(FOOT)
    site.delete("templates/corrections.html")
    assert site.build().problems == ()
    assert "corrections/index.html" not in site.output()
    assert site.page("/2026/03/01/a/") == ""
