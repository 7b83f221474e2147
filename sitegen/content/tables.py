"""Fields that are tables of their own: pictures, recordings, corrections."""

from __future__ import annotations

import re

from sitegen.content.article import Audio, Correction, Image
from sitegen.content.nodes import Entry, Items, Node, Scalar, Table
from sitegen.content.schema import PARTS
from sitegen.content.values import Reading, line, moment, refuse
from sitegen.errors import did_you_mean

__all__ = ["audio", "corrections", "image"]

_FOCUS = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
_SHARE = re.compile(r"(?:100|\d{1,2})(?:\.\d+)?%")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:\.\d+)?", re.ASCII)
_ISO_8601 = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?(?: ?s)?", re.ASCII)


def _parts(node: Table, field: Reading) -> dict[str, Entry]:
    """The known keys of a table; an unknown one is an error, as everywhere in the schema."""
    known = PARTS[field.name]
    for entry in node.entries:
        if entry.key not in known:
            hint = did_you_mean(entry.key, known, "known are " + ", ".join(f"`{name}`" for name in known))
            field.notes.add(
                "error", "unknown-key", f"unknown key `{entry.key}` in `{field.name}`", entry.place, hint=hint
            )
    return {entry.key: entry for entry in node.entries if entry.key in known}


def _text(parts: dict[str, Entry], name: str, field: Reading) -> str | None:
    entry = parts.get(name)
    return line(entry.value, field) if entry else None


def _one(node: Node, field: Reading) -> Node:
    """Of a list, the first."""
    if isinstance(node, Items) and node.items:
        if len(node.items) > 1:
            field.notes.warn("bad-value", f"`{field.name}` is a list", node.place, label="only the first is used")
        return node.items[0]
    return node


def _table(node: Node, field: Reading) -> dict[str, Entry] | None:
    """The parts of a table; text stands for its `src`; None if there is none."""
    node = _one(node, field)
    if isinstance(node, Items):
        return None
    if isinstance(node, Scalar):
        unused = node.is_null or (node.bare and node.text.lower() in ("false", "no"))
        return None if unused else {"src": Entry("src", node, node.place)}
    return _parts(node, field)


def _source(parts: dict[str, Entry], node: Node, field: Reading) -> str:
    src = _text(parts, "src", field) or ""
    if not src and parts:
        refuse(node, field, "complete", "expected `src`")
    return src


def image(node: Node, field: Reading) -> Image | None:
    """A picture: its path, or a table."""
    parts = _table(node, field)
    src = _source(parts, node, field) if parts else ""
    if not parts or not src:
        return None
    alt, caption, credit = (_text(parts, name, field) for name in ("alt", "caption", "credit"))
    return Image(src, alt, caption or "", credit or "", _focus(parts, field))


def _focus(parts: dict[str, Entry], field: Reading) -> str:
    text = _text(parts, "focus", field)
    if not text:
        return ""
    shares = [_FOCUS.get(part, part) for part in text.lower().replace(",", " ").split()]
    if len(shares) == 2 and all(map(_SHARE.fullmatch, shares)):
        return " ".join(shares)
    place = parts["focus"].value.place
    field.notes.warn("bad-value", "`focus` is no place in a picture", place, label="expected `50% 30%`")
    return ""


def audio(node: Node, field: Reading) -> Audio | None:
    """A recording: its path or URL, or a table."""
    parts = _table(node, field)
    src = _source(parts, node, field) if parts else ""
    if not parts or not src:
        return None
    return Audio(src, _duration(parts, field), _text(parts, "transcript", field) or "")


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
