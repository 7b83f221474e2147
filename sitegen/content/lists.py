"""Fields that hold several values, in all the ways in which archives write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.content.nodes import Items, Node, Scalar, Table
from sitegen.content.values import Reading, line, refuse, url
from sitegen.regex import regex
from sitegen.text.slugs import slugify

__all__ = ["first", "listed", "names", "tags", "urls"]

_BY = regex(r"^by[ \t]+(?=\w)", re.IGNORECASE)
_BETWEEN_NAMES = regex(r"\s*(?:,\s*(?:and\s|&)|[,&、]|\sand\s)\s*")
# A name has two to five words, the first and the last with a capital (or of a script that has none).
_NAME = regex(r"[^\W\d_a-z][\w.'’-]*(?:\s(?:[\w.'’-]+\s){0,3}[^\W\d_a-z][\w.'’-]*)")
_ROLE = regex(
    r"\b(?:columnist|correspondent|director|editor|minister|president|professor|reporter|staff|writer)\b", re.I
)


def _scalars(node: Node, field: Reading) -> Iterator[Scalar]:
    """The texts of a list of any depth; of a table (an author with a biography), its name."""
    for item in node.items if isinstance(node, Items) else (node,):
        if isinstance(item, Scalar):
            yield item
        elif isinstance(item, Items):
            yield from _scalars(item, field)
        else:
            yield from _named(item, field)


def _named(node: Table, field: Reading) -> Iterator[Scalar]:
    for entry in node.entries:
        if entry.key in ("name", "title") and isinstance(entry.value, Scalar):
            yield entry.value
            return
    refuse(node, field, "a list of texts", "this table has no `name`")


def _texts(node: Node, field: Reading) -> tuple[str, ...]:
    """What is there, once each, in order; nothing for nulls."""
    found = [line(scalar, field) for scalar in _scalars(node, field)]
    return tuple(dict.fromkeys(filter(None, found)))


def listed(node: Node, field: Reading) -> tuple[str, ...]:
    """A list; text is a list of one."""
    return _texts(node, field)


def tags(node: Node, field: Reading) -> tuple[str, ...]:
    """A list, in which a comma is a part of its tag; in text alone, commas (or semicolons) part the tags."""
    found = _texts(node, field)
    if isinstance(node, Scalar) and found:
        found = tuple(part.strip() for part in found[0].split(";" if ";" in found[0] else ","))
    spelt: dict[str, str] = {}
    for tag in filter(None, found):
        spelt.setdefault(slugify(tag), tag)
    return tuple(spelt.values())


def names(node: Node, field: Reading) -> tuple[str, ...]:
    """A list of authors; text alone is parted where every part looks like a name or an id, else it is one byline."""
    found = [_BY.sub("", name) for name in _texts(node, field)]
    if isinstance(node, Scalar) and found:
        found = [name for part in found[0].split(";") for name in _people(part.strip()) if name]
    return tuple(dict.fromkeys(found))


def _people(byline: str) -> list[str]:
    parts = _BETWEEN_NAMES.split(byline)
    names = all(_NAME.fullmatch(part) for part in parts) and not _ROLE.search(byline)
    ids = all(part and slugify(part) == part for part in parts)
    return parts if names or ids else [byline]


def first(node: Node, field: Reading) -> str | None:
    """The first of a list: a story has one section."""
    found = _texts(node, field)
    if len(found) > 1:
        message = f"`{field.name}` has {len(found)} values"
        field.notes.warn("bad-value", message, node.place, label="only the first is used")
    return found[0] if found else None


def urls(node: Node, field: Reading) -> tuple[str, ...]:
    """A list of paths on this site."""
    found = (url(scalar, field) for scalar in _scalars(node, field) if not scalar.is_null)
    return tuple(dict.fromkeys(path for path in found if path))
