"""The fields of the front matter: one table, from which the checks, the suggestions and the JSON Schema are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sitegen.plain import Record

__all__ = ["FIELDS", "GUARDED", "PARTS", "PROFILE_NAMES", "Field", "FieldType", "json_schema"]

FieldType = Literal[
    "kind", "line", "inline", "date", "flag", "number", "slug", "url", "urls", "first", "tags", "names", "list", "word",
    "image", "audio", "corrections", "withdrawn", "check", "language", "web", "table", "series",
    "byline", "email", "links",
]  # fmt: skip

"""How a value is read: `sitegen.content.fields` has a reader for each."""


class Field(Record, frozen=True):
    """A key of the front matter. The type says how its value is read, whatever YAML would make of it."""

    name: str
    type: FieldType
    description: str


FIELDS = {
    field.name: field
    for field in (
        Field("kind", "kind", "`story`, or `page` for a plain page at its own path"),
        Field("title", "inline", "headline, with inline Markdown; if missing, the first `#` heading"),
        Field("date", "date", "when it is published; in the future: not before then"),
        Field("updated", "date", "last substantive change"),
        Field("expires", "date", "not published from then on"),
        Field("closed", "date", "of a live blog: when it ended"),
        Field("draft", "flag", "`true`: not published"),
        Field("withdrawn", "withdrawn", "taken back: since which `date`, and why (`text`); only that is published"),
        Field("slug", "slug", "last part of the URL; if missing, the name of the file"),
        Field("url", "url", "the whole path of the URL"),
        Field("aliases", "urls", "old paths that redirect here"),
        Field("id", "line", "permanent identity for feeds"),
        Field("section", "first", "the section; if missing, the first folder"),
        Field("tags", "tags", "subjects: a list, or text with commas"),
        Field("authors", "names", "ids or names: a list, or text"),
        Field("series", "series", "the series that it is a part of: names, or tables"),
        Field("deck", "inline", "standfirst, with inline Markdown"),
        Field("kicker", "line", "a word or two above the headline"),
        Field("summary", "line", "short text for lists and feeds"),
        Field("dateline", "line", "the place of the report"),
        Field("type", "word", "news, analysis, opinion, live, …"),
        Field("image", "image", "a path, or a table"),
        Field("audio", "audio", "a path or URL, or a table"),
        Field("corrections", "corrections", "a list of tables"),
        Field("related", "list", "ids, slugs or paths of stories to show first"),
        Field("priority", "number", "place on fronts: 1 is the lead"),
        Field("pinned", "flag", "`true`: stays at the top of fronts"),
        Field("language", "language", "BCP 47 tag of the language of the story"),
        Field("translation", "line", "a key that the translations of one story share"),
        Field("noindex", "flag", "`true`: keep search engines away"),
        Field("canonical", "web", "where it was published first: a full URL"),
        Field("homepage", "web", "of an author, tag or series: a page elsewhere"),
        Field("byline", "byline", "of an author: `staff`, or `guest` or `wire`, who have no page"),
        Field("beat", "line", "of an author: what they write about, in a few words"),
        Field("email", "email", "of an author: where readers can write to"),
        Field("links", "links", "of an author: pages elsewhere, by what they are called"),
        Field("params", "table", "anything, for the theme"),
        Field("check", "check", "`ignore`: codes of problems that are meant to be so"),
    )
}

PARTS = {
    "image": ("src", "alt", "caption", "credit", "focus"),
    "audio": ("src", "duration", "transcript"),
    "corrections": ("date", "text"),
    "withdrawn": ("date", "text"),
    "series": ("name", "part", "title"),
    "check": ("ignore",),
}
"""The keys of the fields that are tables."""

PROFILE_NAMES = {"name": "title", "bio": "deck", "url": "homepage"}
"""What fields are called in the files of authors, tags and series, as in `[authors.ID]`."""

GUARDED = frozenset(["date", "expires", "draft", "withdrawn"])
"""If one of these cannot be understood, something secret could become public: an error, and the story stays hidden."""

_TEXT = {"type": ["string", "number", "null"]}
_LIST = {"type": ["string", "number", "null", "array"], "items": _TEXT}
_MOMENT = {"type": ["string", "null"], "pattern": r"\d{4}"}


def _table(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(PARTS[name], _TEXT), "additionalProperties": False}


_SERIES = {"anyOf": [_TEXT, _table("series"), {"type": "array", "items": {"anyOf": [_TEXT, _table("series")]}}]}


def _offering(names: tuple[str, ...], shape: dict[str, Any]) -> dict[str, Any]:
    """The shape of a field that is a name, or a list of names, with these among which to choose."""
    tables = [_table("series")] if shape is _SERIES else []
    one = [{"enum": list(names)}, _TEXT]
    many = [{"type": "array", "items": {"anyOf": [*one, *tables]}}] if shape in (_LIST, _SERIES) else []
    return {"anyOf": [*one, *many, *tables]}


_SHAPES: dict[FieldType, dict[str, Any]] = {
    "kind": {"enum": ["story", "page"]},
    "byline": {"enum": ["staff", "guest", "wire", None]},
    "email": {"type": ["string", "null"], "format": "email"},
    "links": {"type": ["object", "null"], "additionalProperties": {"type": "string", "format": "uri"}},
    "date": _MOMENT,
    "flag": {"type": ["boolean", "null"]},
    "number": {"type": ["integer", "null"], "minimum": 0},
    "urls": _LIST,
    "first": _LIST,
    "tags": _LIST,
    "names": _LIST,
    "list": _LIST,
    "series": _SERIES,
    "image": {"anyOf": [_TEXT, _table("image")]},
    "audio": {"anyOf": [_TEXT, _table("audio")]},
    "corrections": {"type": ["array", "null"], "items": _table("corrections")},
    "withdrawn": {"anyOf": [{"type": ["boolean", "null"]}, _table("withdrawn")]},
    "check": {"type": ["object", "null"], "properties": {"ignore": _LIST}, "additionalProperties": False},
    "web": {"type": ["string", "null"], "format": "uri"},
    "table": {"type": ["object", "null"]},
}


def json_schema(extra: tuple[str, ...] = (), known: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the front matter, for editors.

    `extra` are the keys that pass to the theme; `known` are names that editors may offer, by field. Others fit too: a
    new tag is no mistake.
    """
    shapes = {name: _SHAPES.get(field.type, _TEXT) for name, field in FIELDS.items()}
    shapes |= {name: _offering(names, shapes[name]) for name, names in (known or {}).items() if names}
    fields = {name: {"description": field.description, **shapes[name]} for name, field in FIELDS.items()}
    others: dict[str, Any] = dict.fromkeys((*PROFILE_NAMES, *extra), True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of sitegen",
        "type": "object",
        "properties": others | fields,
        "additionalProperties": "*" in extra,
    }
