"""From a TOML table to a frozen class: every value checked against its annotation, every problem kept.

`Reader.table` never stops at a problem. It goes on with `None` in that place, and the caller looks at `flaws` before
he uses what came back. Where things stand in the file is asked only if there is a problem.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import field

from sitegen.config.checks import Unfit
from sitegen.config.positions import KeyPath
from sitegen.errors import did_you_mean
from sitegen.plain import Record
from sitegen.text.clean import clean

__all__ = ["Flaw", "Reader", "plain", "spelt"]

_KINDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "`true` or `false`",
    list: "a list",
    dict: "a table",
}


class Flaw(Record, frozen=True):
    """A problem whose place is still a path of keys. `at_key`: it is about the key, not its value."""

    path: KeyPath
    code: str
    message: str
    label: str = ""
    hint: str = ""
    at_key: bool = False


def spelt(path: KeyPath) -> str:
    """A key path as a person would write it: `sections[2].slug`, counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def plain(value: Any) -> Any:
    """A free value as plain data: arrays become tuples. Raises `Unfit` for what has no plain form."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(map(plain, value))
    if isinstance(value, float) and not math.isfinite(value):
        raise Unfit("a finite number")
    if not isinstance(value, str | int | float | date | NoneType):
        raise Unfit("usable here", "put the time in quotes")
    return value


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    """The annotations of a class: to work them out takes long, and a preview reads its settings at each look."""
    return get_type_hints(cls, include_extras=True)


class Reader(Record, frozen=True):
    """One reading of one file; `top` are the keys of the whole file, for hints."""

    top: frozenset[str] = frozenset()
    flaws: list[Flaw] = field(default_factory=list)

    def table(
        self, cls: type[Record], raw: Mapping[str, Any], path: KeyPath = (), skip: frozenset[str] = frozenset()
    ) -> Any:
        """An instance of `cls` from a table. `skip`: fields that are no keys."""
        hints = _hints(cls)
        known = [name for name in cls.__struct_fields__ if name not in skip]
        for key in raw:
            if key not in known:
                self._unknown(key, path, sorted(known))
        values = {name: self.value(hints[name], raw[name], (*path, name)) for name in known if name in raw}
        needed = len(cls.__struct_fields__) - len(cls.__struct_defaults__)  # fields with a default come last
        for name in cls.__struct_fields__[:needed]:
            if name in known and name not in raw:
                self.flaws.append(Flaw(path, "missing-key", f"`{spelt(path)}` has no `{name}`", at_key=True))
                values[name] = None
        return cls(**values)

    def value(self, kind: Any, raw: Any, path: KeyPath) -> Any:
        """`raw` as what the annotation `kind` says, or `None` and a flaw."""
        try:
            return self._value(kind, raw, path)
        except Unfit as unfit:
            message = f"`{spelt(path)}` is not {unfit.what}"
            self.flaws.append(Flaw(path, "bad-value", message, unfit.label or _found(raw), unfit.hint))
            return None

    def _value(self, kind: Any, raw: Any, path: KeyPath) -> Any:
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            inner, check = args
            return check(self._value(inner, raw, path))
        if origin is Literal:
            return _choice(args, raw)
        if origin is tuple:
            return self._items(args[0], raw, path)
        if origin is Mapping:
            return self._mapping(args[1], raw, path)
        if isinstance(kind, type) and issubclass(kind, Record):
            return self.table(kind, _a_table(raw), path)
        return plain(raw) if kind is Any else _scalar(kind, raw)

    def _items(self, kind: Any, raw: Any, path: KeyPath) -> tuple[Any, ...]:
        """A list; one text stands for a list of one."""
        if get_origin(kind) is tuple:
            return self._pairs(get_args(kind), raw, path)
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            raise Unfit("a list")
        return tuple(self.value(kind, item, (*path, index)) for index, item in enumerate(raw))

    def _pairs(self, kinds: tuple[Any, ...], raw: Any, path: KeyPath) -> tuple[Any, ...]:
        """A table as pairs, in the order of its keys."""
        rows = [(key, item, (*path, key)) for key, item in sorted(_a_table(raw).items())]
        return tuple((self.value(kinds[0], key, at), self.value(kinds[1], item, at)) for key, item, at in rows)

    def _mapping(self, kind: Any, raw: Any, path: KeyPath) -> dict[str, Any]:
        return {key: self.value(kind, item, (*path, key)) for key, item in _a_table(raw).items()}

    def _unknown(self, key: str, path: KeyPath, known: list[str]) -> None:
        where = f" in [{spelt(path)}]" if path else ""
        hint = did_you_mean(key, known, f"known are {', '.join(known)}")
        if path and key in self.top:
            hint = f"`{key}` belongs to the site itself: put it above the first [table]"
        self.flaws.append(Flaw((*path, key), "unknown-key", f"unknown key `{key}`{where}", hint=hint, at_key=True))


def _found(raw: Any) -> str:
    return f"this is {_KINDS.get(type(raw), 'a date or a time')}"


def _a_table(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unfit("a table")
    return raw


def _choice(known: tuple[str, ...], raw: Any) -> str:
    if raw in known:
        return str(raw)
    raise Unfit("one of the choices", "expected " + ", ".join(known), did_you_mean(str(raw), known))


def _scalar(kind: type, raw: Any) -> Any:
    if kind is str and isinstance(raw, str):
        return clean(raw)
    if type(raw) is kind:
        return raw
    if kind is float and type(raw) is int:
        return float(raw)
    raise Unfit(_KINDS[kind])
