"""Who is told when the site has changed: the table `[notify]`."""

from __future__ import annotations

from typing import Annotated

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["NotifyConfig"]


class NotifyConfig(Record, frozen=True):
    """The `[notify]` table: whom `sitegen notify` tells, and how patient it is."""

    key: Annotated[str, checks.indexnow_key] = ""
    """The key of IndexNow; the build publishes it as `/KEY.txt`. Empty: search engines are not told."""
    endpoint: Annotated[str, checks.address] = "https://api.indexnow.org/indexnow"
    """Where search engines are told."""
    timeout: Annotated[float, checks.positive] = 15.0
    """Seconds that one request may take."""
    attempts: Annotated[int, checks.at_least(1)] = 5
    """How often a request is tried that may succeed later."""
    wait: Annotated[float, checks.not_negative] = 1.0
    """Seconds before the second attempt; before each further one, twice as many."""
    patience: Annotated[float, checks.not_negative] = 120.0
    """Seconds to wait for a service at most, also if it asks for more."""
