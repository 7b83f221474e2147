"""The keys of one file, or of the defaults of a folder, read as the fields that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sitegen.content import lists, tables, values
from sitegen.content.article import Kind
from sitegen.content.keys import sort_keys
from sitegen.content.nodes import NOWHERE, Entry, Node, Place, node
from sitegen.content.notes import Notes
from sitegen.content.schema import FIELDS, GUARDED, PROFILE_NAMES, FieldType
from sitegen.content.settings import Settings
from sitegen.content.values import Reading
from sitegen.errors import Problem, did_you_mean
from sitegen.plain import Record
from sitegen.text.dates import zone

__all__ = ["READERS", "Fields", "check_settings", "default_fields", "read_fields"]

READERS: dict[FieldType, Callable[[Node, Reading], Any]] = {
    "kind": values.kind,
    "line": values.line,
    "inline": values.line,
    "date": values.moment,
    "flag": values.flag,
    "number": values.number,
    "slug": values.slug,
    "url": values.url,
    "urls": lists.urls,
    "first": lists.first,
    "tags": lists.tags,
    "names": lists.names,
    "list": lists.listed,
    "word": values.word,
    "image": tables.image,
    "audio": tables.audio,
    "corrections": tables.corrections,
    "withdrawn": tables.withdrawn,
    "series": tables.series,
    "byline": values.byline,
    "email": values.email,
    "links": tables.links,
    "check": tables.check,
    "language": values.language,
    "web": values.web,
    "table": values.table,
}


class Fields(Record, frozen=True):
    """What was understood, by the name of the field; what goes to the theme as it is; where each field stands."""

    values: dict[str, Any]
    extra: dict[str, Any]
    places: dict[str, Place]


_NO_FIELDS = Fields({}, {}, {})


def read_fields(entries: Iterable[Entry], kind: Kind, settings: Settings, notes: Notes) -> Fields:
    """Read keys as fields. A story with a guarded field that cannot be understood is a draft."""
    names = PROFILE_NAMES if kind in ("author", "tag", "series") else {}
    keys = sort_keys(entries, settings.front_matter, names, notes)
    found: dict[str, Any] = {}
    site_zone = zone(settings.zone)
    for name, entry in keys.own.items():
        value = READERS[FIELDS[name].type](entry.value, Reading(name, notes, site_zone))
        if value not in (None, ""):
            found[name] = value
    if keys.hidden or GUARDED & keys.own.keys() - found.keys():
        found["draft"] = True
    return Fields(found, keys.extra, {name: entry.place for name, entry in keys.own.items()})


def default_fields(path: str, kind: Kind, settings: Settings) -> Fields:
    """What the configuration says of the files of a folder. `check_settings` tells what is wrong with it, once."""
    given = {
        key: value
        for folder, defaults in settings.front_matter.defaults
        if path.startswith(folder + "/")
        for key, value in defaults.items()
    }
    return read_fields(_entries(given), kind, settings, Notes(settings.config_path)) if given else _NO_FIELDS


def _entries(given: Mapping[str, Any]) -> list[Entry]:
    return [Entry(key, node(value), NOWHERE) for key, value in given.items()]


def check_settings(settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with `[front_matter]` beyond its form: unknown fields, values that are not of their type."""
    notes = Notes(settings.config_path)
    for _, defaults in settings.front_matter.defaults:
        read_fields(_entries(defaults), "story", settings, notes)
    for key, name in settings.front_matter.rename.items():
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS)
            notes.add("error", "unknown-key", f"`rename` gives `{key}` the unknown name `{name}`", hint=hint)
    return tuple(notes.problems)
