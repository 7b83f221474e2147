"""The instant that a command takes for now. It is read once and passed down."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["the_instant"]


def the_instant(zone: str, now: datetime | None) -> datetime:
    """`now`, else `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the clock; in the timezone `zone` (an IANA name).

    A `now` without offset is read in that timezone.
    """
    place = ZoneInfo(zone)
    if now is not None:
        return now.astimezone(place) if now.tzinfo else now.replace(tzinfo=place)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    instant = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return instant.astimezone(place)
