"""Values of the front matter, read by the type of the field that they are for.

Each reader gets a value as written, and gives what the field holds, or None if it can make nothing of it. What is odd
goes into the notes; nothing is raised.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from sitegen.config import BYLINES, EMAIL, WEB
from sitegen.content.nodes import Node, Scalar, Table, plain
from sitegen.content.notes import Notes, kind_of
from sitegen.content.schema import GUARDED
from sitegen.errors import Severity, did_you_mean
from sitegen.regex import regex
from sitegen.text.dates import parse_date
from sitegen.text.language import normal_tag
from sitegen.text.slugs import decode_once, slugify
from sitegen.urls import UnsafeURL, normal_url, output_file

__all__ = [
    "FLAGS",
    "Reading",
    "byline",
    "email",
    "flag",
    "kind",
    "language",
    "line",
    "moment",
    "number",
    "refuse",
    "slug",
    "table",
    "url",
    "web",
    "word",
]

_BLANKS = regex(r"[ \t\n]+")
FLAGS = dict.fromkeys(("true", "yes", "on", "y", "1"), True) | dict.fromkeys(("false", "no", "off", "n", "0"), False)
_DATE = "expected YYYY-MM-DD or YYYY-MM-DD HH:MM, with an optional offset"


class Reading(NamedTuple):
    """The field that is being read: its name, the notes of its file, and the zone of the site."""

    name: str
    notes: Notes
    zone: tzinfo


def refuse(node: Node, field: Reading, what: str, label: str, *, hint: str = "", code: str = "bad-value") -> None:
    """Note that the value of a field could not be used: an error where that could publish something secret."""
    severity: Severity = "error" if field.name in GUARDED else "warning"
    field.notes.add(severity, code, f"`{field.name}` is not {what}", node.place, label=label, hint=hint)


def line(node: Node, field: Reading) -> str | None:
    """Text on one line, without outer blanks."""
    if not isinstance(node, Scalar):
        refuse(node, field, "text", f"expected text, this is {kind_of(node)}")
        return None
    if node.is_null:
        return ""
    text = node.text.strip()
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)


def word(node: Node, field: Reading) -> str | None:
    """One lower-case word or name."""
    text = line(node, field)
    return text.lower() if text else None


def flag(node: Node, field: Reading) -> bool | None:
    """True or false, in the words of YAML 1.1, bare or in quotes."""
    found = FLAGS.get(node.word) if isinstance(node, Scalar) else None
    if found is None:
        refuse(node, field, "true or false", "expected `true` or `false`")
    return found


def number(node: Node, field: Reading) -> int | None:
    """A whole number, 0 or more."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        refuse(node, field, "a whole number", "expected a number such as 1")
        return None
    return int(text)


def moment(node: Node, field: Reading) -> datetime | None:
    """An aware instant."""
    found = parse_date(node.text, field.zone) if isinstance(node, Scalar) else None
    if found is None or found.value is None:
        hint = "leave `date` out to use the one in the file name" if field.name == "date" else ""
        refuse(node, field, "a date", _DATE, hint=hint, code="bad-date")
        return None
    if not found.exact:
        read = f"read as {found.value:%Y-%m-%d %H:%M}"
        field.notes.warn("bad-date", f"a part of `{field.name}` makes no sense", node.place, label=read)
    return found.value


def slug(node: Node, field: Reading) -> str | None:
    """One part of a URL; of a path, the last part."""
    text = decode_once(line(node, field) or "").strip("/")
    name = text.rpartition("/")[2]
    if name != text:
        field.notes.warn("bad-value", f"`{field.name}` is a path", node.place, label=f"only `{name}` is used")
    return slugify(name) or None


def url(node: Node, field: Reading) -> str | None:
    """The path of a URL on this site, decoded and with a leading slash."""
    text = line(node, field)
    if not text:
        return None
    address, query, _ = re.sub(r"^https?://[^/]*", "", text).partition("#")[0].partition("?")
    if query and not address.strip("/"):
        hint = "redirect it on your server"
        field.notes.warn("bad-alias", f"`{text}` is nothing but a query, which no file can have", node.place, hint=hint)
        return None
    path = normal_url(address)
    try:
        output_file(path)
    except UnsafeURL as error:
        field.notes.add("error", "bad-url", f"`{field.name}` is no URL of this site", node.place, label=str(error))
        return None
    return path


def web(node: Node, field: Reading) -> str | None:
    """A full URL on the web."""
    text = line(node, field)
    if text and not WEB.fullmatch(text):
        refuse(node, field, "a full URL", "expected `https://…`")
        return None
    return text


def email(node: Node, field: Reading) -> str | None:
    """The address of a mailbox."""
    text = line(node, field)
    if text and not EMAIL.fullmatch(text):
        refuse(node, field, "an e-mail address", "expected `name@example.org`")
        return None
    return text


def byline(node: Node, field: Reading) -> str | None:
    """What kind of author somebody is."""
    text = word(node, field)
    if text and text not in BYLINES:
        refuse(node, field, "a kind of author", "expected `staff`, `guest` or `wire`", hint=did_you_mean(text, BYLINES))
        return None
    return text


def language(node: Node, field: Reading) -> str | None:
    """A language tag."""
    text = line(node, field)
    tag = normal_tag(text) if text else ""
    if text and not tag:
        refuse(node, field, "a language", "expected a tag such as `en` or `pt-BR`")
    return tag or None


def kind(node: Node, field: Reading) -> str | None:
    """`story` or `page`."""
    text = word(node, field)
    if text and text not in ("story", "page"):
        refuse(node, field, "a kind of page", "expected `story` or `page`")
        return None
    return text


def table(node: Node, field: Reading) -> dict[str, Any] | None:
    """Anything with keys, untouched."""
    if not isinstance(node, Table):
        refuse(node, field, "a table", f"expected `key: value` lines, this is {kind_of(node)}")
        return None
    found: dict[str, Any] = plain(node)
    return found
