from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.dates import parse_date, zone

NEW_YORK = zone("America/New_York")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2015-06-29", "2015-06-29T00:00:00-04:00"),
        ("2018-4-2", "2018-04-02T00:00:00-04:00"),
        ("2018/04/02", "2018-04-02T00:00:00-04:00"),
        ("20180402", "2018-04-02T00:00:00-04:00"),
        ("2015-12-29 10:00", "2015-12-29T10:00:00-05:00"),
        ("2015-06-29 1:00:19 -0400", "2015-06-29T01:00:19-04:00"),
        ("2015-06-29 1:00:19 -4", "2015-06-29T01:00:19-04:00"),
        ("2015-06-29T01:00:19+05:30", "2015-06-29T01:00:19+05:30"),
        ("2015-06-29 10:00 +16:25", "2015-06-29T10:00:00+16:25"),
        ("2015-06-29 10:00:00.123456789+02:00", "2015-06-29T10:00:00.123456+02:00"),
        ("2015-06-29T02:00:00Z", "2015-06-28T22:00:00-04:00"),
        ("2015-06-29 02:00 UTC", "2015-06-28T22:00:00-04:00"),
        ("2015-06-29 02:00+00:00", "2015-06-28T22:00:00-04:00"),
        ("18 Dec 2014", "2014-12-18T00:00:00-05:00"),
        ("18 December 2014 at 09:30", "2014-12-18T09:30:00-05:00"),
        ("Dec. 18, 2014 5:00 PM", "2014-12-18T17:00:00-05:00"),
        ("December 18th, 2014, 12am", "2014-12-18T00:00:00-05:00"),
        ("Thu, 18 Dec 2014 10:00:00 +0100", "2014-12-18T10:00:00+01:00"),
        ("Mon Jun 29 2015", "2015-06-29T00:00:00-04:00"),
        ("1868-03-01", "1868-03-01T00:00:00-04:56"),
    ],
)
def test_a_date_as_people_write_it_is_one_instant(text: str, iso: str) -> None:
    found = parse_date(text, NEW_YORK)
    assert found.exact
    assert found.value == datetime.fromisoformat(iso)
    assert found.value.isoformat() == iso
    assert isinstance(found.value.tzinfo, timezone)


@pytest.mark.parametrize(
    "text", ["2015-06-29 25:61", "2015-06-29 24:00", "2015-06-29 noonish", "2015-06-29 13:00 pm", "2015-06-29-0400"]
)
def test_of_a_broken_time_the_day_is_left(text: str) -> None:
    found = parse_date(text, NEW_YORK)
    assert found.value == datetime.fromisoformat("2015-06-29T00:00:00-04:00")
    assert not found.exact


@pytest.mark.parametrize("offset", ["+99:00", "Mars", "+02:00 +02:00", "EST"])
def test_a_broken_offset_is_left_out(offset: str) -> None:
    found = parse_date(f"2015-06-29 10:00 {offset}", NEW_YORK)
    assert found.value == datetime.fromisoformat("2015-06-29T10:00:00-04:00")
    assert not found.exact


@pytest.mark.parametrize("text", ["", "yesterdy", "2015", "2015-13-01", "2015-02-30", "12/18/2014", "0001-01-01"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, NEW_YORK).value is None


def test_a_time_that_the_clocks_skip_is_still_an_instant() -> None:
    assert parse_date("2015-03-08 02:30", NEW_YORK).value == datetime.fromisoformat("2015-03-08T02:30:00-05:00")


@given(st.text() | st.from_regex(r"\d{4}-\d\d?-\d\d?[T ]\d\d?:\d\d(:\d\d)?( ?[+-]\d{1,4})?", fullmatch=True))
def test_any_text_is_read_without_complaint(text: str) -> None:
    value = parse_date(text, NEW_YORK).value
    assert value is None or value - datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=14))) < timedelta(days=4e6)


@given(
    st.from_regex(r"[0129]\d{3}-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d)?(Z|[+-][0-2]\d:[0-6]\d)?", fullmatch=True)
)
def test_the_usual_form_means_what_it_means_in_any_other(text: str) -> None:
    assert parse_date(text, NEW_YORK) == parse_date(text[:10] + " at " + text[11:], NEW_YORK)


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)), st.integers(-1439, 1439).filter(bool))  # noqa: DTZ001
def test_iso_dates_come_back_as_they_were(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_date(moment.isoformat(), NEW_YORK).value == moment
    assert parse_date(str(moment), NEW_YORK).exact


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zone("Europe/Atlantis")
