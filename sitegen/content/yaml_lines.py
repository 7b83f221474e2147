"""The YAML that nearly all front matter is written in, read line by line; `yaml_nodes` reads any other.

A text is read here only if each of its lines surely is one of a few, so that the tree is the one that a YAML parser
would give. Why it is, by the productions of YAML 1.2.2 (those of 1.1 differ in nothing that is read here):

- All characters are printable [1], and the only blanks are spaces [31] and line feeds [24]. So nothing is a tab, a byte
  order mark [3], or a line break that one version knows and the other does not.
- A key is ASCII letters, digits, `_` and `-`, and begins with a letter or `_`. So it is a plain scalar [133], no
  document mark [203, 204], no directive [82], no merge key, and short enough for a key before its colon [154, 193].
- A plain value begins with no indicator [22, 126], holds no `: ` and no ` #`, and does not end in `:` [130]. In a flow
  list it holds no flow indicator [23], no colon, no question mark and no `#` at all.
- A quoted value ends on its line [111, 122]. The only escapes in it are those of the quote [52] and the backslash [54],
  and `''` in single quotes [117].
- A flow list [137] ends on its line and holds plain and quoted values, none of them empty.
- A line is blank, a comment [78], a key [192] or an item [184]. So no value goes on in a second line: it would have to
  be indented more than its key or item [74], and after a value such a line is refused.
- Under a key without a value, all items [183] or all keys [187] are indented alike, and more than that key; items may
  also stand right below it [201].

PyYAML differs from both versions here and there. A test compares what it makes of texts that come close to these rules.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from sitegen.content.nodes import Entry, Items, Node, Place, Scalar, Table
from sitegen.regex import regex

__all__ = ["read_lines"]

_QUOTED = r"""(?:"(?P<double>[^"\\]*(?:\\["\\][^"\\]*)*)"|'(?P<single>[^']*(?:''[^']*)*)')"""
_FIRST = r"""[^-?:,\[\]{}#&*!|>'"%@` ]"""
_LINE = regex(
    rf"(?P<indent> *)(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{{0,99}}):|-)"
    rf"(?: +(?:{_QUOTED}|(?P<plain>{_FIRST}.*)|\[(?P<list>.*)\]))?"
)
_ITEM = regex(rf" *(?:{_QUOTED}|(?P<plain>{_FIRST}[^,:?#\[\]{{}}]*)) *(?:,|\Z)")
_ESCAPED = regex(r"\\(.)")

_Row = tuple[int, Entry | Node]


class _UnsureError(Exception):
    """Only a YAML parser can tell what this means."""


def read_lines(text: str, first_line: int = 1) -> Table | None:
    """The tree that `read_yaml` gives, or None where that is not certain."""
    try:
        return _document(text, first_line)
    except _UnsureError:
        return None


def _document(text: str, first_line: int) -> Table:
    if not text.replace("\n", "").replace("\xa0", "").replace("\u202f", "").isprintable():
        raise _UnsureError
    keys: list[tuple[Entry, list[_Row]]] = []
    for number, line in enumerate(normalize("NFC", text).split("\n"), first_line):
        found = _LINE.fullmatch(line.rstrip(" "))
        if found:
            _add(found, number, keys)
        elif line.lstrip(" ")[:1] not in ("", "#"):
            raise _UnsureError
    if not keys:
        raise _UnsureError
    entries = tuple([_with(entry, below) if below else entry for entry, below in keys])
    return Table(entries, Place(entries[0].place.line, 1))


def _add(found: re.Match[str], number: int, keys: list[tuple[Entry, list[_Row]]]) -> None:
    """Put a key of the document beside the others, and any other line below the last of them."""
    value = _value(found, number)
    indent, key = found.end("indent"), found["key"]
    entry = Entry(key, value, Place(number, indent + 1, len(key))) if key else None
    if entry and not indent:
        keys.append((entry, []))
    elif keys:
        keys[-1][1].append((indent, entry or value))
    else:
        raise _UnsureError


def _with(entry: Entry, below: list[_Row]) -> Entry:
    """A key that has no value in its own line, with the list or the table below it."""
    (indent, *others) = {indent for indent, _ in below}
    keys = tuple([child for _, child in below if isinstance(child, Entry)])
    items = tuple([child for _, child in below if not isinstance(child, Entry)])
    if entry.value.place.length or others or (keys and items):
        raise _UnsureError
    place = Place(below[0][1].place.line, indent + 1, int(not indent))
    return Entry(entry.key, Table(keys, place) if keys else Items(items, place), entry.place)


def _value(found: re.Match[str], number: int) -> Node:
    """What stands behind the colon or the dash of a line, or in a flow list."""
    form = found.lastgroup or ""
    if form == "list":
        return _list(found, number)
    if form in ("key", "indent"):
        return Scalar("", True, Place(number, found.end() + 1))
    text, start = found[form], found.start(form)
    if form == "plain":
        text = text.rstrip(" ")
        if ": " in text or " #" in text or text[-1] == ":":
            raise _UnsureError
        return Scalar(text, True, Place(number, start + 1, len(text)))
    place = Place(number, start, len(text) + 2)
    if form == "single":
        return Scalar(text.replace("''", "'"), False, place)
    return Scalar(_ESCAPED.sub(r"\1", text) if "\\" in text else text, False, place)


def _list(line: re.Match[str], number: int) -> Items:
    at, end = line.span("list")
    items, place = [], Place(number, at, 1)
    while at < end:
        found = _ITEM.match(line.string, at, end)
        if not found:
            raise _UnsureError
        items.append(_value(found, number))
        at = found.end()
    return Items(tuple(items), place)
