"""Dates as people write them, read as one aware instant each.

A date without an offset is in the zone of the site. An explicit offset is kept, so that the day in a URL is the day as
written; UTC (`Z`, `UTC`, `+00:00`) says nothing about the place and is converted to the zone of the site.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sitegen.regex import regex

__all__ = ["ParsedDate", "parse_date", "zone"]


class ParsedDate(NamedTuple):
    """`value` is None if the text is no date; not `exact` if its time or offset made no sense and was left out."""

    value: datetime | None
    exact: bool = True


NO_DATE = ParsedDate(None, exact=False)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_ISO = regex(r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):\d\d(?::\d\d)?(?:Z|[+-]\d\d:[0-5]\d)?)?", re.ASCII)
"""What Python surely reads as the patterns below do: 24:00 is a time to some versions of it."""

_DAYS = [
    regex(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+{_MONTH},?[ -]+(?P<year>\d{{4}})(?!\d)",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
    )
]
_TIME = regex(
    r"(?:\s*T\s*|,?\s+at\s+|,?\s+)?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)|(?=\s*[ap]\.?m))"
    r"(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?P<offset>.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_OFFSET = regex(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?::?\d\d)?(?:\s*\([\w ]+\))?")
_UTC = {"Z", "UTC", "GMT", "UT"}
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
"""Beyond them lie the zero dates of other programs, and instants that overflow in another zone."""


@lru_cache(maxsize=8)
def zone(name: str) -> tzinfo:
    """The time zone of this IANA name. Raises `ZoneInfoNotFoundError` or `ValueError`."""
    return UTC if name == "UTC" else ZoneInfo(name)


def parse_date(text: str, zone: tzinfo) -> ParsedDate:
    """The instant that a text means; its `tzinfo` is always a fixed offset of whole minutes."""
    text = text.strip()
    usual = _iso(text, zone) if _ISO.fullmatch(text) else None
    if usual:
        return ParsedDate(usual)
    for pattern in _DAYS:
        match = pattern.match(text)
        if match:
            return _instant(match, text[match.end() :], zone)
    return NO_DATE


def _iso(text: str, zone: tzinfo) -> datetime | None:
    """The instant of a date in the usual form; None if it is odd in any way."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    if moment.tzinfo is None:
        return _fixed(moment, zone)
    return moment if moment.utcoffset() else _fixed(moment.astimezone(zone), zone)


def _instant(match: re.Match[str], rest: str, zone: tzinfo) -> ParsedDate:
    day = _day(match)
    if day is None:
        return NO_DATE
    time = _TIME.fullmatch(rest)
    if time is None:
        return ParsedDate(_fixed(day, zone), exact=not rest.strip())
    moment = _at(day, time)
    if moment is None:
        return ParsedDate(_fixed(day, zone), exact=False)
    offset = time["offset"].strip()
    place = _place(offset)
    if place is UTC:
        return ParsedDate(_fixed(moment.replace(tzinfo=place).astimezone(zone), zone))
    return ParsedDate(_fixed(moment, place or zone), exact=place is not None or not offset)


def _day(match: re.Match[str]) -> datetime | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        day = datetime(int(match["year"]), number, int(match["day"]))  # noqa: DTZ001 (its zone is found last)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _at(day: datetime, time: re.Match[str]) -> datetime | None:
    """That day at that time; None if there is no such time."""
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    if time["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    micro = int((time["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        return day.replace(hour=hour, minute=minute, second=second, microsecond=micro)
    except ValueError:
        return None


def _place(offset: str) -> timezone | None:
    """The zone that an offset stands for; None if there is none, or none that makes sense."""
    if offset.upper() in _UTC:
        return UTC
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    delta = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if delta >= timedelta(days=1):
        return None
    return timezone(-delta if match["sign"] == "-" else delta) if delta else UTC


def _fixed(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in that zone with a fixed offset, in whole minutes as feeds and structured data want it."""
    return moment.replace(tzinfo=_whole_minutes(zone.utcoffset(moment)))


@lru_cache(maxsize=64)
def _whole_minutes(offset: timedelta | None) -> timezone:
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60) if offset else 0))
