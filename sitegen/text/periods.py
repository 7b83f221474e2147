"""Spans of time as settings have them: `90m`, `36h`, `7d`, `2w`."""

from __future__ import annotations

import re
from datetime import timedelta

__all__ = ["NoPeriod", "parse_period"]

_PERIOD = re.compile(r"([1-9]\d{0,4})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class NoPeriod(ValueError):
    """A text that is no span of time."""


def parse_period(text: str) -> timedelta:
    """`7d` as a span of time. Raises `NoPeriod`."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise NoPeriod(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
