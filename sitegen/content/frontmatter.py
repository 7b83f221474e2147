"""Where front matter ends and the body begins, and front matter as a tree, whatever it is written in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sitegen.content.nodes import Entry, Node, Place, Scalar, Table, UnreadableError, node
from sitegen.text.clean import clean, decode

__all__ = ["Split", "body_text", "read_entries", "split"]

Format = Literal["yaml", "toml", "json", "headers", "none"]

_OPENING = re.compile(r"\s*^(?P<fence>---|\+\+\+)[ \t]*(?:\n|\Z)", re.MULTILINE)
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_FORMATS: dict[str, Format] = {"---": "yaml", "+++": "toml"}
_KEY = re.compile(r"^(?:[\"']?[\w.-]+[\"']?[ \t]*:(?:\s|$)|\{)", re.MULTILINE)
_JSON = re.compile(r"\s*(?=\{\s*[\"}])")
_HEADERS = re.compile(r"\s*^(?P<lines>(?:[A-Za-z][\w-]*:[ \t].*(?:\n|\Z))+)(?=\n|\Z)", re.MULTILINE)
_TITLE_OR_DATE = re.compile(r"^(?:title|date):", re.MULTILINE | re.IGNORECASE)
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Split:
    """A file in two. `matter_line` and `body_line` are the lines of the file on which they begin."""

    format: Format
    matter: str
    matter_line: int
    body: str
    body_line: int
    odd: int = 0
    """The first line that is not UTF-8, or 0."""


def split(data: bytes) -> Split:
    """Front matter and body of a file, not yet read. Raises `UnreadableError` if the front matter has no end."""
    text, odd = decode(data)
    return _fenced(text, odd) or _json(text, odd) or _headers(text, odd) or Split("none", "", 1, *_rest(text, 0), odd)


def body_text(data: bytes) -> tuple[str, int]:
    """The clean text of the body, and the line of the file on which it begins. Raises `UnreadableError`."""
    parts = split(data)
    return clean(parts.body), parts.body_line


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _fenced(text: str, odd: int) -> Split | None:
    """None if the first line is no fence but a rule above prose."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    fence, start = opening["fence"], opening.end()
    closing = _CLOSING[fence].search(text, start)
    if closing is None:
        _refuse_open_end(text, fence, start)
        return None
    matter = text[start : closing.start()]
    if fence == "---" and not _KEY.search(matter) and not _only_comments(matter):
        return None
    return Split(_FORMATS[fence], matter, _line(text, start), *_rest(text, closing.end()), odd)


def _rest(text: str, start: int) -> tuple[str, int]:
    return text[start:], _line(text, start)


def _only_comments(matter: str) -> bool:
    return all(line.lstrip()[:1] in ("", "#") for line in matter.split("\n"))


def _refuse_open_end(text: str, fence: str, start: int) -> None:
    """A rule above prose is no front matter; keys without an end are, and may say that the story is secret."""
    end = text.find("\n\n", start)
    if fence != "---" or _KEY.search(text, start, len(text) if end < 0 else end):
        place = Place(_line(text, start) - 1, 1, len(fence))
        raise UnreadableError("the front matter has no end", place, f"add a line `{fence}` below the last key")


def _json(text: str, odd: int) -> Split | None:
    opening = _JSON.match(text)
    if opening is None:
        return None
    start = opening.end()
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        end = len(text)
    return Split("json", text[start:end], _line(text, start), *_rest(text, end), odd)


def _headers(text: str, odd: int) -> Split | None:
    """Lines such as `Title: …` above the body, without fences."""
    match = _HEADERS.match(text)
    if match is None or not _TITLE_OR_DATE.search(match["lines"]):
        return None
    return Split("headers", match["lines"], _line(text, match.start("lines")), *_rest(text, match.end()), odd)


def read_entries(parts: Split) -> tuple[Entry, ...]:
    """The keys of the front matter with their values, in order. Raises `UnreadableError`."""
    read = _READERS.get(parts.format)
    tree = read(parts) if read else None
    if tree is None:
        return ()
    if not isinstance(tree, Table):
        raise UnreadableError("the front matter is not a list of `key: value` lines", Place(parts.matter_line))
    return tree.entries


def _read_yaml(parts: Split) -> Node | None:
    from sitegen.content.yaml_nodes import read_yaml  # noqa: PLC0415 (loaded when there is YAML to read)

    return read_yaml(parts.matter, parts.matter_line)


def _read_toml(parts: Split) -> Node:
    import tomllib  # noqa: PLC0415 (loaded when there is TOML to read)

    try:
        return _placed(tomllib.loads(clean(parts.matter)), parts)
    except (ValueError, RecursionError) as error:
        found = _TOML_PLACE.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 0)
        place = Place(parts.matter_line + line - 1, column)
        raise UnreadableError(f"the front matter is not TOML: {error}", place) from None


def _read_json(parts: Split) -> Node:
    try:
        return _placed(json.loads(parts.matter), parts)
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
    return Place(parts.matter_line + _line(parts.matter, found.start(1)) - 1, column, len(key))


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
