"""Fields that are tables of their own: pictures, recordings, corrections."""

from __future__ import annotations

import re

from sitegen.content.article import Audio, Correction, Image, Part, ProfileLink, Withdrawal
from sitegen.content.lists import listed
from sitegen.content.nodes import NOWHERE, Entry, Items, Node, Scalar, Table
from sitegen.content.schema import PARTS
from sitegen.content.values import FLAGS, Reading, line, moment, number, refuse, web
from sitegen.errors import did_you_mean
from sitegen.regex import regex

__all__ = ["audio", "check", "corrections", "image", "links", "series", "withdrawn"]

_ACROSS = {"left": "0%", "center": "50%", "right": "100%"}
_DOWN = {"top": "0%", "center": "50%", "bottom": "100%"}
_SHARE = regex(r"(?:100|\d{1,2})(?:\.\d+)?%")
_CLOCK = regex(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:\.\d+)?", re.ASCII)
_ISO_8601 = regex(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.ASCII)
_SECONDS = regex(r"(\d{1,7})(?:\.\d+)?(?: ?s)?", re.ASCII)


def _parts(node: Table, field: Reading) -> dict[str, Entry]:
    """The known keys of a table; an unknown one is an error, as everywhere in the schema."""
    known = PARTS[field.name]
    for entry in node.entries:
        if entry.key not in known:
            hint = did_you_mean(entry.key, known, "known are " + ", ".join(f"`{name}`" for name in known))
            message = f"unknown key `{entry.key}` in `{field.name}`"
            field.notes.add("error", "unknown-key", message, entry.place, hint=hint)
    return {entry.key: entry for entry in node.entries if entry.key in known}


def _text(parts: dict[str, Entry], name: str, field: Reading) -> str | None:
    entry = parts.get(name)
    return line(entry.value, field) if entry else None


def _sourced(node: Node, field: Reading) -> tuple[str, dict[str, Entry]]:
    """The `src` of a table, or "", and all its parts; text alone is a `src`; of a list, the first counts."""
    if isinstance(node, Items):
        if len(node.items) > 1:
            field.notes.warn("bad-value", f"`{field.name}` is a list", node.place, label="only the first is used")
        return _sourced(node.items[0], field) if node.items else ("", {})
    if isinstance(node, Scalar):
        unused = node.bare and FLAGS.get(node.word) is False
        return ("" if unused else line(node, field) or ""), {}
    parts = _parts(node, field)
    src = _text(parts, "src", field) or ""
    if not src:
        refuse(node, field, "complete", "expected `src`")
    return src, parts


def image(node: Node, field: Reading) -> Image | None:
    """A picture: its path, or a table."""
    src, parts = _sourced(node, field)
    alt, caption, credit = (_text(parts, name, field) for name in ("alt", "caption", "credit"))
    return Image(src, alt, caption or "", credit or "", _focus(parts, field)) if src else None


def _focus(parts: dict[str, Entry], field: Reading) -> str:
    text = _text(parts, "focus", field)
    if not text:
        return ""
    across, down = _in_order(text.lower().replace(",", " ").split())
    shares = (_ACROSS.get(across, across), _DOWN.get(down, down))
    if all(map(_SHARE.fullmatch, shares)):
        return " ".join(shares)
    place = parts["focus"].value.place
    field.notes.warn("bad-value", "`focus` is no place in a picture", place, label="expected `50% 30%`")
    return ""


def _in_order(words: list[str]) -> tuple[str, str]:
    """The words of a place as CSS has them: names in any order, and the middle for what is left out."""
    if len(words) == 1:
        words = [*words, "center"]
    if len(words) != 2:
        return "", ""
    first, second = words
    turned = first in ("top", "bottom") or second in ("left", "right")
    return (second, first) if turned else (first, second)


def audio(node: Node, field: Reading) -> Audio | None:
    """A recording: its path or URL, or a table."""
    src, parts = _sourced(node, field)
    return Audio(src, _duration(parts, field), _text(parts, "transcript", field) or "") if src else None


