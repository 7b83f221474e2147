"""What templates were compiled to, kept for later builds.

It lies in the user's own folder below that for temporary files, where Jinja keeps such things and nobody else may
write, and not in the state of a site: a state may come from a cache that others share, and bytecode is a program.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from sitegen.store.versions import state_version

__all__ = ["Bytecode"]

_MANY = 500
"""Templates that are held in memory. Only a preview in which somebody writes templates meets more."""


class Bytecode(jinja2.BytecodeCache):
    """In memory too, for the environments of all editions. Sites with the same theme share it."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        # Each text has a file of its own: several sites may have templates of one name.
        about = f"{state_version()} {self.get_source_checksum(source)} {name}"
        return super().get_bucket(environment, about, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(bucket.key)
        if bucket.code is None and self._kept:
            try:
                self._kept.load_bytecode(bucket)
            except Exception:  # whatever may come of a damaged file
                bucket.reset()
            self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        if self._kept:
            with suppress(OSError):  # the next build compiles them again
                self._kept.dump_bytecode(bucket)

    def _remember(self, bucket: Bucket) -> None:
        if len(self._codes) >= _MANY:
            self._codes.clear()
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.code

    @cached_property
    def _kept(self) -> jinja2.FileSystemBytecodeCache | None:
        with suppress(OSError, RuntimeError):  # there is no folder, or none that only this user can write to
            return jinja2.FileSystemBytecodeCache(pattern="sitegen-%s.cache")
        return None
