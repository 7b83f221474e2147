"""The URL of an article: its own, or the permalink pattern filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.config import home_of
from sitegen.content.settings import Settings
from sitegen.text.slugs import slugify
from sitegen.urls import page_url

__all__ = ["url_of"]


def url_of(inner: str, found: Mapping[str, Any], bundle: bool, settings: Settings) -> str:
    """The URL path of an article with these fields, not yet checked for safety.

    Its file lies at `inner` below the content folder, `.md` and language aside.

    A story without a date leaves the parts of the date out; so do missing sections and ids.
    """
    own: str = found.get("url", "")
    if own:
        return own
    home = home_of(found.get("edition", ""))
    if found["kind"] != "story":
        return _own_path(inner, found["slug"], bundle, home)
    date, section, name = found["date"], found["section"], found.get("id", "")
    parts = {
        "year": f"{date.year:04}" if date else "",
        "month": f"{date.month:02}" if date else "",
        "day": f"{date.day:02}" if date else "",
        "section": slugify(section) if section else "",
        "slug": found["slug"],
        "id": slugify(name) if name else "",
    }
    names = [name.format_map(parts) for name in settings.permalink.split("/")]
    return page_url(home + "/".join(name for name in names if name))


def _own_path(inner: str, slug: str, bundle: bool, home: str) -> str:
    """Where the file lies, without `pages/`: `content/pages/about.md` is `/about/`."""
    names = inner.split("/")[: -2 if bundle else -1]
    names = names[1:] if names[:1] == ["pages"] else names
    return home + "/".join([*names, *([] if inner == "index" else [slug]), ""])