def _duration(parts: dict[str, Entry], field: Reading) -> int:
    """Whole seconds, from `272`, `4:32` or `PT4M32S`."""
    text = _text(parts, "duration", field)
    if not text:
        return 0
    if match := _SECONDS.fullmatch(text):
        return int(match[1])
    match = _CLOCK.fullmatch(text) or _ISO_8601.fullmatch(text.upper())
    if match and any(match.groups()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    field.notes.warn("bad-value", "`duration` is no time", parts["duration"].value.place, label="expected `4:32`")
    return 0


def corrections(node: Node, field: Reading) -> tuple[Correction, ...]:
    """A list of tables with `date` and `text`; a correction without a date cannot be shown."""
    items = node.items if isinstance(node, Items) else (node,)
    return tuple(found for item in items if (found := _correction(item, field)))


def _correction(node: Node, field: Reading) -> Correction | None:
    parts = _parts(node, field) if isinstance(node, Table) else {}
    text = _text(parts, "text", field)
    date = parts.get("date")
    if not text or not date:
        refuse(node, field, "complete", "expected `date` and `text`")
        return None
    when = moment(date.value, field)
    return Correction(when, text) if when else None


def series(node: Node, field: Reading) -> tuple[Part, ...]:
    """The series that a story is part of, each once: a name, or a table with `name`, and perhaps `part` and `title`."""
    items = node.items if isinstance(node, Items) else (node,)
    found: dict[str, Part] = {}
    for part in filter(None, (_part(item, field) for item in items)):
        found.setdefault(part.series, part)
    return tuple(found.values())


def _part(node: Node, field: Reading) -> Part | None:
    if not isinstance(node, Table):
        name = line(node, field)
        return Part(name) if name else None
    parts = _parts(node, field)
    name = _text(parts, "name", field)
    if not name:
        refuse(node, field, "complete", "expected `name`")
        return None
    place = parts["part"].value.place if "part" in parts else NOWHERE
    return Part(name, _number(parts, field), _text(parts, "title", field) or "", (*place,))


def _number(parts: dict[str, Entry], field: Reading) -> int:
    """The number of a part, from 1; 0 if it has none."""
    entry = parts.get("part")
    if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_null):
        return 0
    part = Reading("part", field.notes, field.zone)
    found = number(entry.value, part)
    if found == 0:
        refuse(entry.value, part, "a number from 1 on", "parts are counted from 1")
    return found or 0


def links(node: Node, field: Reading) -> tuple[ProfileLink, ...]:
    """Pages elsewhere: a table with their names as keys. One that is no address on the web is left out."""
    if not isinstance(node, Table):
        refuse(node, field, "a table", "expected `Mastodon: https://…`")
        return ()
    found = ((entry.key, web(entry.value, Reading(entry.key, field.notes, field.zone))) for entry in node.entries)
    return tuple(ProfileLink(name, url) for name, url in found if url)


def withdrawn(node: Node, field: Reading) -> Withdrawal | bool | None:
    """A table with `date` and `text`, both of which may be missing; or only true, or false."""
    if isinstance(node, Scalar):
        said = FLAGS.get(node.word)
        if said is None:
            refuse(node, field, "a table", "expected `date` and `text`, or `true`")
        return Withdrawal() if said else said
    if not isinstance(node, Table):
        refuse(node, field, "a table", "expected `date` and `text`, or `true`")
        return None
    parts = _parts(node, field)
    date = parts.get("date")
    return Withdrawal(moment(date.value, field) if date else None, _text(parts, "text", field) or "")


def check(node: Node, field: Reading) -> tuple[str, ...] | None:
    """Codes of problems that are not told of this file."""
    if not isinstance(node, Table):
        refuse(node, field, "a table", "expected `ignore: [CODE, …]`")
        return None
    entry = _parts(node, field).get("ignore")
    return listed(entry.value, field) if entry else None
