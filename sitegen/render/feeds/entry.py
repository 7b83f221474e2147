"""What a feed says of a story, whatever the format."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from sitegen.content.recordings import RECORDINGS
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.render.views import ArticleView, EntryView, SiteView
from sitegen.text.words import cut

__all__ = ["Author", "Entry", "Item", "Picture", "Sound", "entry_of", "live_entry"]

_LINK = regex(r"""(\s(?:href|src|poster|cite)=)("[^"]*"|'[^']*')""", re.IGNORECASE)
_SOURCES = regex(r"""\ssrcset=("[^"]*"|'[^']*')""", re.IGNORECASE)
_ACTIVE = regex(r"<(script|style|form|iframe|object|embed|dialog)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
"""What readers of feeds remove, or should."""
_PICTURES = regex(
    r"<figure\b(?:(?!</?figure\b).)*?<img\b(?:(?!</?figure\b).)*</figure\s*>|<picture\b.*?</picture\s*>|<img\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""Pictures, with what is said below them."""
_SUMMARY = 240
"""Characters of the summary of an entry of a live blog, about."""


class Item(Record, frozen=True):
    """A story as it is written in one format, and when it last changed."""

    text: str
    changed: datetime | None = None


class Picture(Record, frozen=True):
    """The lead picture. The URL is absolute; sizes are pixels, 0 if unknown."""

    url: str
    type: str
    width: int
    height: int
    caption: str
    credit: str


class Sound(Record, frozen=True):
    """The recording. The URL is absolute; `size` are bytes, `duration` seconds, 0 if unknown."""

    url: str
    type: str
    size: int
    duration: int
    transcript: str
    """An absolute URL; empty if there is none."""


class Author(Record, frozen=True):
    """Who wrote a story, and the absolute URL of the page about them; empty if there is none."""

    name: str
    url: str


class Entry(Record, frozen=True):
    """Texts are plain, but for `html`, in which every URL is absolute; it is empty where only the summary is told."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[Author, ...]
    tags: tuple[str, ...]
    language: str
    picture: Picture | None
    sound: Sound | None


def entry_of(
    site: SiteView, story: ArticleView, authority: str, *, full_text: bool = True, images: bool = True
) -> Entry:
    """The entry for a story, with its text and its pictures if they are wanted.

    `authority` is the host that names stories which have no `id`; empty: that of the site.
    """
    html = _for_readers(story.feed_body, story.absolute_url) if full_text else ""
    return Entry(
        id=_identity(site, story, authority),
        url=story.absolute_url,
        title=story.title,
        summary=story.summary,
        html=html if images else _PICTURES.sub("", html),
        published=story.date,
        updated=story.updated or story.date,
        authors=_authors(story),
        tags=tuple(tag.title for tag in story.tags),
        language=story.language,
        picture=_picture(story) if images else None,
        sound=_sound(site, story),
    )


def live_entry(site: SiteView, story: ArticleView, told: EntryView, authority: str) -> Entry:
    """What the feed of a live blog says of one of its entries. Its identity is that of the story with its anchor."""
    return Entry(
        id=f"{_identity(site, story, authority)}#{told.anchor}",
        url=told.absolute_url,
        title=told.title,
        summary=cut(" ".join(told.text.split()), _SUMMARY),
        html=_for_readers(told.feed_body, story.absolute_url),
        published=told.date,
        updated=told.date,
        authors=_authors(story),
        tags=(),
        language=story.language,
        picture=None,
        sound=None,
    )


def _authors(story: ArticleView) -> tuple[Author, ...]:
    return tuple(Author(author.title, author.absolute_url) for author in story.authors)


def _identity(site: SiteView, story: ArticleView, authority: str) -> str:
    return str(story.id) or _tag_uri(authority or urlsplit(site.base_url).hostname or "localhost", story)


def _tag_uri(authority: str, story: ArticleView) -> str:
    """An identity that changes with neither slug nor title (RFC 4151): host, first day, and the place of the file."""
    day = f"{story.date:%Y-%m-%d}" if story.date else "1970"
    return f"tag:{authority},{day}:{story.path}"


def _picture(story: ArticleView) -> Picture | None:
    image = story.image
    if image is None:
        return None
    shown = image.crop("16:9")
    return Picture(shown.absolute_src, shown.type, shown.width, shown.height, image.caption or image.alt, image.credit)


def _sound(site: SiteView, story: ArticleView) -> Sound | None:
    audio = story.audio
    if audio is None or (audio.src.endswith(RECORDINGS) and not audio.size and not urlsplit(audio.src).netloc):
        return None  # or it should be on this site, and is not there
    url, transcript = _joined(audio.src, site.base_url), audio.transcript
    written = _joined(transcript, site.base_url) if transcript else ""
    return Sound(url, audio.type or "audio/mpeg", audio.size, audio.duration, written)


def _for_readers(html: str, base: str) -> str:
    """The HTML of a body with absolute URLs, and without what runs, or asks to be filled in."""
    html = _ACTIVE.sub("", html)
    html = _SOURCES.sub("", html)  # `src` is enough, and readers know no other
    return _LINK.sub(lambda match: f'{match[1]}"{escape(_joined(unescape(match[2][1:-1]), base))}"', html)


def _joined(url: str, base: str) -> str:
    if url.startswith(("https://", "http://")):  # what is usual need not be taken apart
        return url
    try:
        return urljoin(base, url)
    except ValueError:  # what a writer wrote need not be a URL
        return url
