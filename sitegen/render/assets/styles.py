"""Style sheets: each `@import` of a file of the theme replaced by what it imports, then minified.

`@import` means what CSS says it means (W3C, CSS Cascading and Inheritance Level 5, section 2.1): the rules stand where
the import stood, within its layer, its `supports()` and its media query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import rcssmin
import tinycss2

from sitegen.errors import Span, TemplateError
from sitegen.render.assets.parts import Part, Parts

__all__ = ["bundle_style", "joined_style"]

_PROBE = "\nend{}"
"""A rule put behind the text: if something swallows it, that thing has no end."""
_MAY_STAND_BEFORE_IMPORTS = ("charset", "layer")


def bundle_style(entry: Part, parts: Parts) -> str:
    """The style sheet with all it imports, minified. Raises `TemplateError`."""
    return str(rcssmin.cssmin(joined_style(entry, parts)))


def joined_style(entry: Part, parts: Parts) -> str:
    """The style sheet with all it imports, as written. Raises `TemplateError`."""
    return _sheet(entry, (), entry, parts)


def _sheet(part: Part, around: tuple[Part, ...], bundle: Part, parts: Parts) -> str:
    """The text of one part, imported by those `around` it."""
    rules = _rules(part)
    pieces: list[str] = []
    begun = False
    for rule in rules:
        keyword = getattr(rule, "lower_at_keyword", "")
        if keyword == "import":
            if begun:
                message = "an @import must stand before all other rules, or browsers ignore it"
                raise TemplateError(message, _place(part, rule, 7), code="bad-import")
            pieces.append(_imported(rule, part, around, bundle, parts))
            continue
        begun = begun or not (rule.type in ("comment", "whitespace") or keyword in _MAY_STAND_BEFORE_IMPORTS)
        if keyword != "charset":  # every part is UTF-8
            _link(rule, part, bundle, parts)
            pieces.append(rule.serialize())
    return "".join(pieces)


def _rules(part: Part) -> list[Any]:
    """The rules of a part. Raises `TemplateError` at what is not CSS; a property that nobody knows is CSS too."""
    rules = tinycss2.parse_stylesheet(part.text + _PROBE)
    for node in _nodes(rules):
        if node.type == "error":
            raise TemplateError(f"not valid CSS: {node.message}", _place(part, node), code="bad-asset")
    *rest, probe = rules
    if probe.type != "qualified-rule" or tinycss2.serialize(probe.prelude) != "end":
        raise TemplateError("not valid CSS: this has no end", _place(part, probe), code="bad-asset")
    return rest


def _nodes(nodes: Iterable[Any]) -> Iterator[Any]:
    """These nodes and all within them, in the order of the text."""
    for node in nodes:
        yield node
        for within in ("prelude", "arguments", "content"):
            yield from _nodes(getattr(node, within, None) or ())


def _place(part: Part, node: Any, length: int = 1) -> Span:
    return part.span(node.source_line, node.source_column, length)


def _imported(rule: Any, part: Part, around: tuple[Part, ...], bundle: Part, parts: Parts) -> str:
    """What stands in the place of an import."""
    place = _place(part, rule, 7)
    what, *conditions = [node for node in rule.prelude if node.type not in ("comment", "whitespace")] or [None]
    reference = _address(what)
    if reference is None:
        raise TemplateError("this @import names no file", place, code="bad-import")
    if "://" in reference or reference.startswith(("/", "data:")):
        hint = "copy it into `assets/`, or link to it in the template of the head"
        raise TemplateError(f"`{reference}` is not a file of the theme", place, hint, code="bad-import")
    found = parts.imported(part, reference, place)
    if found in (*around, part):
        raise TemplateError(f"`{part.name}` is imported by what it imports", place, code="bad-import")
    return _within(conditions, _sheet(found, (*around, part), bundle, parts))


def _address(node: Any) -> str | None:
    """What a string or a `url()` names; None for anything else."""
    if node is not None and node.type == "function" and node.lower_name == "url":
        node = next((inner for inner in node.arguments if inner.type == "string"), None)
    return str(node.value) if node is not None and node.type in ("string", "url") else None


def _within(conditions: list[Any], sheet: str) -> str:
    """A sheet inside the conditions of its import: a layer, `supports()`, and the rest is a media query."""
    rest = list(conditions)
    name = _name(rest)
    if name == "layer":
        sheet = f"@layer {_inner(rest.pop(0))}{{{sheet}}}"
        name = _name(rest)
    if name == "supports":
        sheet = f"@supports ({_inner(rest.pop(0))}){{{sheet}}}"
    media = " ".join(node.serialize() for node in rest)
    return f"@media {media}{{{sheet}}}" if media else sheet


def _name(nodes: list[Any]) -> str:
    first = nodes[0] if nodes else None
    return str(getattr(first, "lower_name", "") or getattr(first, "lower_value", ""))


def _inner(node: Any) -> str:
    return tinycss2.serialize(getattr(node, "arguments", ()))


def _link(rule: Any, part: Part, bundle: Part, parts: Parts) -> None:
    """Give every file that the rule names with `url()` the name under which it is served."""
    for node in _nodes([rule]):
        reference = _address(node) if node.type == "url" or getattr(node, "lower_name", "") == "url" else None
        if reference is None:
            continue
        url = parts.linked(part, reference, bundle, _place(part, node, 4))
        if url != reference and node.type == "url":
            node.representation = f'url("{url}")'
        elif url != reference:
            string = next(inner for inner in node.arguments if inner.type == "string")
            string.representation = f'"{url}"'
