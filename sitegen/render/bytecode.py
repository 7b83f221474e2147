"""What templates were compiled to, kept for later builds.

It lies in the user's own folder below that for temporary files, where Jinja keeps such things and nobody else may
write, and not in the state of a site: a state may come from a cache that others share, and bytecode is a program.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from sitegen.store.versions import state_version

__all__ = ["Bytecode", "bytecode_of"]


@lru_cache(maxsize=8)
def bytecode_of(site: Path) -> Bytecode:
    """That of the site in this folder: one for all its editions."""
    return Bytecode(os.path.abspath(site))


class Bytecode(jinja2.BytecodeCache):
    """That of the templates of one site, in memory too."""

    def __init__(self, place: str) -> None:
        """`place` tells one site from another, which may have templates of the same names."""
        self._place = place
        self._codes: dict[str, tuple[str, Any]] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(f"{state_version()} {self._place} {name}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._kept:
            try:
                self._kept.load_bytecode(bucket)
            except Exception:  # whatever may come of a damaged file
                bucket.reset()
            self._codes[bucket.key] = bucket.checksum, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.checksum, bucket.code
        if self._kept:
            with suppress(OSError):  # the next build compiles them again
                self._kept.dump_bytecode(bucket)

    @cached_property
    def _kept(self) -> jinja2.FileSystemBytecodeCache | None:
        with suppress(OSError, RuntimeError):  # there is no folder, or none that only this user can write to
            return jinja2.FileSystemBytecodeCache(pattern="sitegen-%s.cache")
        return None
