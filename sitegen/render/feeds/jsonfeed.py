"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.render.feeds.entry import Author, Entry, Item, Sound
from sitegen.render.feeds.head import Head

__all__ = ["feed", "item"]


def feed(head: Head, items: Sequence[Item]) -> str:
    """The feed of these stories."""
    known = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.url,
        "description": head.description,
        "icon": head.icon,
        "language": head.language,
        "hubs": [{"type": "WebSub", "url": head.hub}] if head.hub else [],
    }
    stories = ",\n".join(story.text for story in items)
    return f'{_text(known)[:-1]}, "items": [\n{stories}\n]}}\n'


def item(entry: Entry) -> str:
    """A story."""
    return _text(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html or None,
            "content_text": None if entry.html else entry.summary,
            "date_published": entry.published.isoformat() if entry.published else None,
            "date_modified": entry.updated.isoformat() if entry.updated else None,
            "authors": [_author(author) for author in entry.authors],
            "tags": list(entry.tags),
            "language": entry.language,
            "image": entry.picture.url if entry.picture else None,
            "attachments": [_attachment(entry.sound)] if entry.sound else [],
        },
        always=("content_text",) if not entry.html else (),
    )


def _author(author: Author) -> Mapping[str, str]:
    return {"name": author.name, **({"url": author.url} if author.url else {})}


def _attachment(sound: Sound) -> Mapping[str, Any]:
    sizes = {"size_in_bytes": sound.size, "duration_in_seconds": sound.duration}
    return {"url": sound.url, "mime_type": sound.type, **{name: size for name, size in sizes.items() if size}}


def _text(values: Mapping[str, Any], always: Sequence[str] = ()) -> str:
    """An object without what is empty, unless it must `always` be there."""
    return json.dumps({name: value for name, value in values.items() if value or name in always}, ensure_ascii=False)
