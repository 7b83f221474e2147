"""Spans of time as settings have them, and periods that end now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitegen.text.periods import NoPeriod, parse_period, period_until


@pytest.mark.parametrize(
    ("text", "hours"), [("90m", 1.5), ("36h", 36), ("7d", 168), ("2w", 336), ("99999w", 99999 * 168)]
)
def test_spans(text: str, hours: float) -> None:
    assert parse_period(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "-1d", "1.5d", "7 d", "7D", "7d ", "٧d", "100000d", "7d7d"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(NoPeriod):
        parse_period(text)


NOW = datetime(2026, 3, 29, 12, 0, tzinfo=ZoneInfo("Europe/Lisbon"))
"""The day on which clocks go forward there."""


@pytest.mark.parametrize(
    ("text", "since", "begins_with_it"),
    [
        ("36h", "2026-03-27T23:00:00+00:00", False),
        ("1d", "2026-03-28T12:00:00+00:00", False),
        ("24h", "2026-03-28T11:00:00+00:00", False),
        ("2026-03-29", "2026-03-29T00:00:00+00:00", True),
        ("2026-03-28T06:30", "2026-03-28T06:30:00+00:00", True),
        ("2026-03-28T06:30+02:00", "2026-03-28T06:30:00+02:00", True),
    ],
)
def test_periods(text: str, since: str, begins_with_it: bool) -> None:
    period = period_until(NOW, text)
    assert (period.since.isoformat(), period.until) == (since, NOW)
    assert (period.after < period.since) is begins_with_it


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "12:00"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(NoPeriod):
        period_until(NOW, text)
