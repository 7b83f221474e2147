"""Files as they are: read, written, walked through and looked at from outside."""

from __future__ import annotations

from sitegen.files.files import (
    SETTLED,
    ChangedWhileReading,
    Files,
    Seen,
    Stamp,
    flush,
    folders_above,
    read_file,
    stamp,
    temporary_file,
    write_aside,
    write_atomically,
)

__all__ = [
    "SETTLED",
    "ChangedWhileReading",
    "Files",
    "Seen",
    "Stamp",
    "flush",
    "folders_above",
    "read_file",
    "stamp",
    "temporary_file",
    "write_aside",
    "write_atomically",
]
