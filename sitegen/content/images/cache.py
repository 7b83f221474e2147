"""Bytes of variants that were encoded before, in `.sitegen/images/`: whoever keeps that folder encodes nothing twice.

An entry is named for the content of the picture, what is made of it and what makes it, and begins with a digest of its
own bytes: one that was cut off or changed is as good as none. So nothing here needs a lock or a flush.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sitegen.files import read_file, temporary_file, write_aside
from sitegen.plain import digest

__all__ = ["ImageCache"]

_MOST = 32
"""Entries that are held in memory."""


class ImageCache:
    """The folder; it is left as it is unless `write`."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self._folder = folder
        self._write = write
        self._held: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The bytes for this key; None if they have to be made."""
        held = self._held.get(key)
        if held is not None:
            return held
        try:
            entry = read_file(self._path(key))
        except OSError:
            return None
        mark, data = entry[:32], entry[32:]
        return data if digest(data).encode() == mark else None

    def put(self, key: str, data: bytes) -> bytes:
        """Keeps the bytes for this key, if there is room for them, and gives them back."""
        if self._write:
            path = self._path(key)
            with suppress(OSError):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                write_aside(path, digest(data).encode() + data)
                os.replace(temporary_file(path), path)
        return data

    def hold(self, key: str, data: bytes) -> None:
        """Keeps the bytes for this key in memory for a while, whether or not there is a folder."""
        self._held[key] = data
        if len(self._held) > _MOST:
            del self._held[next(iter(self._held))]

    def prune(self, keys: Iterable[str]) -> None:
        """Removes all but the entries for these keys."""
        if not self._write or not self._folder.is_dir():
            return
        wanted = set(map(self._path, keys))
        for file in self._folder.glob("*/*"):
            if os.fspath(file) not in wanted:
                with suppress(OSError):
                    file.unlink()

    def _path(self, key: str) -> str:
        name = digest(key.encode())
        return f"{self._folder}/{name[:2]}/{name[2:]}"
