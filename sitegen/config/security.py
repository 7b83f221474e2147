"""What browsers are told to allow: the tables `[security]` and `[security.sources]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import field

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["SecurityConfig", "SourcesConfig"]

Source = Annotated[str, checks.source]


class SourcesConfig(Record, frozen=True):
    """The `[security.sources]` table: what pages may use beside the site itself, as a policy says it."""

    script: tuple[Source, ...] = ()
    """Scripts: `"https://stats.example"`, or the digest of one that stands in a page."""
    style: tuple[Source, ...] = ()
    """Style sheets."""
    img: tuple[Source, ...] = ()
    """Pictures that no page shows when it arrives, such as those in fragments."""
    font: tuple[Source, ...] = ()
    """Fonts."""
    media: tuple[Source, ...] = ()
    """Recordings and films that no page shows when it arrives."""
    connect: tuple[Source, ...] = ()
    """What scripts fetch or send."""
    frame: tuple[Source, ...] = ()
    """Frames that no page shows when it arrives."""
    form: tuple[Source, ...] = ()
    """Where forms go, beside the newsletter's."""


class SecurityConfig(Record, frozen=True):
    """The `[security]` table: what browsers are told to allow."""

    policy: bool = True
    """Whether pages carry a Content-Security-Policy."""
    headers: bool = True
    """Whether the files of `[hosting]` name headers."""
    sources: SourcesConfig = SourcesConfig()
    """What the policy allows beyond what sitegen finds out."""
    extra: Mapping[str, Annotated[str, checks.header]] = field(default_factory=dict)
    """Further headers for every path; an empty one takes away one of sitegen's."""
