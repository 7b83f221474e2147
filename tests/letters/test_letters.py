"""Letters to readers: which stories stand in them, and what mail programs get."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.support.sites import NOW, Site, story

WEEK = ("newsletter", "--since", "7d", "--now", NOW.isoformat())
CONFIG = """timezone = "Europe/Lisbon"
images = { widths = [2], avif_speed = 10 }
cards = { make = "none" }
[[sections]]
slug = "world"
title = "World"
[[sections]]
slug = "town"
title = "Town"
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A paper with a lead that has a picture, stories of two sections and of none, and one of the week before."""
    site = Site(tmp_path / "site", "-- content/storm.jpg --\n", theme="", config=CONFIG)
    image = "{src: /storm.jpg, alt: 'Waves & <foam>'}"
    lead = {"priority": "1", "image": image, "deck": "It *blew*.", "authors": "[Jo]"}
    for path, text in {
        "world/storm": story("A storm & a hat", "2026-03-10", **lead),
        "town/ferry": story("The ferry is late", "2026-03-11 08:00", deck="Again.", image="/storm.jpg"),
        "town/quay": story("The quay is closed", "2026-03-09"),
        "loose": story("Of no section", "2026-03-08", section="''"),
        "world/old": story("Last week", "2026-03-05 08:59"),
    }.items():
        site.write(f"content/{path}.md", text)
    return site


def letter(site: Site, *options: str, name: str = "weekly-2026-03-12") -> tuple[str, str]:
    """The letter of the week as HTML and as plain text."""
    status, _, problems = site.command(*WEEK, "-q", *options)
    assert (status, problems) == (0, "")
    return site.read(f"letters/{name}.html"), site.read(f"letters/{name}.txt")


def headlines(html: str) -> list[str]:
    return [node.text() for node in LexborHTMLParser(html).css("h2.headline, h3")]


def links(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("[href], [src]"):
        yield node.attributes.get("href") or node.attributes.get("src") or ""


def test_the_stories_of_the_week_stand_in_it_by_section(site: Site) -> None:
    html, text = letter(site)
    assert headlines(html) == ["A storm & a hat", "The ferry is late", "The quay is closed", "Of no section"]
    sections = [node.text() for node in LexborHTMLParser(html).css("h2.label")]
    assert sections == ["Town", "More news"]
    places = [text.index(title) for title in headlines(html)]
    assert places == sorted(places)
    assert "Last week" not in html + text


def test_the_title_is_the_subject(site: Site) -> None:
    status, out, _ = site.command(*WEEK, "--format", "json")
    told = json.loads(out)
    assert (status, told["subject"]) == (0, "The Test: A storm & a hat")
    assert told["stories"] == [f"content/{name}.md" for name in ("town/ferry", "world/storm", "town/quay", "loose")]
    assert (told["since"], told["until"]) == ("2026-03-05T09:00:00+00:00", "2026-03-12T09:00:00+00:00")
    assert Path(told["html"]).name == "weekly-2026-03-12.html"
    assert Path(told["text"]).is_file()
    shown = site.command(*WEEK)[1].splitlines()
    assert [Path(line).name for line in shown[:2]] == ["weekly-2026-03-12.html", "weekly-2026-03-12.txt"]
    assert shown[2:] == ["Subject: The Test: A storm & a hat"]


def test_a_mail_program_gets_what_stands_by_itself(site: Site) -> None:
    html, _ = letter(site)
    tree = LexborHTMLParser(html)
    assert tree.css("script, link, form, iframe, [srcset], [loading]") == []
    assert "charset" in html[:200]
    (kept,) = tree.css("style")
    assert re.sub(r"@media [^{]+{(?:[^{}]+{[^{}]*})*\s*}", "", kept.text()).strip() == "", "all else is at the elements"
    assert all("style" in node.attributes for node in tree.css("h1, h2, h3, p, table"))
    assert "prefers-color-scheme: dark" in kept.text()
    assert {urlsplit(link).scheme for link in links(html)} == {"https"}
    assert [node.attributes["alt"] for node in tree.css("img")] == ["Waves & <foam>", ""]
    assert all(node.attributes["role"] == "presentation" for node in tree.css("table"))
    preheader = tree.css_first(".preheader")
    assert preheader is not None
    assert preheader.text() == "The ferry is late · The quay is closed · Of no section"


def test_pictures_of_a_letter_are_on_the_site(site: Site) -> None:
    html, _ = letter(site)
    site.build()
    pictures = [node.attributes["src"] or "" for node in LexborHTMLParser(html).css("img")]
    assert len(pictures) == 2
    assert all(urlsplit(src).path.lstrip("/") in site.output() for src in pictures)


def test_plain_text_is_wrapped_but_for_addresses(site: Site) -> None:
    site.write("content/world/long.md", story("Long", "2026-03-11", deck="Word after word of it. " * 20))
    _, text = letter(site)
    lines = text.splitlines()
    assert max(len(line) for line in lines if not line.startswith("https://")) <= 72
    assert "https://test.example/2026/03/10/storm/" in lines
    assert "A storm & a hat" in lines, "nothing is escaped"
    assert not any(line != line.rstrip() for line in lines)
    assert "\n\n\n" not in text


def test_each_time_the_bytes_are_the_same(site: Site) -> None:
    first = letter(site)
    site.build()
    assert letter(site) == first, "whatever a build has left"
    site.command("newsletter", "--since", "2026-03-05T09:00+00:00", "--now", NOW.isoformat())
    assert letter(site) == first


@pytest.mark.parametrize(
    "fields",
    [
        {"draft": "true"},
        {"date": "2026-03-12 09:00:01"},
        {"expires": "2026-03-12 09:00"},
        {"withdrawn": "true"},
        {"date": ""},
        {"kind": "page"},
    ],
)
def test_what_is_not_public_never_stands_in_a_letter(site: Site, fields: dict[str, str]) -> None:
    site.write("content/world/secret.md", story("The minister resigns", **{"date": "2026-03-11", **fields}))
    assert "minister" not in "".join(letter(site))


def test_letters_that_follow_each_other_have_each_story_once(site: Site) -> None:
    site.write("content/world/edge.md", story("On the edge", "2026-03-12 09:00"))
    assert "On the edge" in headlines(letter(site)[0])
    status, _, _ = site.command("newsletter", "--since", "24h", "--now", "2026-03-13T09:00Z")
    assert status == 3


def test_a_date_begins_with_its_first_instant(site: Site) -> None:
    site.write("content/world/midnight.md", story("At midnight", "2026-03-10"))
    found = {}
    for since in ("2026-03-10", "2026-03-10T00:00:01", "2d"):
        site.command("newsletter", "--since", since, "--now", "2026-03-12T00:00")
        found[since] = "At midnight" in site.read("letters/weekly-2026-03-12.html")
    assert found == {"2026-03-10": True, "2026-03-10T00:00:01": False, "2d": False}


def test_a_period_without_stories_makes_no_letter(site: Site) -> None:
    status, out, problems = site.command("newsletter", "--since", "1d", "--now", "2027-01-01")
    assert (status, out) == (3, "")
    assert problems == "nothing was published between 2026-12-31 00:00 and 2027-01-01 00:00; there is no letter\n"
    assert not (site.folder / "letters").exists()


@pytest.mark.parametrize("since", ["", "week", "7", "7y", "2026-02-30", "-1d"])
def test_what_is_no_period_is_wrong_usage(site: Site, since: str) -> None:
    status, _, problems = site.command("newsletter", f"--since={since}")
    assert status == 2
    assert "is no period; write 24h, 7d, 2w or 2026-03-12" in problems


def test_an_unknown_template_or_language_is_a_problem_with_a_hint(site: Site) -> None:
    status, _, problems = site.command(*WEEK, "--template", "weakly")
    assert status == 1
    assert "there is no template `newsletter/weakly.html`" in problems
    assert "did you mean `newsletter/weekly.html`" in problems
    assert site.command(*WEEK, "--template", "../weekly")[0] == 2
    status, _, problems = site.command(*WEEK, "--language", "fr")
    assert status == 1
    assert "the site is not published in `fr`" in problems


def test_an_error_of_the_site_stops_it(site: Site) -> None:
    site.write("content/world/secret.md", story("Secret", "2026-03-11", drafft="true"))
    status, out, problems = site.command(*WEEK)
    assert (status, out) == (1, "")
    assert "did you mean `draft`" in problems


def test_a_site_may_have_templates_of_its_own(site: Site) -> None:
    site.write("templates/newsletter/story.txt", "* {{ story.title }}\n")
    site.write("templates/newsletter/storms.txt", "{{ letter.name }}: {{ letter.stories | length }}\n\n\n\nend")
    site.write(
        "templates/newsletter/storms.html",
        '<title>\n Storms </title><style>p { color: red }</style><p onclick="x()">{{ letter.lead.feed_body }}<a href="http://[">odd</a></p>',
    )
    body = "[Here](/world/) and [there](ferry.md#x). ![](/storm.jpg)"
    site.write("content/world/storm.md", story("Storm", "2026-03-11", body, priority="1", image="/storm.jpg"))
    site.write("content/world/ferry.md", story("Ferry", "2026-03-01"))
    assert "* The ferry is late" in letter(site)[1].splitlines()
    html, text = letter(site, "--template", "storms", name="storms-2026-03-12")
    assert text == "storms-2026-03-12: 4\n\nend\n"
    assert '<p style="color: red;' in html
    assert "onclick" not in html
    assert list(links(html)) == [
        "https://test.example/world/", "https://test.example/2026/03/01/ferry/#x", "https://test.example/storm.jpg",
        "http://[",
    ]  # fmt: skip


def test_what_fails_in_a_template_has_its_place(site: Site) -> None:
    site.write("templates/newsletter/weekly.txt", "\n{{ letter.leed }}")
    status, _, problems = site.command(*WEEK)
    assert status == 1
    assert "templates/newsletter/weekly.txt:2" in problems
    assert "did you mean `lead`" in problems


def test_a_mail_service_fills_in_its_own_addresses(site: Site) -> None:
    settings = 'web_url = "*|ARCHIVE|*"\nunsubscribe_url = "{{ unsubscribe }}"\nimprint = "Quay 1 & 2"\n'
    site.write("sitegen.toml", f"{site.read('sitegen.toml')}[newsletter]\n{settings}")
    html, text = letter(site)
    assert {"*|ARCHIVE|*", "{{ unsubscribe }}"} <= set(links(html))
    assert {"*|ARCHIVE|*", "{{ unsubscribe }}", "Quay 1 & 2"} <= set(text.splitlines())
    site.write("sitegen.toml", site.read("sitegen.toml").replace("*|ARCHIVE|*", "https://mail.example/{name}/"))
    assert "https://mail.example/weekly-2026-03-12/" in links(letter(site)[0])


def test_each_language_has_letters_of_its_own(site: Site) -> None:
    tables = '[languages.ar]\ntitle = "الجريدة"\nnewsletter = { imprint = "الرصيف" }\n'
    site.write("sitegen.toml", f"{site.read('sitegen.toml')}{tables}")
    site.write("content/ar/world/tide.md", story("المد", "2026-03-11"))
    html, text = letter(site, "--language", "ar", name="weekly-2026-03-12.ar")
    assert headlines(html) == ["المد"]
    assert '<html lang="ar" dir="rtl">' in html
    assert "الأسبوع" in text
    assert "https://test.example/ar/" in text.splitlines()
    assert "المد" not in "".join(letter(site))


def test_the_address_of_the_site_may_be_another(site: Site) -> None:
    html, text = letter(site, "--base-url", "https://other.example/paper")
    assert {urlsplit(link).netloc for link in links(html)} == {"other.example"}
    assert "https://other.example/paper/2026/03/10/storm/" in text.splitlines()


def test_templates_of_letters_change_nothing_of_the_site(site: Site) -> None:
    site.build()
    site.write("templates/newsletter/weekly.html", "<style>p { color: {{ site.params.accent }} }</style>")
    report = site.build()
    assert (report.errors, report.rendered, report.written) == (0, [], [])
