"""How the headings of a live blog's entries are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sitegen.content.live import Coverage, EntryHeading, Mistake, last_entry, read_heading, read_marks
from tests.support.reading import article

BERLIN = Coverage(date(2026, 3, 12), ZoneInfo("Europe/Berlin"))


def heading(text: str, coverage: Coverage = BERLIN) -> EntryHeading:
    found = read_heading(text, coverage)
    assert isinstance(found, EntryHeading)
    return found


@pytest.mark.parametrize(
    ("text", "instant", "headline"),
    [
        ("14:05 The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("9:05 The quay", "2026-03-12T09:05:00+01:00", "The quay"),
        ("14:05:30 The quay", "2026-03-12T14:05:30+01:00", "The quay"),
        ("2:05 pm The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("2:05 p.m.: The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("14:05 – The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("14:05 --- The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("14:05 | The quay", "2026-03-12T14:05:00+01:00", "The quay"),
        ("14:05 -3 degrees", "2026-03-12T14:05:00+01:00", "-3 degrees"),
        ("2026-03-13 00:10 The quay", "2026-03-13T00:10:00+01:00", "The quay"),
        ("2026-03-13T00:10 The quay", "2026-03-13T00:10:00+01:00", "The quay"),
        ("14:05Z The quay", "2026-03-12T15:05:00+01:00", "The quay"),
        ("14:05-05:00 The quay", "2026-03-12T14:05:00-05:00", "The quay"),
        ("14:05", "2026-03-12T14:05:00+01:00", ""),
    ],
)
def test_a_heading_begins_with_a_time(text: str, instant: str, headline: str) -> None:
    found = heading(text)
    assert found.instant.isoformat() == instant
    assert text[found.start :] == headline


def test_a_time_that_the_clocks_leave_out_and_one_that_they_show_twice() -> None:
    assert heading("2026-03-29 02:30 Lost").instant.timestamp() == heading("2026-03-29 03:30 Found").instant.timestamp()
    first, second = heading("2026-10-25 02:30 Twice"), heading("2026-10-25 02:30+01:00 Twice")
    assert second.instant - first.instant == timedelta(hours=1)


def test_the_day_is_that_of_the_story_where_it_was_written() -> None:
    tokyo, new_york = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
    assert heading("00:10 A", Coverage(date(2026, 3, 12), tokyo)).instant.isoformat() == "2026-03-12T00:10:00+09:00"
    assert heading("23:50 A", Coverage(date(2026, 3, 12), new_york)).instant.isoformat() == "2026-03-12T23:50:00-04:00"


@pytest.mark.parametrize(
    ("text", "length"),
    [("The quay", 8), ("25:99 The quay", 5), ("2026-02-30 14:05 The quay", 16), ("14.05 The quay", 14), ("", 0)],
)
def test_what_is_no_time_is_named_with_its_place(text: str, length: int) -> None:
    found = read_heading(text, BERLIN)
    assert isinstance(found, Mistake)
    assert (found.at, found.length) == (0, length)
    assert "## 14:05 Headline" in found.hint


def test_a_time_without_a_day_means_nothing() -> None:
    found = read_heading("14:05 A", Coverage(None, BERLIN.zone))
    assert isinstance(found, Mistake)
    assert found.hint == "add `date:` to the story"
    assert heading("2026-03-13 14:05 A", Coverage(None, BERLIN.zone)).start == len("2026-03-13 14:05 ")


def test_anchors_do_not_depend_on_zone_or_date() -> None:
    assert heading("9:05 A").written == "0905"
    assert heading("9:05 A", Coverage(date(2030, 1, 1), ZoneInfo("UTC"))).written == "0905"
    assert heading("2026-03-13 00:10 A").written == "2026-03-13 0010"
    assert heading("2:05 pm A").written != heading("2:05 A").written
    assert heading("14:05+01:00 A").written != heading("14:05-01:00 A").written


def test_marks_behind_the_headline() -> None:
    text = "14:05 The quay {pinned key #quay}"
    marks = read_marks(text)
    assert text[: marks.end] == "14:05 The quay"
    assert (marks.words, marks.id, text[marks.id_at :]) == (("pinned", "key"), "quay", "#quay}")
    assert read_marks("14:05 The quay").end == len("14:05 The quay")


def test_a_misspelt_mark_is_named_and_stays_to_be_seen() -> None:
    marks = read_marks("14:05 The quay {pinnd key}")
    (mistake,) = marks.mistakes
    assert (marks.words, marks.rest) == (("key",), " {pinnd}")
    assert (mistake.at, mistake.length, mistake.hint) == (16, 5, "did you mean `pinned`?")


def test_the_newest_entry_is_known_before_the_body_is_parsed() -> None:
    code = "```\n## 2026-03-14 00:00 Code\n```\n"
    body = f"Text.\n\n## 14:05 A\n\n## 2026-03-13 00:10 B\n\n## 9:00 C\n\n{code}\n## Never\n"
    assert last_entry(body, BERLIN) == datetime(2026, 3, 13, 0, 10, tzinfo=timezone(timedelta(hours=1)))
    assert last_entry("## Never\n", BERLIN) is None


def test_an_entry_updates_its_story_but_never_backwards() -> None:
    text = "---\ntitle: A\ntype: {type}\nupdated: {updated}\n---\n## 14:05 B\n"
    written = {"type": "live", "updated": "2026-03-12 10:00"}
    assert str(article(text.format(**written)).updated) == "2026-03-12 14:05:00+00:00"
    assert str(article(text.format(**{**written, "updated": "2026-03-13"})).updated) == "2026-03-13 00:00:00+00:00"
    assert str(article(text.format(**{**written, "type": "news"})).updated) == "2026-03-12 10:00:00+00:00"
