"""What the place of a file says about it: what kind of page it is, its section, its day and its name."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, tzinfo
from typing import Any

from sitegen.content.article import Kind
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.text.clean import clean
from sitegen.text.dates import parse_date
from sitegen.text.slugs import decode_once, slugify

__all__ = ["PathFacts", "read_path"]

_KINDS: dict[str, Kind] = {"pages": "page", "authors": "author", "tags": "tag", "series": "series"}
_DATED_NAME = regex(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?=.)|$)", re.ASCII)
_DATED_FOLDERS = regex(r"(?:^|/)(\d{4}/\d{1,2}/\d{1,2})(?=[/-])(?:-(?=[^/]+$))?", re.ASCII)


class PathFacts(Record, frozen=True):
    """`name` is that of the file without its date, or of the folder of a bundle."""

    kind: Kind
    bundle: bool
    name: str
    section: str
    date: datetime | None
    language: str = ""
    """As the name or the folder says it; empty if neither does."""
    inner: str = ""
    """The path below the content folder, without language and `.md`."""

    def values(self) -> dict[str, Any]:
        """What the fields are if nothing else is said."""
        slug = slugify(decode_once(self.name))
        return {"kind": self.kind, "date": self.date, "section": self.section, "slug": slug}

    @property
    def headline(self) -> str:
        """The name as words, for a story that has no other title."""
        words = re.sub(r"[-_\s]+", " ", decode_once(self.name)).strip()
        return words[:1].upper() + words[1:]


def read_path(path: str, content_dir: str, zone: tzinfo, languages: Collection[str] = ()) -> PathFacts:
    """The facts of a Markdown file: `content/world/2018-4-2-storm.md` is about a day in the section `world`.

    Of the site's `languages`, one may stand at the end of the name, or be the first folder.
    """
    below, language = _without_language(path.removeprefix(content_dir + "/").removesuffix(".md"), languages)
    inner = clean(below)
    *folders, name = inner.split("/")
    kind: Kind = _KINDS.get(folders[0], "story") if folders else "story"
    bundle = name == "index" and bool(folders)
    if bundle:
        name = folders.pop()
        kind = kind if folders or kind == "story" else "page"  # `authors/index.md` is no author
    if kind == "series" and len(folders) > 1:
        kind = "story"  # the parts of a series may lie in a folder of its name
    date, rest = _dated(inner, name, zone)
    section = folders[0] if folders and kind == "story" and not folders[0].isdigit() else ""
    return PathFacts(kind, bundle, rest, section, date, language, below)


def _without_language(path: str, languages: Collection[str]) -> tuple[str, str]:
    """`world/storm.fr` and `fr/world/storm` are `world/storm` in `fr`; the name goes before the folder."""
    first, _, rest = path.partition("/")
    language = first if rest and first in languages else ""
    path = rest if language else path
    name, _, suffix = path.rpartition(".")
    if suffix in languages and name and not name.endswith("/"):
        return name, suffix
    return path, language


def _dated(inner: str, name: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """The day that the name, else the folders, begin with, and the name without it."""
    match = _DATED_NAME.match(name)
    date = parse_date(match[1], zone).value if match else None
    if match and date:
        return date, name[match.end() :] or name
    match = _DATED_FOLDERS.search(inner)
    date = parse_date(match[1], zone).value if match else None
    return date, inner[match.end() :] if match and date and match[0].endswith("-") else name
