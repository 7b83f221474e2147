"""What an editor wants on a front stands there, for as long as it should, and nothing else is made anew."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build.report import Report
from sitegen.cli import sitegen
from sitegen.content.fronts import read_front
from sitegen.serve.preview import Preview
from sitegen.site.publication import Allow
from tests.oracle.histories import folder
from tests.support.sites import NOW, Site, story

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "fronts.md"
SECOND = timedelta(seconds=1)
CONFIG = '[[sections]]\nslug = "world"\ntitle = "World"\n[[sections]]\nslug = "town"\ntitle = "Town"\n'
THEME = """
-- templates/front.html --
{% set front = site.front() %}
{% for name in ("lead", "secondary", "opinion", "latest", "river", "extra") %}{{ name }}:
{%- for story in front.slot(name) %} {{ story.id }}{% endfor %};
{% endfor %}
{% for section, stories in front.strips %}{{ section.slug }}:{% for story in stories %} {{ story.id }}{% endfor %};
{% endfor %}
-- templates/section.html --
{% set front = page.front %}{% if front %}lead: {{ front.lead.id }};
secondary:{% for story in front.seconds %} {{ story.id }}{% endfor %};
latest:{% for story in front.latest %} {{ story.id }}{% endfor %};
extra:{% for story in front.slot("extra") %} {{ story.id }}{% endfor %};{% endif %}
"""


def paper(folder: Path, stories: int = 9, config: str = "") -> Site:
    """Stories `1`, the oldest, to `9`, by turns of the world and the town; the fifth is opinion."""
    site = Site(folder, THEME, config=config + CONFIG)
    for number in range(1, stories + 1):
        fields = {"id": f'"{number}"', "tags": f"[even {number % 2}]", "type": "opinion" if number == 5 else "news"}
        where = ("world", "town")[number % 2]
        site.write(f"content/{where}/s{number}.md", story(f"Story {number}", f"2026-03-{number:02}", **fields))
    return site


def places(site: Site, url: str = "/") -> dict[str, list[str]]:
    """The ids of stories by place."""
    return {
        name.strip(): ids.split()
        for name, _, ids in (part.partition(":") for part in site.page(url).split(";") if ":" in part)
    }


def wants(site: Site, text: str, name: str = "home", now: datetime = NOW) -> Report:
    site.write(f"content/_fronts/{name}.yaml", text)
    return site.build(now=now)


def test_without_a_file_rules_fill_the_front(tmp_path: Path) -> None:
    site = paper(tmp_path)
    assert not site.build().problems
    found = places(site)
    assert (found["lead"], found["secondary"]) == (["9"], ["8", "7", "6"])
    assert (found["opinion"], found["latest"], found["extra"]) == (["5"], ["4", "3", "2", "1"], [])
    assert places(site, "/world/") == {"lead": ["8"], "secondary": [], "latest": ["6", "4", "2"], "extra": []}


@pytest.mark.parametrize("name", ["'3'", "s3", "town/s3", "town/s3.md", "content/town/s3.md"])
def test_a_story_is_named_by_id_slug_or_path(tmp_path: Path, name: str) -> None:
    site = paper(tmp_path)
    report = wants(site, f"slots:\n  lead: {name}\n")
    assert not report.problems
    assert places(site)["lead"] == ["3"]
    assert places(site)["secondary"] == ["9", "8", "7"]


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("secondary: [s1, s2]", {"secondary": ["1", "2", "8"]}),
        ("secondary: [s1, s2, s3, s4]", {"secondary": ["1", "2", "3", "4"]}),
        ("secondary: {section: World}", {"secondary": ["8", "6", "4"]}),
        ("secondary: {section: world, limit: 1}", {"secondary": ["8"]}),
        ("secondary: {section: town, tag: even 1, type: opinion, limit: 3}", {"secondary": ["5", "8", "7"]}),
        ("secondary: {stories: [s1, {section: town, limit: 2}], limit: 2}", {"secondary": ["1", "9"], "lead": ["8"]}),
        ("opinion: {limit: 0}", {"opinion": [], "latest": ["5", "4", "3", "2", "1"]}),
        ("extra: [s1, {tag: even 0, limit: 2}]", {"extra": ["1", "8", "6"]}),
        ("extra: {type: opinion}", {"extra": ["5"], "opinion": []}),
        ("extra:\n  - {section: town}\n  - {section: town}", {"extra": ["9", "7"], "lead": ["8"]}),
        ("lead: [nothing, s2, s3]", {"lead": ["2"], "secondary": ["9", "8", "7"]}),
        ("lead: {section: town, limit: 5}", {"lead": ["9"]}),
        ("latest: [s9]", {"lead": ["8"], "latest": ["9", "3", "2", "1"]}),
        ("lead: s4\n  extra: [s4, s3]", {"lead": ["4"], "extra": ["3"]}),
        ("extra: [s4, s3]\n  lead: s4", {"lead": ["9"], "extra": ["4", "3"]}),
        ("river: {stories: [s1, s2]}", {"river": ["1", "2"]}),
    ],
)
def test_slots_are_filled_as_the_editor_wants_and_then_by_rules(
    tmp_path: Path, slot: str, expected: dict[str, list[str]]
) -> None:
    site = paper(tmp_path)
    wants(site, f"slots:\n  {slot}\n")
    found = places(site)
    assert {name: found[name] for name in expected} == expected


def test_the_front_of_a_section(tmp_path: Path) -> None:
    site = paper(tmp_path)
    report = wants(site, "slots:\n  lead: s2\n  secondary: [s9, s4]\n  extra: s1\n", "world")
    assert not report.problems
    assert places(site, "/world/") == {"lead": ["2"], "secondary": ["9", "4"], "latest": ["8", "6"], "extra": ["1"]}
    assert places(site)["lead"] == ["9"]


def test_a_section_may_be_called_as_the_front_page_is(tmp_path: Path) -> None:
    site = paper(tmp_path)
    for number in (1, 2):
        site.write(f"content/home/h{number}.md", story("H", f"2026-02-0{number}", id=f"h{number}"))
    assert not wants(site, "slots: {lead: s3}").problems
    assert places(site)["lead"] == ["3"]
    assert places(site, "/home/") == {"lead": ["h2"], "secondary": [], "latest": ["h1"], "extra": []}


def test_each_language_has_fronts_of_its_own(tmp_path: Path) -> None:
    site = paper(tmp_path, config='[languages.fr]\ntitle = "Le Test"\n')
    for number in (1, 2):
        fields = {"id": f"fr{number}", "language": "fr"}
        site.write(f"content/world/f{number}.md", story("Une", f"2026-03-0{number}", **fields))
    report = wants(site, "slots: {lead: f1}", "fr/home")
    assert not report.problems
    assert places(site, "/fr/")["lead"] == ["fr1"]
    assert places(site)["lead"] == ["9"]


# Time


def lead_at(site: Site, now: datetime) -> str:
    site.build(now=now)
    return places(site)["lead"][0]


@pytest.mark.parametrize(
    ("zone", "written", "instant"),
    [
        ("UTC", "2026-03-13 06:00", "2026-03-13T06:00Z"),
        ("America/Los_Angeles", "2026-03-13", "2026-03-13T07:00Z"),
        ("Europe/Copenhagen", "2026-03-29 02:30", "2026-03-29T01:30Z"),  # an hour that does not exist
        ("Europe/Copenhagen", "2026-10-25 02:30", "2026-10-25T00:30Z"),  # an hour that comes twice: the first
    ],
)
@pytest.mark.parametrize("key", ["from", "until"])
def test_a_slot_changes_in_its_second(tmp_path: Path, key: str, zone: str, written: str, instant: str) -> None:
    site = paper(tmp_path, config=f'timezone = "{zone}"\n')
    moment = datetime.fromisoformat(instant)
    report = wants(site, f'slots: {{lead: {{story: s3, {key}: "{written}"}}}}')
    assert report.next_due == moment
    before, after = ("9", "3") if key == "from" else ("3", "9")
    assert lead_at(site, moment - SECOND) == before
    assert lead_at(site, moment) == after
    assert site.build(now=moment).next_due is None
    assert lead_at(site, moment + SECOND) == after


def test_each_story_of_a_slot_has_times_and_so_has_the_slot(tmp_path: Path) -> None:
    site = paper(tmp_path)
    text = """
