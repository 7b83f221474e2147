"""A podcast: RSS as Apple's directory asks for it, with transcripts (Apple, "Podcast RSS feed requirements"; the
podcast namespace of podcastindex.org).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.plain import Record
from sitegen.render.feeds.entry import Entry, Item, Sound
from sitegen.render.feeds.head import Head
from sitegen.render.feeds.rss import NAMESPACES, channel, described, document, enclosed
from sitegen.render.feeds.xml import element, escaped

__all__ = ["Show", "feed", "item"]

_NAMESPACES = {
    **NAMESPACES,
    "xmlns__itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns__podcast": "https://podcastindex.org/namespace/1.0",
}
_TRANSCRIPTS: Mapping[str, str] = {
    "json": "application/json", "srt": "application/x-subrip", "txt": "text/plain", "vtt": "text/vtt",
}  # fmt: skip
"""Media types by the end of a URL; any other is a page."""


class Show(Record, frozen=True):
    """What directories want to know beyond what every feed says. `image` is an absolute URL."""

    author: str
    email: str
    category: str
    explicit: bool
    image: str
    type: str


def feed(head: Head, show: Show, episodes: Sequence[Item]) -> str:
    """The feed of these episodes."""
    return document([*channel(head, episodes), *_show(show), *(episode.text for episode in episodes)], _NAMESPACES)


def item(entry: Entry) -> str:
    """A story as an episode; empty if its recording is not there."""
    return (
        element("item", "\n".join([*described(entry), *enclosed(entry), *_episode(entry.sound)])) if entry.sound else ""
    )


def _show(show: Show) -> Iterator[str]:
    yield element("itunes:author", escaped(show.author))
    yield element("itunes:type", show.type)
    yield element("itunes:explicit", _yes(show.explicit))
    yield _category(*(part.strip() for part in show.category.split(">", 1)))
    if show.image:
        yield element("itunes:image", href=show.image)
    if show.email:
        owner = element("itunes:name", escaped(show.author)), element("itunes:email", escaped(show.email))
        yield element("itunes:owner", *owner)


def _category(name: str, below: str = "") -> str:
    inner = element("itunes:category", text=below) if below else ""
    return element("itunes:category", inner, text=name)


def _episode(sound: Sound) -> Iterator[str]:
    if sound.duration:
        yield element("itunes:duration", str(sound.duration))
    yield element("itunes:episodeType", "full")
    if sound.transcript:
        end = sound.transcript.rpartition("/")[2].rpartition(".")[2].lower()
        yield element("podcast:transcript", url=sound.transcript, type=_TRANSCRIPTS.get(end, "text/html"))


def _yes(value: bool) -> str:
    return "true" if value else "false"
