"""Which keys of a file's front matter are fields, under which name, and what becomes of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from sitegen.config import FrontMatterConfig
from sitegen.content.nodes import Entry, Scalar, plain
from sitegen.content.notes import Notes
from sitegen.content.schema import FIELDS, GUARDED
from sitegen.content.values import FLAGS
from sitegen.errors import Severity, did_you_mean

__all__ = ["Keys", "sort_keys"]

_PARAGRAPH = 40
"""A longer key, or one of many words, is prose with a colon in it."""

_YES = frozenset(word for word, flag in FLAGS.items() if flag)
_NO = FLAGS.keys() - _YES
_UNPUBLISHED = {
    "published": _NO,
    "publish": _NO,
    "private": _YES,
    "hidden": _YES,
    "status": {"draft", "private", "pending", "hidden"},
    "visibility": {"draft", "private", "hidden"},
}
"""How other systems say that nobody may read this yet."""


class Keys(Struct):
    """The keys of one file, sorted: `own` by the name of the field, and `extra` for the theme."""

    own: dict[str, Entry] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    """Whether this must not be published: a foreign key says so, or two answers are given."""


def sort_keys(entries: Iterable[Entry], config: FrontMatterConfig, names: Mapping[str, str], notes: Notes) -> Keys:
    """Sort the keys of one file; `names` are other names of fields. A null value is no value."""
    keys = Keys()
    for entry in entries:
        own = names.get(entry.key, entry.key)
        if own in FIELDS:
            _add(keys, own, entry, notes)
        else:
            _add_foreign(keys, entry, config, notes)
    return keys


def _add_foreign(keys: Keys, entry: Entry, config: FrontMatterConfig, notes: Notes) -> None:
    name = config.rename.get(entry.key, "")
    word = entry.value.word if isinstance(entry.value, Scalar) else ""
    keys.hidden |= word in _UNPUBLISHED.get(entry.key.lower(), ())
    if name == "date" and word in FLAGS:  # `published` is a date in one archive and a flag in another
        keys.hidden |= not FLAGS[word]
    elif name in FIELDS:
        _add(keys, name, entry, notes)
    elif entry.key in config.extra or "*" in config.extra:
        _pass(keys, entry, config, notes)
    else:
        _reject(entry, notes)


def _add(keys: Keys, name: str, entry: Entry, notes: Notes) -> None:
    """The field's own name goes before a foreign one; of two alike, the last one holds, as in YAML."""
    if isinstance(entry.value, Scalar) and entry.value.is_null:
        return
    earlier = keys.own.get(name)
    if earlier is None:
        keys.own[name] = entry
        return
    if earlier.key == entry.key:
        keys.hidden |= name in GUARDED
        severity: Severity = "error" if name in GUARDED else "warning"
        message = f"`{entry.key}` stands here twice"
        notes.add(severity, "duplicate-key", message, entry.place, label="the last one is used")
    if entry.key in (earlier.key, name):
        keys.own[name] = entry


def _pass(keys: Keys, entry: Entry, config: FrontMatterConfig, notes: Notes) -> None:
    keys.extra[entry.key] = plain(entry.value)
    from difflib import get_close_matches  # few sites have such keys

    meant = get_close_matches(entry.key.lower(), GUARDED, n=1, cutoff=0.85)
    if meant and entry.key not in config.extra:
        hint = f"did you mean `{meant[0]}`?"
        notes.warn("unknown-key", f"`{entry.key}` is only passed to the theme", entry.place, hint=hint)


def _reject(entry: Entry, notes: Notes) -> None:
    if len(entry.key) > _PARAGRAPH or entry.key.count(" ") > 3:
        notes.warn("bad-front-matter", "a paragraph stands in the front matter", entry.place, label="this is left out")
        return
    hint = did_you_mean(entry.key, FIELDS, "`[front_matter]` in the configuration can rename it or pass it on")
    notes.add("error", "unknown-key", f"unknown key `{entry.key}`", entry.place, hint=hint)