slots:
  extra:
    until: 2026-03-12 12:00
    stories:
      - {story: s1, until: 2026-03-12 10:00}
      - {story: s2, from: 2026-03-12 11:00}
      - s3
"""
    assert wants(site, text).next_due == NOW + timedelta(hours=1)
    found = []
    for hour in (9, 10, 11, 12):
        site.build(now=datetime(2026, 3, 12, hour, tzinfo=UTC))
        found.append(places(site)["extra"])
    assert found == [["1", "3"], ["3"], ["2", "3"], []]


def due(site: Site, now: datetime) -> tuple[int, dict[str, object]]:
    arguments = ["due", "--exit-code", "--format", "json", "--site", str(site.folder), "--now", now.isoformat()]
    result = CliRunner().invoke(sitegen, arguments)
    return result.exit_code, json.loads(result.stdout)


def test_a_scheduler_is_told_of_slots(tmp_path: Path) -> None:
    site = paper(tmp_path)
    wants(site, "slots: {lead: {story: s3, until: 2026-03-12 10:00}}")
    end = NOW + timedelta(hours=1)
    assert due(site, end - SECOND)[0] == 0
    assert due(site, end - SECOND)[1]["next"] == end.isoformat()
    status, told = due(site, end + SECOND)
    assert status == 3
    assert told["changed"] == [
        {
            "at": end.isoformat(),
            "was": "published",
            "now": "expired",
            "path": "content/_fronts/home.yaml",
            "title": "the slot `lead`",
        }
    ]
    site.build(now=end + SECOND)
    assert due(site, end + 2 * SECOND) == (0, {**told, "due": False, "changed": []} | due(site, end + 2 * SECOND)[1])


def test_a_build_with_nothing_to_do_does_not_miss_the_end_of_a_slot(tmp_path: Path) -> None:
    site = paper(tmp_path)
    wants(site, "slots: {lead: {story: s3, until: 2026-03-12 10:00}}")
    assert site.build(now=NOW + timedelta(minutes=59)).rendered == []
    assert site.build(now=NOW + timedelta(minutes=60)).rendered == ["/"]


# How much is made anew


def test_an_edited_file_makes_its_front_anew_and_nothing_else(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    assert wants(site, "slots: {lead: s3}").rendered == ["/"]
    assert wants(site, "slots: {lead: s4}").rendered == ["/"]
    assert wants(site, "# as before\nslots: {lead: world/s4}").rendered == []
    assert wants(site, "slots: {lead: s4}", "world").rendered == ["/world/"]
    site.delete("content/_fronts/home.yaml")
    assert site.build().rendered == ["/"]
    assert places(site)["lead"] == ["9"]


def test_a_new_story_makes_only_those_fronts_anew_that_show_it(tmp_path: Path) -> None:
    site = paper(tmp_path)
    text = "slots: {lead: {limit: 1, stories: [s9]}, secondary: [s8, s7, s6], extra: {section: town, limit: 2}}"
    wants(site, text)
    wants(site, "slots: {extra: {tag: even 1, limit: 2}}", "world")
    site.write("content/world/new.md", story("New", "2026-03-11", id="new"))
    assert "/town/" not in site.build().rendered
    site.write("content/town/newer.md", story("Newer", "2026-03-11", id="newer", tags="[odd]"))
    report = site.build()
    assert "/" in report.rendered
    assert "/world/" not in report.rendered


def test_why_says_what_has_changed_on_a_front(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    site.write("content/_fronts/home.yaml", "slots: {lead: s3}")
    told = CliRunner().invoke(sitegen, ["why", "/", "--site", str(site.folder), "--now", NOW.isoformat()]).stdout
    assert '`lead` on the front `home` was "content/town/s9.md" and is "content/town/s3.md"' in told


# What nobody may read


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"draft": "true"}, "`content/town/secret.md` is a draft, so it is not shown"),
        ({"date": "2026-03-14 07:00"}, "`content/town/secret.md` is not published yet"),
        ({"expires": "2026-03-11"}, "`content/town/secret.md` has expired"),
        ({"withdrawn": "true"}, "`content/town/secret.md` was withdrawn"),
    ],
)
def test_what_is_not_public_stays_so_and_is_told_at_its_line(tmp_path: Path, fields: dict[str, str], told: str) -> None:
    site = paper(tmp_path)
    site.write("content/town/secret.md", story("Umbrage", **fields))
    report = wants(site, "slots:\n  lead: secret\n")
    assert [(problem.code, problem.severity) for problem in report.problems] == [("unpublished-story", "warning")]
    assert report.problems[0].message.startswith(told)
    assert (report.problems[0].span.line, report.problems[0].span.column) == (2, 9)
    assert places(site)["lead"] == ["9"]
    assert "Umbrage" not in site.page("/")


@pytest.mark.parametrize("name", ["'77'", "secret", "town/secret", "content/town/secret.md"])
def test_a_draft_is_known_by_each_of_its_names(tmp_path: Path, name: str) -> None:
    site = paper(tmp_path)
    site.write("content/town/secret.md", story("Umbrage", id='"77"', draft="true"))
    assert [problem.code for problem in wants(site, f"slots: {{lead: {name}}}").problems] == ["unpublished-story"]


def test_a_slot_that_waits_may_name_a_story_that_waits(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.write("content/town/secret.md", story("Umbrage", "2026-03-13 07:00", id="secret"))
    report = wants(site, "slots: {lead: {story: secret, from: 2026-03-13 07:00}}")
    assert not report.problems
    assert report.next_due == NOW + timedelta(hours=22)
    assert lead_at(site, NOW + timedelta(hours=22)) == "secret"
    assert wants(site, "slots: {lead: secret}").problems[0].hint.startswith("add `from: 2026-03-13 07:00`")


SECRETS = {"draft": {"draft": "true"}, "late": {"date": "2027-01-01"}, "gone": {"expires": "2026-01-02"}}
NAMES = st.sampled_from([*(f"s{number}" for number in range(1, 10)), *SECRETS, "nothing"])
QUERIES = st.sampled_from(["{section: town}", "{section: world, limit: 3}", "{tag: even 1, limit: 2}", "{type: news}"])
SLOTS = st.dictionaries(
    st.sampled_from(["lead", "secondary", "opinion", "latest", "river", "extra"]), st.lists(NAMES | QUERIES, max_size=4)
)


@settings(max_examples=30, deadline=None)
@given(SLOTS)
def test_no_story_stands_twice_and_none_that_is_not_public(slots: dict[str, list[str]]) -> None:
    with folder() as place:
        site = paper(place / "site")
        for name, fields in SECRETS.items():
            site.write(f"content/town/{name}.md", story("Secret", **{"id": name, "date": "2026-01-01", **fields}))
        lines = "".join(f"  {name}: [{', '.join(items)}]\n" for name, items in slots.items())
        wants(site, f"slots:\n{lines}")
        shown = [each for stories in places(site).values() for each in stories]
        assert len(shown) == len(set(shown))
        assert set(shown) == {str(number) for number in range(1, 10)}


def test_the_guide_shows_files_that_can_be_read() -> None:
    shown = re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(shown) >= 2
    assert [read_front("home.yaml", text.encode(), UTC).problems for text in shown] == [()] * len(shown)


def test_a_preview_follows_the_file(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.build()
    preview = Preview(tmp_path, Allow(), NOW)
    preview.look()
    assert b"lead: 9;" in preview.answer("/").body
    site.write("content/_fronts/home.yaml", "slots: {lead: s3, secondary: nothing}")
    assert preview.look(["content/_fronts/home.yaml"])
    assert b"lead: 3;" in preview.answer("/").body
    assert [problem.code for problem in preview.problems] == ["unknown-story"]
    site.delete("content/_fronts/home.yaml")
    preview.look(["content/_fronts/home.yaml"])
    assert b"lead: 9;" in preview.answer("/").body
    assert preview.problems == ()
    preview.close()


# What is breaking

BANNER = """
-- templates/fragments/breaking.html --
{% set news = site.breaking %}{% if news %}{{ news.text }} > {{ news.url }} until {{ news.until | iso }}{% endif %}
"""


def banner(site: Site) -> str:
    return site.page("/fragments/breaking.html").strip()


def test_what_is_breaking_stands_in_a_fragment_from_its_second_to_its_last(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.edit(BANNER)
    site.build()
    text = "breaking: {text: The lamp is out, story: s3, from: 2026-03-12 10:00, until: 2026-03-12 12:00}"
    assert wants(site, text).next_due == NOW + timedelta(hours=1)
    found = []
    for hours in (1, 3):
        for seconds in (-1, 0, 1):
            report = site.build(now=NOW + timedelta(hours=hours, seconds=seconds))
            found.append(("The lamp is out" in banner(site), report.rendered))
    changed = ["/fragments/breaking.html"]
    assert found == [(False, []), (True, changed), (True, []), (True, []), (False, changed), (False, [])]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The lamp is out", "The lamp is out >  until"),
        ("{story: s3}", "Story 3 > /2026/03/03/s3/ until"),
        ("{text: Out, url: /world/}", "Out > /world/ until"),
        ("{text: Out, url: https://a.example/b}", "Out > https://a.example/b until"),
        ("{text: Out, story: s3, until: 2026-03-13}", "Out > /2026/03/03/s3/ until 2026-03-13T00:00:00+00:00"),
        ("false", ""),
        ("", ""),
    ],
)
def test_the_line_says_a_text_or_a_title_and_leads_somewhere_or_nowhere(
    tmp_path: Path, written: str, expected: str
) -> None:
    site = paper(tmp_path)
    site.edit(BANNER)
    report = wants(site, f"breaking: {written}\n")
    assert not report.problems
    assert banner(site) == expected


def test_of_a_story_that_is_not_public_the_line_says_nothing(tmp_path: Path) -> None:
    site = paper(tmp_path)
    site.edit(BANNER)
    site.write("content/town/secret.md", story("Umbrage", draft="true"))
    assert [problem.code for problem in wants(site, "breaking: {story: secret}").problems] == ["unpublished-story"]
    assert banner(site) == ""
    report = wants(site, "breaking: {text: Wait, story: secret}")
    assert [problem.code for problem in report.problems] == ["unpublished-story"]
    assert banner(site) == "Wait >  until"


def test_setting_the_line_makes_no_page_anew_but_the_front(tmp_path: Path) -> None:
    site = Site(tmp_path, theme="", config=CONFIG)
    for number in range(9):
        site.write(f"content/world/s{number}.md", story(f"S{number}", f"2026-03-0{number + 1}"))
    site.build()
    fragments = ["/", "/fragments/breaking.html", "/fragments/edition.html"]
    assert wants(site, "breaking: {text: The lamp is out, until: 2026-03-12 12:00}").rendered == fragments
    page = site.page("/")
    assert '<div class="breaking" role="status" data-until="2026-03-12T12:00:00+00:00">' in page
    assert site.build(now=NOW + timedelta(hours=3)).rendered == fragments
    assert "The lamp is out" not in "".join(site.page(url) for url in fragments)
