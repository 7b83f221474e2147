"""Settings of what is written for programs: feeds, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import field

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["FeedsConfig", "PartnerFeed", "PodcastConfig", "RobotsConfig", "SitemapsConfig"]


class PartnerFeed(Record, frozen=True):
    """A `[[feeds.partner]]` table: a choice of stories for somebody who shows or reprints them.

    A story is in the feed if it has one of the `sections`, one of the `tags`, one of the `authors` and is part of one
    of the `series`; an empty list asks for nothing.
    """

    name: Annotated[str, checks.slug]
    """What the feed is called: it is at `/partners/NAME.xml` (`.json`) if no `path` says otherwise."""
    path: Annotated[str, checks.feed_path] = ""
    """Where the feed is; empty: at the place that its name says."""
    title: str = ""
    """What readers of the feed call it; empty: the title of the site."""
    format: Literal["rss", "atom", "json"] = "rss"
    """RSS 2.0, Atom or JSON Feed."""
    sections: tuple[str, ...] = ()
    """Slugs of sections."""
    tags: tuple[str, ...] = ()
    """Slugs of tags."""
    authors: tuple[str, ...] = ()
    """Slugs of authors."""
    series: tuple[str, ...] = ()
    """Slugs of series."""
    count: Annotated[int, checks.at_least(1)] = 50
    """Stories at most."""
    window: Annotated[str, checks.period] = ""
    """How old a story may be: `36h`, `7d`, `2w`; empty: of any age."""
    full_text: bool = True
    """Whether it carries whole stories or only summaries."""
    images: bool = True
    """Whether it carries pictures: the lead picture, and those that stand in texts."""

    @property
    def url(self) -> str:
        """The path of the feed."""
        return self.path or f"/partners/{self.name}.{'json' if self.format == 'json' else 'xml'}"


class PodcastConfig(Record, frozen=True):
    """The `[feeds.podcast]` table: a feed of the stories that have a recording, as podcast directories want it."""

    enable: bool = False
    """Whether there is one."""
    path: Annotated[str, checks.feed_path] = "/podcast.xml"
    """Where it is."""
    title: str = ""
    """The name of the show; empty: the title of the site."""
    description: str = ""
    """What the show is about; empty: the motto of the site."""
    author: str = ""
    """Who makes it; empty: the publisher."""
    email: str = ""
    """Where directories ask whether the show is yours; empty: nobody is named."""
    category: str = "News"
    """One of Apple's categories, with a subcategory if it has one: `News > Daily News`."""
    explicit: bool = False
    """Whether it is not for children."""
    image: str = ""
    """The cover, relative to the content folder: a square of 1400 to 3000 pixels. Empty: the publisher's logo."""
    type: Literal["episodic", "serial"] = "episodic"
    """Whether listeners begin with the newest story (`episodic`) or with the oldest."""
    count: Annotated[int, checks.at_least(1)] = 100
    """Stories at most."""
    full_text: bool = True
    """Whether the notes of an episode are the whole story or only its summary."""


class FeedsConfig(Record, frozen=True):
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
    hub: Annotated[str, checks.address] = ""
    """The hub (WebSub) that tells subscribers when a feed has changed; `sitegen notify` tells the hub."""
    partner: tuple[PartnerFeed, ...] = ()
    """Feeds for partners."""
    podcast: PodcastConfig = PodcastConfig()
    """The podcast."""


class SitemapsConfig(Record, frozen=True):
    """The `[sitemaps]` table."""

    enable: bool = True
    """Whether search engines are told of all pages, and of news."""


class RobotsConfig(Record, frozen=True):
    """The `[robots]` table: what `robots.txt` says."""

    enable: bool = True
    """Whether there is one; a site in a folder of its host has no use for it."""
    disallow: tuple[Annotated[str, checks.robots_path], ...] = ()
    """Paths that no crawler should ask for; what is there is in no sitemap either."""
    agents: Mapping[str, tuple[Annotated[str, checks.robots_path], ...]] = field(default_factory=dict)
    """By the name of a crawler, the paths that it should not ask for: `GPTBot = ["/"]`."""
