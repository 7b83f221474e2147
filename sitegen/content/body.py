"""The rendered body of one article, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sitegen.errors import Problem
from sitegen.plain import Record

__all__ = ["Body", "Heading", "LiveEntry", "Picture", "Segments", "Shortcode", "calls"]


class Heading(Record, frozen=True):
    """An entry of the table of contents: `level` 2 to 6, `id` its anchor, `text` plain."""

    level: int
    id: str
    text: str


class Picture(Record, frozen=True, tag="picture"):
    """A picture file of the site, kept until the theme renders it: its variants are not the text's affair."""

    path: str
    attributes: Mapping[str, str] = {}
    """Of its `<img>`, in order: `src` and `alt`, and what the writer set."""


class Shortcode(Record, frozen=True, tag="call"):
    """A call of a theme's block, kept until the theme renders it. `inner` is the rendered text between the marks."""

    name: str
    parameters: Mapping[str, str] = {}
    inner: tuple[str | Shortcode | Picture, ...] = ()
    line: int = 0


Segments = tuple[str | Shortcode | Picture, ...]


def calls(segments: Segments) -> Iterator[Shortcode]:
    """All calls in a text, those inside others too."""
    for segment in segments:
        if isinstance(segment, Shortcode):
            yield segment
            yield from calls(segment.inner)


class LiveEntry(Record, frozen=True):
    """An entry of a live blog; its text is without its heading."""

    instant: datetime
    """Aware."""
    anchor: str
    title: str
    """Headline as plain text; if there is none, how the text begins, else the time."""
    title_html: str
    """Empty if there is no headline."""
    pinned: bool = False
    key: bool = False
    """One of the key events."""
    segments: Segments = ()
    text: str = ""
    """The text as plain text, a block a line."""


class Body(Record, frozen=True):
    """HTML, pictures and shortcode calls in reading order, and what else one pass over the text can tell."""

    segments: Segments = ()
    toc: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    """Every id that the body defines."""
    excerpt: str = ""
    """Plain text before the summary mark, else the first sentences; cut at a word, at most about 240 characters."""
    words: int = 0
    """Words; where a script does not part them by blanks, one for every two characters."""
    problems: tuple[Problem, ...] = ()
    pictures: tuple[str, ...] = ()
    """Paths of the picture files that it shows, each once."""
    entries: tuple[LiveEntry, ...] = ()
    """Of a live blog, newest first; `segments` has them in the same order, each below its heading."""
    introduction: Segments = ()
    """Of a live blog: what stands before its first entry."""
    notes: Segments = ()
    """Of a live blog: its footnotes."""
