"""What the copy desk (`sitegen check`) asks of a story: the tables `[check]` and `[check.style]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import field

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["CheckConfig", "RuleSeverity", "StyleConfig"]

RuleSeverity = Literal["error", "warning", "off"]


class StyleConfig(Record, frozen=True):
    """The `[check.style]` table: the style guide of the house, as far as it is a list of words."""

    prefer: Mapping[str, str] = field(default_factory=dict)
    """What to write instead of a term: `"e-mail" = "email"`. Letter case counts only in terms with capitals."""
    ban: Mapping[str, str] = field(default_factory=dict)
    """Phrases that may not stand in a story, each with what to do instead; may be empty."""


class CheckConfig(Record, frozen=True):
    """The `[check]` table."""

    rules: Mapping[str, RuleSeverity] = field(default_factory=dict)
    """How severe the findings of a rule are, by its code."""
    headline: Annotated[int, checks.at_least(1)] = 110
    """Characters that a headline may have; search engines cut longer ones."""
    image_width: Annotated[int, checks.at_least(1)] = 1200
    """Pixels across that the image of a story should have at least, and each of its crops."""
    future_days: Annotated[int, checks.at_least(1)] = 366
    """A story that waits for longer than so many days probably has a mistyped year."""
    reading_level: Annotated[int, checks.at_least(1)] = 60
    """The highest LIX of a text, if the rule `hard-to-read` is on: 40 is a newspaper, 60 a law."""
    dictionary: tuple[str, ...] = ()
    """Files with a word in each line, relative to the site; none: spelling is not looked at."""
    timeout: Annotated[int, checks.at_least(1)] = 20
    """Seconds that another host has for its answer."""
    fresh_days: Annotated[int, checks.at_least(0)] = 7
    """Days for which the answer of another host is not asked for again."""
    style: StyleConfig = field(default_factory=StyleConfig)
    """The style guide."""
