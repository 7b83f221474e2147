"""Which question has which number, without the questions: by kind, sorted digests beside the numbers.

It is loaded in one piece, whatever the size of the site, and searched only for what is asked.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec

from sitegen.engine.past import Question

__all__ = ["Index"]

_SIZE = 16
"""Bytes of a digest: as many as elsewhere, so that two questions never share one."""
_HEAD = 8
"""Bytes at its beginning, which hardly ever two have in common: as many as a number in an array has."""
_MANY = 20
"""If more than one question in so many is another one, it is quicker to put all in order."""
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(dict[str, tuple[bytes, bytes]]).decode


class Index:
    """Numbers by question. It does not change."""

    def __init__(self, kinds: Mapping[str, tuple[bytes, bytes]] | None = None) -> None:
        self._kinds = kinds or {}
        """By kind, digests in order and the numbers of their questions (`array("I")`), as bytes."""
        self._heads: dict[str, array[int]] = {}
        """By kind, what the digests begin with, as numbers: among these one is found twice as fast."""

    @classmethod
    def load(cls, data: bytes) -> Index:
        """What `dump` has laid down. Raises `ValueError`."""
        return cls(_unpack(data))

    def dump(self) -> bytes:
        """The whole index as bytes."""
        return _pack(self._kinds)

    def __len__(self) -> int:
        return sum(len(digests) for digests, _ in self._kinds.values()) // _SIZE

    def number(self, question: Question) -> int | None:
        """The number of a question; None if it has none."""
        digests, numbers = self._kinds.get(str(question[0]), (b"", b""))
        if not digests:
            return None
        try:
            wanted = _digest(question)
        except UnicodeEncodeError:  # the name of a file that is no text, which nothing can be known of
            return None
        head, heads = int.from_bytes(wanted[:_HEAD]), self._heads_of(str(question[0]), digests)
        for place in range(bisect_left(heads, head), bisect_right(heads, head)):
            if digests[place * _SIZE : (place + 1) * _SIZE] == wanted:
                return int.from_bytes(numbers[place * 4 : place * 4 + 4], sys.byteorder)
        return None

    def _heads_of(self, kind: str, digests: bytes) -> array[int]:
        heads = self._heads.get(kind)
        if heads is None:
            heads = array("Q", digests)
            if sys.byteorder == "little":
                heads.byteswap()
            heads = self._heads[kind] = heads[:: _SIZE // _HEAD]
        return heads

    def of_kind(self, kind: str) -> Sequence[int]:
        """The numbers of all questions of a kind."""
        return _numbers(self._kinds.get(kind, (b"", b""))[1])

    def changed(self, new: Mapping[Question, int], gone: Iterable[Question]) -> Index:
        """The index with these questions and without those."""
        added, removed = _by_kind(new), _by_kind(gone)
        kinds = dict(self._kinds)
        for kind in {*added, *removed}:
            numbers = {_digest(question): new[question] for question in added.get(kind, ())}
            changes = {**dict.fromkeys(map(_digest, removed.get(kind, ()))), **numbers}
            kinds[kind] = _merged(*self._kinds.get(kind, (b"", b"")), changes)
        return Index(kinds)


def _merged(digests: bytes, numbers: bytes, changes: Mapping[bytes, int | None]) -> tuple[bytes, bytes]:
    """Digests and numbers with these changes, those without a number left out; all that stands between is copied."""
    if len(changes) * _MANY > len(digests) // _SIZE:
        known: dict[bytes, int | None] = dict(zip(_split(digests), _numbers(numbers), strict=True))
        known.update(dict(sorted(changes.items())))  # what is sorted in two parts is quickly sorted as a whole
        new = [(digest, number) for digest in sorted(known) if (number := known[digest]) is not None]
        return b"".join([digest for digest, _ in new]), array("I", [number for _, number in new]).tobytes()
    parts: list[tuple[bytes, bytes]] = []
    start = 0
    for digest in sorted(changes):
        place, number = _place(digests, digest, start), changes[digest]
        parts.append((digests[start * _SIZE : place * _SIZE], numbers[start * 4 : place * 4]))
        if number is not None:
            parts.append((digest, number.to_bytes(4, sys.byteorder)))
        start = place + (digests[place * _SIZE : (place + 1) * _SIZE] == digest)
    parts.append((digests[start * _SIZE :], numbers[start * 4 :]))
    return b"".join([part[0] for part in parts]), b"".join([part[1] for part in parts])


def _split(digests: bytes) -> Iterator[bytes]:
    return (digests[start : start + _SIZE] for start in range(0, len(digests), _SIZE))


def _place(digests: bytes, wanted: bytes, start: int = 0) -> int:
    """Where a digest stands, or would stand, not before `start`."""
    places = range(len(digests) // _SIZE)
    return bisect_left(places, wanted, start, key=lambda place: digests[place * _SIZE : (place + 1) * _SIZE])


def _digest(question: Question) -> bytes:
    return blake2b(_pack(question), digest_size=_SIZE).digest()


def _numbers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers


def _by_kind(questions: Iterable[Question]) -> Mapping[str, list[Question]]:
    kinds: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        kinds[str(question[0])].append(question)
    return kinds
