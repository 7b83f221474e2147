"""A day of the archive reads as the paper of that day, and leads to the days beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.sites import Site, story

CONFIG = '[[sections]]\nslug = "town"\ntitle = "Town"\n[[sections]]\nslug = "world"\ntitle = "World"\n'
THEME = """
-- templates/archive.html --
{{ page.title }} {{ page.canonical }}
{% if page.earlier %}<a rel="prev" href="{{ page.earlier.url }}">{{ page.earlier.title }}</a>{% endif %}
{% if page.later %}<a rel="next" href="{{ page.later.url }}">{{ page.later.title }}</a>{% endif %}
{% for link in page.dates %}<a href="{{ link.url }}">{{ link.title }}</a>{% endfor %}
{% if page.front %}lead {{ page.front.lead.title }};
{% for section, stories in page.front.strips %}{{ section.slug }} {{ stories | map(attribute="title") | join(" ") }};
{% endfor %}rest {{ page.front.latest | map(attribute="title") | join(" ") }};{% endif %}
"""
PICTURE = "-- content/p.png --\nx"


def paper(folder: Path, **fields: dict[str, str]) -> Site:
    """A day with stories `A` to `F`, the oldest first; `fields` are more front matter by the name of a story."""
    site = Site(folder, THEME + PICTURE, config=CONFIG)
    for hour, title in enumerate("ABCDEF"):
        where = ("world", "town")[hour % 2] if title != "F" else "."
        more = fields.get(title, {})
        site.write(f"content/{where}/{title}.md", story(title, f"2026-03-11 0{hour}:00", **more))
    return site


def places(site: Site, url: str = "/2026/03/11/") -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"(?=lead )", site.page(url))[1].split(";")[:-1]]


def test_the_lead_stands_first_and_then_the_sections_in_their_order(tmp_path: Path) -> None:
    site = paper(tmp_path, E={"type": "opinion"})
    assert not site.build().problems
    assert places(site) == ["lead F", "town D B", "world C A E", "rest"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["lead F", "town D B", "world E C A", "rest"]),
        ({"B": {"image": "/p.png"}}, ["lead B", "town D", "world E C A", "rest F"]),
        ({"A": {"priority": "1"}, "B": {"priority": "2"}}, ["lead A", "town B D", "world E C", "rest F"]),
        ({"A": {"priority": "1"}, "B": {"pinned": "true"}}, ["lead B", "town D", "world A E C", "rest F"]),
        ({"F": {"type": "opinion"}}, ["lead E", "town D B", "world C A", "rest F"]),
        ({title: {"type": "opinion"} for title in "ABCDEF"}, ["lead F", "town D B", "world E C A", "rest"]),
    ],
)
def test_editors_say_what_led(tmp_path: Path, fields: dict[str, dict[str, str]], expected: list[str]) -> None:
    site = paper(tmp_path, **fields)
    site.build()
    assert places(site) == expected


def test_an_old_paper_stays_as_it_is(tmp_path: Path) -> None:
    site = paper(tmp_path, A={"priority": "1"})
    site.build()
    before = site.page("/2026/03/11/")
    site.write("content/world/later.md", story("Later", "2028-01-01"))
    report = site.build(future=True)
    assert "/2028/01/01/" in report.written
    assert places(site) == ["lead A", "town D B", "world E C", "rest F"]
    assert site.page("/2026/03/11/").replace('<a rel="next" href="/2028/01/01/">January 1, 2028</a>', "") == before


def ways(site: Site, url: str) -> dict[str, str]:
    return dict(re.findall(r'<a rel="(\w+)" href="([^"]*)"', site.page(url)))


def test_each_archive_leads_to_those_beside_it_that_have_stories(tmp_path: Path) -> None:
    site = Site(tmp_path, THEME, config=CONFIG)
    for date in ("2024-05-01", "2026-01-31", "2026-03-01", "2026-03-11"):
        site.write(f"content/world/{date}-a.md", story("A", date))
    site.build()
    assert ways(site, "/2026/03/01/") == {"prev": "/2026/01/31/", "next": "/2026/03/11/"}
    assert ways(site, "/2024/05/01/") == {"next": "/2026/01/31/"}
    assert ways(site, "/2026/03/11/") == {"prev": "/2026/03/01/"}
    assert ways(site, "/2026/03/") == {"prev": "/2026/01/"}
    assert ways(site, "/2026/01/") == {"prev": "/2024/05/", "next": "/2026/03/"}
    assert ways(site, "/2026/") == {"prev": "/2024/"}
    assert '<a href="/2026/03/01/">March 1, 2026</a>' in site.page("/2026/03/")
    assert '<a href="/2026/03/">March</a>' in site.page("/2026/")
    assert "March 11, 2026 https://test.example/2026/03/11/" in site.page("/2026/03/11/")


def test_a_story_on_a_new_day_makes_only_the_days_beside_it_anew(tmp_path: Path) -> None:
    site = Site(tmp_path, THEME, config=CONFIG)
    for day in (1, 2, 5, 6):
        site.write(f"content/world/{day}.md", story(str(day), f"2026-03-0{day}"))
    site.build()
    site.write("content/world/4.md", story("4", "2026-03-04"))
    archives = {url for url in site.build().rendered if re.fullmatch(r"/2026/(\d\d/){0,2}", url)}
    assert archives == {"/2026/", "/2026/03/", "/2026/03/02/", "/2026/03/04/", "/2026/03/05/"}
    site.write("content/world/44.md", story("44", "2026-03-04 10:00"))
    assert not {"/2026/03/02/", "/2026/03/05/"} & {*site.build().rendered}


def test_in_each_language_the_day_has_its_own_paper(tmp_path: Path) -> None:
    site = Site(tmp_path, THEME, config='[languages.fr]\ntitle = "Le Test"\n' + CONFIG)
    site.write("content/world/a.md", story("A", "2026-03-11"))
    for date in ("2026-03-10", "2026-03-11"):
        site.write(f"content/world/{date}-b.fr.md", story(f"B{date[-1]}", date))
    site.build()
    assert places(site, "/fr/2026/03/11/") == ["lead B1", "rest"]
    assert ways(site, "/fr/2026/03/11/") == {"prev": "/fr/2026/03/10/"}
    assert ways(site, "/2026/03/11/") == {}
