"""The typed, frozen metadata of one Markdown file. Its body is a separate value, computed when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sitegen.content.likeness import Likeness
from sitegen.errors import Problem
from sitegen.plain import Record

__all__ = ["Article", "Audio", "Correction", "Image", "Kind", "Parsed", "Part", "ProfileLink", "Withdrawal"]

Kind = Literal["story", "page", "author", "tag", "series", "withdrawn"]
"""A `withdrawn` story or page has nothing left but a notice."""


class Image(Record, frozen=True):
    """A picture as front matter names it; `src` is as written, `focus` is "x% y%" or empty."""

    src: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""
    focus: str = ""


class Audio(Record, frozen=True):
    """A recording; `duration` in whole seconds, 0 when the front matter does not say."""

    src: str
    duration: int = 0
    transcript: str = ""


class Correction(Record, frozen=True):
    """What was wrong and since when it is right."""

    date: datetime
    text: str


class Part(Record, frozen=True):
    """That a story is part of a series: of which, and the `number` (0: it has none) and `title` of the part."""

    series: str
    number: int = 0
    title: str = ""
    place: tuple[int, int, int] = (0, 0, 0)
    """Line, column and length of the number, for problems that show only later."""


class ProfileLink(Record, frozen=True):
    """A page elsewhere that is somebody's own, and what it is called."""

    title: str
    url: str


class Withdrawal(Record, frozen=True):
    """A story was taken back: since when, and why, in words for readers."""

    date: datetime | None = None
    text: str = ""


class Article(Record, frozen=True):
    """One Markdown file. Every text is clean: Unicode NFC, no control characters, outer blanks removed.

    The last fields are empty until the site fills them in (`sitegen.site.snapshot`).
    """

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
    closed: datetime | None = None
    """Of a live blog: when it ended; None while it goes on."""
    draft: bool = False
    withdrawn: Withdrawal | None = None
    slug: str = ""
    url: str = ""
    """The URL path of its page, normal (`sitegen.urls`): its own, or the pattern of the site filled in."""
    aliases: tuple[str, ...] = ()
    id: str = ""
    section: str = ""
    """As written, or the name of the first folder."""
    tags: tuple[str, ...] = ()
    """As written; the site merges them by slug."""
    authors: tuple[str, ...] = ()
    """Ids of `[authors.ID]` or names, as written."""
    series: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """What is said of its place in those series in which it has a number or a title."""
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
    """What its translations have in common; in a site of one language, only what the front matter says."""
    edition: str = ""
    """The key of the edition that it stands in (`sitegen.config.languages`)."""
    noindex: bool = False
    canonical: str = ""
    homepage: str = ""
    """Of an author, tag or series: a page elsewhere."""
    byline: str = ""
    """Of an author: `staff`, `guest` or `wire`; empty if the file does not say."""
    beat: str = ""
    """Of an author: what they write about."""
    email: str = ""
    links: tuple[ProfileLink, ...] = ()
    """Of an author: pages elsewhere, in order."""
    params: Mapping[str, Any] = {}
    check: tuple[str, ...] = ()
    """Codes of problems that the writer has seen and wants so."""
    extra: Mapping[str, Any] = {}
    """Keys of an imported archive that `[front_matter] extra` lets through, untouched."""
    bundle: bool = False
    """True for `NAME/index.md`: the other files of its folder belong to this page."""
    has_body: bool = True
    lines: str = ""
    """The front matter keys and their lines, as in `title 2 date 3`, for problems that show only later (`line`)."""
    text: str = ""
    """Stands for the body, and for the line on which it begins: two articles with the same `text` read alike."""

    sections: tuple[str, ...] = ()
    """Slugs of the groups it is in, each once, in the order of its front matter."""
    tag_slugs: tuple[str, ...] = ()
    author_slugs: tuple[str, ...] = ()
    series_slugs: tuple[str, ...] = ()
    earlier: str | None = None
    """Path of the story before it in time; None if there is none, or this is no story."""
    later: str | None = None

    def line(self, key: str) -> int:
        """The line on which the front matter has this key; 0 if it does not."""
        words = self.lines.split()
        return int(words[words.index(key) + 1]) if key in words else 0


class Parsed(Record, frozen=True):
    """What reading one file gave: the article, unless the file had to be left out, and what was odd about it."""

    article: Article | None
    problems: tuple[Problem, ...] = ()
    likeness: Likeness | None = None
    """Of a story. It is kept apart from the rest (`sitegen.site.related`)."""
