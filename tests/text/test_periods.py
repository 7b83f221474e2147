"""Spans of time as settings have them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitegen.text.periods import NoPeriod, parse_period


@pytest.mark.parametrize(
    ("text", "hours"), [("90m", 1.5), ("36h", 36), ("7d", 168), ("2w", 336), ("99999w", 99999 * 168)]
)
def test_spans(text: str, hours: float) -> None:
    assert parse_period(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "-1d", "1.5d", "7 d", "7D", "7d ", "٧d", "100000d", "7d7d"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(NoPeriod):
        parse_period(text)
