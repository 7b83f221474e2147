"""Plain data: the only values that may be fingerprinted or stored.

Plain are None, bool, int, float, str, date, datetime, tuple and list, dict with str keys, and frozen dataclasses marked
with `record` whose fields are plain. Everything else (a set, an object, bytes) raises `TypeError` at once, because its
form on disk would depend on something other than its meaning. The order of a dict counts: a template can see it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, TypeVar

__all__ = ["Plain", "decode", "digest", "encode", "fingerprint", "mark", "record"]

Plain = Any
T = TypeVar("T", bound=type)

_records: dict[str, tuple[type, tuple[str, ...]]] = {}
_TAG = "\x00"
_SHORT = 40


def record(cls: T) -> T:
    """Class decorator: instances of this frozen dataclass are plain data. Its name must be unique in the process."""
    known = _records.setdefault(cls.__name__, (cls, tuple(field.name for field in fields(cls))))
    if known[0] is not cls:
        raise TypeError(f"two records are called {cls.__name__}")
    return cls


def _tagged(value: object) -> object:
    if isinstance(value, datetime):
        return {_TAG: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_TAG: "date", "v": value.isoformat()}
    known = _records.get(type(value).__name__)
    if known is None or known[0] is not type(value):
        raise TypeError(f"not plain data: {type(value).__name__}")
    return {_TAG: type(value).__name__, "v": [getattr(value, name) for name in known[1]]}


_encode: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_tagged
).encode


def encode(value: Plain) -> str:
    """Canonical text of plain data, equal for equal values. Raises `TypeError` for anything that is not plain."""
    return _encode(value)


def _untagged(pairs: dict[str, Any]) -> object:
    tag = pairs.get(_TAG)
    if tag is None:
        return pairs
    if tag == "datetime":
        return datetime.fromisoformat(pairs["v"])
    if tag == "date":
        return date.fromisoformat(pairs["v"])
    return _records[tag][0](*map(_frozen, pairs["v"]))


def _frozen(value: object) -> object:
    """Arrays come back as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


_decode = json.JSONDecoder(object_hook=_untagged).decode


def decode(text: str) -> Plain:
    """What `encode` was given, with every list as a tuple. Raises `ValueError` or `KeyError` for foreign text."""
    return _frozen(_decode(text))


def digest(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes (BLAKE2b, RFC 7693)."""
    return blake2b(data, digest_size=16).hexdigest()


def fingerprint(value: Plain) -> str:
    """A short text that stands for the value: its own encoding where that is short, else `#` and a digest of it."""
    return mark(_encode(value))


def mark(text: str) -> str:
    """The fingerprint of the value that `encode` made this text of."""
    return text if len(text) <= _SHORT else "#" + digest(text.encode("utf-8", "surrogatepass"))
