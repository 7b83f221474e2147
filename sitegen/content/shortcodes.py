"""Shortcodes: what a theme declares, and how a call is written.

A call is `{{< name key="value" >}}`; one that takes text is closed by `{{< /name >}}`, or is empty: `{{< name />}}`.
`{{</* name */>}}` shows the call itself. Values stand in double or single quotes, or bare if they hold no blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import field

from sitegen.errors import did_you_mean
from sitegen.plain import Record
from sitegen.regex import regex

__all__ = ["ESCAPED", "Fault", "ShortcodeSpec", "Tag", "check", "read_tag"]


class ShortcodeSpec(Record, frozen=True):
    """What a theme says about one of its shortcodes: the parameters it knows, and whether text stands inside."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    inner: bool = False


class Fault(Record, frozen=True):
    """Something wrong in a call: at `at`, an offset in the text that was read, for `length` characters."""

    message: str
    at: int
    length: int
    hint: str = ""
    code: str = "bad-shortcode"


class Tag(Record, frozen=True):
    """One mark `{{< … >}}`, from `start` to `end` in its text. `places` tells where each parameter's name stands."""

    name: str
    start: int
    end: int
    name_at: int
    closing: bool = False
    empty: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


ESCAPED = regex(r"\{\{</\*((?:(?!\{\{<).)*?)\*/>\}\}")
_HEAD = regex(r"\{\{<\s*(/?)\s*([^\s\"'=<>/{}]*)")
_PARAMETER = regex(
    r"""\s*([\w-]+)\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^\s"'=<>{}]+?)(?=\s|/?>\}\}))"""
)
_TAIL = regex(r"\s*(/?)>\}\}")
_ODD = regex(r"\s*([^\s>]*)")
_ESCAPE = regex(r"\\(.)")


def read_tag(text: str, start: int) -> Tag | Fault:
    """The mark that begins at `start`, where `text` has `{{<`; or what is wrong with it."""
    head = _HEAD.match(text, start)
    if head is None or not head[2]:
        return Fault("a shortcode needs a name", start, 3, 'write `{{< name key="value" >}}`')
    parameters: dict[str, str] = {}
    places: dict[str, int] = {}
    end = head.end()
    while found := _PARAMETER.match(text, end):
        name, double, single, bare = found.groups()
        if name in parameters:
            return Fault(f"`{name}` is given twice", found.start(1), len(name))
        quoted = double if double is not None else single
        parameters[name] = bare if quoted is None else _ESCAPE.sub(r"\1", quoted)
        places[name] = found.start(1)
        end = found.end()
    tail = _TAIL.match(text, end)
    if tail is None:
        return _odd(text, start, end)
    if head[1] and parameters:
        return Fault("a closing mark takes no parameters", end - 1, 1)
    return Tag(head[2], start, tail.end(), head.start(2), bool(head[1]), bool(tail[1]), parameters, places)


def _odd(text: str, start: int, end: int) -> Fault:
    """The fault of a mark that goes on with something that is neither a parameter nor its end."""
    line_end = text.find("\n", start)
    if text.find(">}}", end) < 0 or 0 <= line_end < end:
        return Fault("the shortcode is never ended by `>}}`", start, 3)
    odd = _ODD.match(text, end)
    assert odd is not None
    return Fault("this is not a parameter", odd.start(1), max(1, len(odd[1])), 'write `key="value"`')


def check(tag: Tag, known: Mapping[str, ShortcodeSpec]) -> Iterator[Fault]:
    """Every fault of an opening mark against what the theme declares."""
    spec = known.get(tag.name)
    if spec is None:
        hint = did_you_mean(tag.name, known, "the theme knows " + (", ".join(sorted(known)) or "no shortcodes"))
        yield Fault(f"there is no shortcode `{tag.name}`", tag.name_at, len(tag.name), hint, "unknown-shortcode")
        return
    names = (*spec.required, *spec.optional)
    for name, at in tag.places.items():
        if name not in names:
            hint = did_you_mean(name, names, "it takes " + (", ".join(names) or "no parameters"))
            yield Fault(f"`{tag.name}` has no parameter `{name}`", at, len(name), hint)
    for name in spec.required:
        if name not in tag.parameters:
            yield Fault(f"`{tag.name}` needs the parameter `{name}`", tag.name_at, len(tag.name))
