"""Plain data: the only values that may be fingerprinted or stored.

Plain are None, bool, int, float, str, date, datetime, tuple and list, dict with str keys, and frozen records
(`Record`s or dataclasses) whose fields are plain. Everything else (a set, an object, bytes) raises `TypeError` at
once, because its form on disk would depend on something other than its meaning. The order of a dict counts: a template
can see it.

There are two encodings. `fingerprint` tells any two values apart, whatever their types. `pack` is many times faster and
is for values whose type is known to whoever reads them back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

__all__ = ["Arrays", "Plain", "Record", "digest", "fingerprint", "pack", "pack_arrays", "unpack"]

Plain = Any
T = TypeVar("T")

_TAG = "\x00"
_SIMPLE = frozenset((str, int, bool, type(None)))
_SHORT = 240
_BYTES_A_CHARACTER = 4
"""At most, in UTF-8."""


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A typed, frozen record. Class and instances are made many times as fast as those of a dataclass (ADR 65), stored
    and read back as well.
    """


class Arrays(Record, frozen=True):
    """A record that holds numbers as bytes. It is stored with `pack_arrays`: JSON would write them as text."""


def _names(cls: type) -> tuple[str, ...]:
    """The fields of a record class. Raises `TypeError` for any other class."""
    if issubclass(cls, msgspec.Struct) and cls.__struct_config__.frozen:
        return cls.__struct_fields__
    if is_dataclass(cls) and cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return tuple(field.name for field in fields(cls))
    raise TypeError(f"not plain data: {cls.__name__}")


def _tagged(value: object) -> object:
    if isinstance(value, datetime):
        return {_TAG: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_TAG: "date", "v": value.isoformat()}
    cls = type(value)
    return {_TAG: cls.__name__, "v": [getattr(value, name) for name in _names(cls)]}


_encode: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_tagged
).encode


pack: Callable[[object], bytes] = msgspec.json.Encoder().encode
"""The bytes for a value that `unpack` gives back. Raises `TypeError` for what is not plain."""


pack_arrays: Callable[[Arrays], bytes] = msgspec.msgpack.Encoder().encode
"""The same for records with bytes, in MessagePack."""


def digest(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes (BLAKE2b, RFC 7693)."""
    return blake2b(data, digest_size=16).hexdigest()


def _encoded(value: Plain) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")


def _packed(value: Plain) -> bytes:
    """What `_encoded` would say, quicker, of a value whose type cannot be mistaken for another."""
    try:
        return pack(value)
    except UnicodeEncodeError:  # half a surrogate pair
        return _encoded(value)


def _is_simple(values: tuple[Plain, ...]) -> bool:
    """Whether these are texts, whole numbers and the like, or tuples of such."""
    kinds = set(map(type, values))
    if tuple in kinds:
        kinds.remove(tuple)
        return _SIMPLE.issuperset(kinds) and all(_is_simple(each) for each in values if type(each) is tuple)
    return _SIMPLE.issuperset(kinds)


def fingerprint(value: Plain) -> str:
    """A short text that stands for the value: its own encoding where that is short, else `#` and a digest of it.

    Equal for equal values on every machine. Raises `TypeError` for anything that is not plain.
    """
    data = _packed(value) if _is_simple((value,)) else _encoded(value)
    if len(data) <= _SHORT * _BYTES_A_CHARACTER:
        text = data.decode("utf-8", "surrogatepass")
        if len(text) <= _SHORT:
            return text
    return "#" + digest(data)


def _decoder_of(kind: Any) -> Any:
    binary = isinstance(kind, type) and issubclass(kind, Arrays)
    return (msgspec.msgpack if binary else msgspec.json).Decoder(kind)


_decoder: Callable[[Any], Any] = cache(_decoder_of)


def unpack(data: bytes, kind: type[T]) -> T:
    """The value of this type that `pack` or `pack_arrays` was given. Raises `ValueError` if it is none."""
    value: T = _decoder(kind).decode(data)
    return value
