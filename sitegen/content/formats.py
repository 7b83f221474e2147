"""Front matter as a tree, whatever it is written in."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable

from sitegen.content.frontmatter import Format, Split
from sitegen.content.nodes import Entry, Node, Place, Scalar, Table, UnreadableError, node
from sitegen.content.yaml_lines import read_lines
from sitegen.regex import regex
from sitegen.text.clean import clean

__all__ = ["read_entries", "yaml_tree"]

_TOML_PLACE = regex(r"\(at line (\d+), column (\d+)\)")


def read_entries(parts: Split) -> tuple[Entry, ...]:
    """The keys of the front matter with their values, in order. Raises `UnreadableError`."""
    read = _READERS.get(parts.format)
    tree = read(parts) if read else None
    if tree is None:
        return ()
    if not isinstance(tree, Table):
        raise UnreadableError("the front matter is not a list of `key: value` lines", Place(parts.matter_line))
    return tree.entries


def yaml_tree(text: str, first_line: int = 1) -> Node | None:
    """The tree of a YAML document; None if it says nothing. Raises `UnreadableError`."""
    found = read_lines(text, first_line)
    if found:
        return found
    from sitegen.content.yaml_nodes import read_yaml  # here, because few builds meet YAML that needs PyYAML

    return read_yaml(text, first_line)


def _read_yaml(parts: Split) -> Node | None:
    return yaml_tree(parts.matter, parts.matter_line)


def _read_toml(parts: Split) -> Node:
    try:
        return _placed(tomllib.loads(clean(parts.matter)), parts)
    except (ValueError, RecursionError) as error:
        found = _TOML_PLACE.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 0)
        place = Place(parts.matter_line + line - 1, column)
        raise UnreadableError(f"the front matter is not TOML: {error}", place) from None


def _read_json(parts: Split) -> Node:
    try:
        return _placed(json.loads(parts.matter, strict=False), parts)
    except json.JSONDecodeError as error:
        place = Place(parts.matter_line + error.lineno - 1, error.colno, 1)
        raise UnreadableError(f"the front matter is not JSON: {error.msg}", place) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"the front matter is not JSON: {error}", Place(parts.matter_line)) from None


def _placed(value: dict[str, object], parts: Split) -> Table:
    """The tree of a table whose parser tells no places: each key is looked for in the text."""
    entries = []
    for key, item in value.items():
        place = _find(key, parts)
        entries.append(Entry(clean(key), node(item, place), place))
    return Table(tuple(entries), Place(parts.matter_line))


def _find(key: str, parts: Split) -> Place:
    found = re.search(rf"^[ \t{{,\[]*[\"']?({re.escape(key)})[\"']?[ \t]*[\]:=.]", parts.matter, re.MULTILINE)
    if found is None:
        return Place(parts.matter_line)
    column = found.start(1) - parts.matter.rfind("\n", 0, found.start(1))
    return Place(parts.matter_line + parts.matter.count("\n", 0, found.start(1)), column, len(key))


def _read_headers(parts: Split) -> Node:
    entries = []
    for line, text in enumerate(clean(parts.matter).rstrip("\n").split("\n"), parts.matter_line):
        key, _, value = text.partition(":")
        place = Place(line, len(text) - len(value.lstrip()) + 1, len(value.strip()))
        entries.append(Entry(key.lower(), Scalar(value.strip(), True, place), Place(line, 1, len(key))))
    return Table(tuple(entries), Place(parts.matter_line))


_READERS: dict[Format, Callable[[Split], Node | None]] = {
    "yaml": _read_yaml,
    "toml": _read_toml,
    "json": _read_json,
    "headers": _read_headers,
}
