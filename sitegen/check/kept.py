"""What checks have found out before, by content: a file or output that has not changed is not looked at again.

It is only a memory, beside the state of builds and without a part in them. Two checks at once do no harm: the file is
replaced as a whole, and what one of them has lost is found out again.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from sitegen.check.rule import Finding
from sitegen.check.scan import Scan
from sitegen.files import temporary_file, write_aside
from sitegen.session import Session
from sitegen.store import STATE_FOLDER
from sitegen.store.versions import state_version

__all__ = ["KEPT", "Kept", "Numbered"]

KEPT = "check"
"""Name of the file in the state folder."""
_Coded = tuple[str, Finding]


class Numbered(msgspec.Struct, frozen=True):
    """A scan whose texts are numbers in a table: pages share most of their links."""

    links: bytes
    mentions: bytes
    ids: bytes


class _Stored(msgspec.Struct):
    version: str = ""
    texts: list[str] = []
    scans: dict[str, Numbered] = {}
    needles: str = ""
    leaks: dict[str, tuple[int, ...]] = {}
    rules: str = ""
    findings: dict[str, tuple[_Coded, ...]] = {}
    answers: dict[str, tuple[float, str]] = {}


class Kept:
    """The memory of one site. Of what a run is about, only what was asked for, or put in, is saved."""

    def __init__(self, session: Session) -> None:
        """What another version of sitegen has left, or one for another address, counts as nothing."""
        version = f"{state_version()} {session.config.base_url}"
        self._file = session.folder / STATE_FOLDER / KEPT
        self._new = _Stored(version)
        stored = _read(self._file)
        self._old = stored if stored is not None and stored.version == version else _Stored(version)
        self.answers = self._old.answers
        """By URL on another host, when it was asked for (seconds since 1970) and what came of it."""
        self._texts = self._old.texts
        self._numbers = {text: number for number, text in enumerate(self._texts)}

    # Outputs, by URL (where a relative link leads depends on it) and the digest of their bytes

    def scan(self, url: str, mark: str) -> Numbered | None:
        """What the output with this digest at a URL holds; None if that is not known."""
        key = f"{mark} {url}"
        found = self._old.scans.get(key)
        if found is not None:
            self._new.scans[key] = found
        return found

    def put_scan(self, url: str, mark: str, scan: Scan) -> Numbered:
        """Remember that."""
        found = Numbered(self._coded(scan.links), self._coded(scan.mentions), self._coded(scan.ids))
        self._new.scans[f"{mark} {url}"] = found
        return found

    def _coded(self, texts: Iterable[str]) -> bytes:
        return array("I", [self._number(text) for text in texts]).tobytes()

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number

    def texts(self, codes: bytes) -> list[str]:
        """The texts behind numbers."""
        return [self._texts[number] for number in array("I", codes)]

    def union(self, codes: Iterable[bytes]) -> set[int]:
        """All numbers in any of these."""
        return set[int]().union(*(array("I", some) for some in codes))

    def text(self, number: int) -> str:
        """The text behind a number."""
        return self._texts[number]

    # Leaks, by the digest of the bytes, while the same needles are looked for

    def leaks(self, needles: str, mark: str) -> tuple[int, ...] | None:
        """The numbers of the needles that an output holds; None if that is not known."""
        found = self._old.leaks.get(mark) if needles == self._old.needles else None
        if found is not None:
            self.put_leaks(needles, mark, found)
        return found

    def put_leaks(self, needles: str, mark: str, found: tuple[int, ...]) -> None:
        """Remember that."""
        self._new.needles = needles
        self._new.leaks[mark] = found

    # Findings in single files, by path and what was read

    def findings(self, rules: str, key: str, find: Callable[[], Iterable[_Coded]]) -> tuple[_Coded, ...]:
        """What rules have found in a file; `key` stands for the file, `rules` for all else that matters."""
        found = self._old.findings.get(key) if rules == self._old.rules else None
        if found is None:
            found = tuple(find())
        self._new.rules = rules
        self._new.findings[key] = found
        return found

    def save(self) -> None:
        """Leave it to the next check, if that is possible."""
        self._carry_over()
        used = self.union(codes for scan in self._new.scans.values() for codes in (scan.links, scan.mentions, scan.ids))
        if len(used) * 2 < len(self._texts):
            self._renumber(used)
        self._new.texts, self._new.answers = self._texts, self.answers
        data = msgspec.msgpack.encode(self._new)
        if self._file.parent.is_dir() and os.access(self._file.parent, os.W_OK):
            with suppress(OSError):  # it need not be safe on the disk: what cannot be read is found out again
                write_aside(str(self._file), data)
                os.replace(temporary_file(str(self._file)), self._file)

    def _carry_over(self) -> None:
        """What this run was not about stays: a build asks for outputs only, and a check of a broken site for files."""
        if not self._new.scans:
            self._new.scans, self._new.leaks, self._new.needles = self._old.scans, self._old.leaks, self._old.needles
        if not self._new.rules:
            self._new.rules, self._new.findings = self._old.rules, self._old.findings

    def _renumber(self, used: Iterable[int]) -> None:
        """Forget texts that no scan holds any more."""
        places = {number: place for place, number in enumerate(sorted(used))}
        self._texts = [self._texts[number] for number in places]
        self._new.scans = {mark: _moved(scan, places) for mark, scan in self._new.scans.items()}


def _moved(scan: Numbered, places: Mapping[int, int]) -> Numbered:
    def moved(codes: bytes) -> bytes:
        return array("I", [places[number] for number in array("I", codes)]).tobytes()

    return Numbered(moved(scan.links), moved(scan.mentions), moved(scan.ids))


def _read(file: Path) -> _Stored | None:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Stored)
    except (OSError, ValueError):
        return None
