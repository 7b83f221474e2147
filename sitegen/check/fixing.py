"""Mending what is mechanical: of a file, only the bytes concerned change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sitegen.check.rule import Edit
from sitegen.files import write_atomically

__all__ = ["mend"]


def mend(folder: Path, edits: Iterable[Edit]) -> list[Edit]:
    """Make these edits in the files below `folder`; those that were made.

    What no longer stands where it was found stays, and so does what another edit has changed already.
    Raises `OSError`.
    """
    by_file: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in dict.fromkeys(edits):
        by_file[edit.path].append(edit)
    return [edit for path, some in sorted(by_file.items()) for edit in _mended(folder / path, some)]


def _mended(file: Path, edits: list[Edit]) -> list[Edit]:
    lines = file.read_bytes().split(b"\n")
    done: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        after = done[-1] if done and done[-1].line == edit.line else None
        overlaps = after is not None and edit.column + len(edit.old) > after.column
        if not overlaps and edit.line <= len(lines) and _apply(lines, edit):
            done.append(edit)
    if done:
        write_atomically(file, b"\n".join(lines))
    return done[::-1]


def _apply(lines: list[bytes], edit: Edit) -> bool:
    """Change the line, if the old text stands there."""
    mark = b"\xef\xbb\xbf"
    row = lines[edit.line - 1]
    start = mark if edit.line == 1 and row.startswith(mark) else b""
    try:
        text = row.removeprefix(start).decode()
    except UnicodeDecodeError:
        return False
    before, rest = text[: edit.column - 1], text[edit.column - 1 :]
    if not rest.startswith(edit.old):
        return False
    lines[edit.line - 1] = start + (before + edit.new + rest[len(edit.old) :]).encode()
    return True
