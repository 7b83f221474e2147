"""Settings of what is written for programs: feeds, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from sitegen.config import checks

__all__ = ["FeedsConfig", "RobotsConfig", "SitemapsConfig"]


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """The `[feeds]` table."""

    count: Annotated[int, checks.at_least(1)] = 50
    """Stories in a feed of the site."""
    group_count: Annotated[int, checks.at_least(1)] = 20
    """Stories in the feed of a section, tag, author or series."""
    full_text: bool = True
    """Whether feeds carry whole stories or only summaries."""
    formats: tuple[Literal["rss", "atom", "json"], ...] = ("rss", "atom", "json")
    """Which feeds the site has: `/feed.xml`, `/atom.xml`, `/feed.json`."""
    groups: tuple[Literal["section", "tag", "author", "series"], ...] = ("section", "tag", "author", "series")
    """Which groups of stories have a feed of their own."""
    authority: str = ""
    """The host in the identities of stories without an `id`; if empty, that of `base_url`. Set it before you move."""


@dataclass(frozen=True, slots=True)
class SitemapsConfig:
    """The `[sitemaps]` table."""

    enable: bool = True
    """Whether search engines are told of all pages, and of news."""


@dataclass(frozen=True, slots=True)
class RobotsConfig:
    """The `[robots]` table: what `robots.txt` says."""

    enable: bool = True
    """Whether there is one; a site in a folder of its host has no use for it."""
    disallow: tuple[str, ...] = ()
    """Paths that no crawler should ask for."""
    agents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name of a crawler, the paths that it should not ask for: `GPTBot = ["/"]`."""
