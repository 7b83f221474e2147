"""Spans of time as settings have them: `90m`, `36h`, `7d`, `2w`; and the time from some day until now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sitegen.plain import Record
from sitegen.regex import regex

__all__ = ["NoPeriod", "Period", "parse_period", "period_until"]

_PERIOD = regex(r"([1-9]\d{0,4})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_TICK = timedelta(microseconds=1)


class NoPeriod(ValueError):
    """A text that is no span of time."""


class Period(Record, frozen=True):
    """The time from `since` until `until`, which belongs to it. Both are aware."""

    since: datetime
    until: datetime
    after: datetime
    """What belongs to it is later than this: `since`, unless that was said as a date, which belongs to it too."""


def parse_period(text: str) -> timedelta:
    """`7d` as a span of time. Raises `NoPeriod`."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise NoPeriod(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def period_until(now: datetime, text: str) -> Period:
    """From what `text` says until `now`: a span of time, or a date (ISO 8601) in the zone of `now`. Raises `NoPeriod`.

    Spans that follow each other have no instant in common: what came at the very beginning belongs to the one before.
    Days and weeks are those of the calendar, so that a period from six to six has no gap when clocks change.
    """
    try:
        since = _before(now, parse_period(text), by_calendar=text[-1:] in "dw")
    except (NoPeriod, OverflowError):
        day = _date(text, now)
        return Period(day, now, day - _TICK)
    return Period(since, now, since)


def _before(now: datetime, span: timedelta, *, by_calendar: bool) -> datetime:
    return now - span if by_calendar else (now.astimezone(UTC) - span).astimezone(now.tzinfo)


def _date(text: str, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NoPeriod(text) from None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
