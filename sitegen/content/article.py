"""The typed, frozen metadata of one Markdown file. Its body is a separate value, computed when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sitegen.errors import Problem
from sitegen.plain import record

__all__ = ["Article", "Audio", "Correction", "Image", "Kind", "Parsed"]

Kind = Literal["story", "page", "author", "tag"]


@record
@dataclass(frozen=True, slots=True)
class Image:
    """A picture as front matter names it; `src` is as written, `focus` is "x% y%" or empty."""

    src: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""
    focus: str = ""


@record
@dataclass(frozen=True, slots=True)
class Audio:
    """A recording; `duration` in whole seconds, 0 when the front matter does not say."""

    src: str
    duration: int = 0
    transcript: str = ""


@record
@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong and since when it is right."""

    date: datetime
    text: str


@record
@dataclass(frozen=True, slots=True)
class Article:
    """One Markdown file. Every text is clean: Unicode NFC, no control characters, outer blanks removed."""

    path: str
    """Where the file lies, relative to the site, with `/`: `content/world/storm.md`. The key of the article."""
    kind: Kind = "story"
    title: str = ""
    """Headline as plain text, for feeds, lists and `<title>`."""
    title_html: str = ""
    """Headline with its inline Markdown rendered; safe HTML."""
    title_from: Literal["field", "heading", "name"] = "field"
    date: datetime | None = None
    """Aware; its offset is that of the place where the day is counted (docs/guide/writing.md, "Dates")."""
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    slug: str = ""
    url: str = ""
    """The whole URL path, normal (`sitegen.urls`), if the front matter gives one, else empty: the pattern decides."""
    aliases: tuple[str, ...] = ()
    id: str = ""
    section: str = ""
    """As written, or the name of the first folder."""
    tags: tuple[str, ...] = ()
    """As written; the site merges them by slug."""
    authors: tuple[str, ...] = ()
    """Ids of `[authors.ID]` or names, as written."""
    series: tuple[str, ...] = ()
    deck: str = ""
    deck_html: str = ""
    kicker: str = ""
    summary: str = ""
    dateline: str = ""
    type: str = "news"
    image: Image | None = None
    audio: Audio | None = None
    corrections: tuple[Correction, ...] = ()
    related: tuple[str, ...] = ()
    priority: int = 0
    """1 is most important; 0 when the front matter does not say."""
    pinned: bool = False
    language: str = ""
    translation: str = ""
    noindex: bool = False
    canonical: str = ""
    homepage: str = ""
    """Of an author or tag: a page elsewhere."""
    params: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys of an imported archive that `[front_matter] extra` lets through, untouched."""
    bundle: bool = False
    """True for `NAME/index.md`: the other files of its folder belong to this page."""
    has_body: bool = True
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each front matter key, for problems that show only later."""


@record
@dataclass(frozen=True, slots=True)
class Parsed:
    """What reading one file gave: the article, unless the file had to be left out, and what was odd about it."""

    article: Article | None
    problems: tuple[Problem, ...] = ()
