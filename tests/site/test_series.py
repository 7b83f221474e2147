"""Series: parts in order, what says so, and what is planned and not public."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.diagnostics import line_reader, render
from tests.support.sites import Site, story

LANDING = "/series/the-dykes/"
NAV = """
{% extends "base.html" %}{% block main %}
{% for series in article.series %}{{ series.title }}: {{ series.part }}/{{ series.parts }}
<{{ series.previous.title if series.previous }}<{{ series.next.title if series.next }}<
{% for part in series.contents %}[{{ part.number }} {{ part.title }}]{% endfor %}{% endfor %}{% endblock %}
"""
PARTS = """
{% extends "base.html" %}{% block main %}{% if page.subject.image %}{{ page.subject.image.alt }}{% endif %}
{{ page.subject.description }} {{ page.date }}
{% for part in page.parts %}[{{ part.number }} {{ part.title_html }} {{ part.story.url }}]{% endfor %}
<{{ page.pager.older }}<{{ page.items | map(attribute="title") | join(" ") }}<{% endblock %}
"""
DATED = {"a": "2026-03-03", "b": "2026-03-01", "c": "2026-03-02"}


def part(number: int | None, title: str = "", name: str = "The dykes") -> str:
    said = {"name": name, "part": number, "title": title}
    return json.dumps({key: value for key, value in said.items() if value})


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, config="page_size = 2")
    site.write("templates/story.html", NAV)
    site.write("templates/series.html", PARTS)
    for name, date in DATED.items():
        site.write(f"content/{name}.md", story(name.upper(), date, series="The dykes"))
    return site


def numbered(site: Site, **numbers: int | None) -> None:
    for name, number in numbers.items():
        site.write(f"content/{name}.md", story(name.upper(), DATED[name], series=part(number)))


def shown(site: Site, url: str = LANDING) -> list[str]:
    """The parts that a page lists."""
    return re.findall(r"\[(.+?)\]", site.page(url))


def test_without_numbers_parts_come_by_date(site: Site) -> None:
    assert site.build().problems == ()
    assert shown(site) == ["1 B /2026/03/01/b/", "2 C /2026/03/02/c/", "3 A /2026/03/03/a/"]
    assert "The dykes: 2/3\n<B<A<\n[1 B][2 C][3 A]" in site.page("/2026/03/02/c/")


def test_numbers_go_before_dates_and_what_has_none_is_counted_on(site: Site) -> None:
    numbered(site, a=1, b=3)
    assert site.build().problems == ()
    assert shown(site) == ["1 A /2026/03/03/a/", "3 B /2026/03/01/b/", "4 C /2026/03/02/c/"]
    assert "The dykes: 3/4\n<A<C<" in site.page("/2026/03/01/b/")
    assert "The dykes: 1/4\n<<B<" in site.page("/2026/03/03/a/")


def test_a_part_has_a_title_of_its_own(site: Site) -> None:
    site.write("content/b.md", story("B", DATED["b"], series=part(1, "Mud & clay")))
    site.build()
    assert shown(site)[0] == "1 Mud &amp; clay /2026/03/01/b/"
    assert "[1 Mud &amp; clay][2 C]" in site.page("/2026/03/03/a/")


def test_a_story_may_be_a_part_of_several_series_in_every_form(site: Site) -> None:
    site.write(
        "content/b.md", story("B", DATED["b"], series=f"[{part(7)}, The coast, The coast, {part(2, 'x', 'Mud')}]")
    )
    assert site.build().problems == ()
    page = " ".join(site.page("/2026/03/01/b/").split())
    assert "The dykes: 7/9 <<C< [7 B][8 C][9 A]" in page
    assert "The coast: 1/1 <<< [1 B]" in page
    assert "Mud: 2/2 <<< [2 x]" in page


def test_a_number_that_there_is_already_is_shown_with_its_place(site: Site) -> None:
    numbered(site, a=2, b=2)
    (problem,) = site.build().problems
    assert render([problem], line_reader(site.folder)).split("\n") == [
        "warning: `content/b.md` is part 2 of `The dykes` already",
        "  --> content/a.md:4:39",
        "   |",
        ' 4 | series: {"name": "The dykes", "part": 2}',
        "   |" + 39 * " " + "^",
        "   = help: give one of them another `part`; until then the older one comes first",
    ]
    assert shown(site)[:2] == ["2 B /2026/03/01/b/", "2 A /2026/03/03/a/"]


def test_a_translation_has_the_number_of_its_story(site: Site) -> None:
    for name in ("a", "b"):
        site.write(
            f"content/{name}.md", story(name, DATED[name], series=part(2), translation="mud", language=f"{name}r")
        )
    assert site.build().problems == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{name: The dykes, part: two}", "`part` is not a whole number"),
        ("{name: The dykes, part: 0}", "`part` is not a number from 1 on"),
        ("{part: 1}", "`series` is not complete"),
        ("{name: The dykes, number: 1}", "unknown key `number` in `series`"),
    ],
)
def test_what_cannot_be_a_part_is_told_at_its_line(site: Site, written: str, message: str) -> None:
    site.write("content/a.md", story("A", DATED["a"], series=written))
    (problem,) = site.build().problems
    assert (problem.message, problem.span.path, problem.span.line) == (message, "content/a.md", 4)
    assert problem.span.column


def test_what_is_planned_is_not_told_of(site: Site) -> None:
    numbered(site, a=1, b=2)
    planned = story("Secret", "2026-03-13", series=part(3, "Hush"))
    site.write("content/c.md", planned)
    site.write("content/series/the-moon.md", "---\nname: The moon\n---\nTo come.\n")
    site.write("content/moon.md", story("Moon", "2026-04-01", series="The moon"))
    site.build(strict=True)
    assert len(shown(site)) == 2
    assert "The dykes: 2/2\n<A<<" in site.page("/2026/03/01/b/")
    told = b"".join(site.output().values())
    assert not [word for word in (b"Secret", b"Hush", b"moon", b"To come") if word in told]
    assert not [url for url in site.output() if "moon" in url]


def test_a_file_describes_a_series(site: Site) -> None:
    profile = "---\nname: The dykes\nbio: Mud.\nimage: {src: dyke.png, alt: A dyke}\n---\nAll of *it*.\n"
    site.write("content/series/dykes.md", profile)
    site.edit("-- content/series/dyke.png --\nx")
    assert site.build().problems == ()
    page = site.page("/series/dykes/")
    assert "A dyke" in page
    assert "Mud." in page
    assert "[1 B /2026/03/01/b/]" in page
    site.write("content/series/dykes.md", profile.replace("Mud.", "Clay."))
    assert site.build().written == ["/series/dykes/"]


def test_stories_may_lie_in_the_folder_of_a_series(site: Site) -> None:
    site.write("content/series/the-dykes/d.md", story("D", "2026-03-04", series="The dykes"))
    site.build()
    assert shown(site)[-1] == "4 D /2026/03/04/d/"


def test_a_long_series_has_pages_that_count_from_the_first_part(site: Site) -> None:
    for number in range(4, 9):
        site.write(f"content/{number}.md", story(f"N{number}", f"2026-02-{number:02}", series=part(number)))
    numbered(site, a=1, b=2, c=3)
    site.build()
    assert [row.split()[0] for row in shown(site)] == ["7", "8"]
    assert [row.split()[0] for row in shown(site, f"{LANDING}page/1/")] == ["1", "2"]
    assert "<A B<" in site.page(f"{LANDING}page/1/")


def test_another_number_changes_the_pages_of_the_series_and_nothing_else(site: Site) -> None:
    numbered(site, a=1, b=2, c=3)
    site.write("content/d.md", story("D", "2026-03-05"))
    site.build()
    numbered(site, a=4)
    report = site.build()
    assert sorted(report.written) == ["/2026/03/01/b/", "/2026/03/02/c/", "/2026/03/03/a/", LANDING]


def test_the_masthead_of_a_series_has_the_day_of_its_newest_part(site: Site) -> None:
    numbered(site, a=1, b=2, c=3)
    site.build()
    assert "2026-03-03" in site.page(LANDING)
