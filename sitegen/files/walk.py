"""Finding the files of a folder, and telling what is left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.errors import Problem, Span

__all__ = ["walk"]


def walk(root: Path, folder: str, warn: Callable[[Problem], None]) -> Iterator[str]:
    """Paths, relative to `root`, of the regular files below `folder`, sorted; names that begin with `_` or `.` are
    left out.

    Symbolic links to files are followed while they stay inside `root`. `warn` is told of all that is left out or cannot
    be read.
    """
    inside = os.path.realpath(root) + os.sep
    todo = [folder]
    while todo:
        here = todo.pop()
        folders = []
        for name, entry in _entries(root, here, warn):
            path = f"{here}/{name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_file(follow_symlinks=False) or not (reason := _odd(entry, inside)):
                yield path
            else:
                warn(_warning(*reason, path))
        todo.extend(reversed(folders))


def _odd(entry: os.DirEntry[str], inside: str) -> tuple[str, str] | None:
    """Why a link or a special file is left out: a code and a message; None if it is a link to a file of the site."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
        return "outside-link", "this link leads out of the site and is left out"
    if Path(entry.path).is_dir():
        return "folder-link", "this is a link to a folder and is left out"
    if not Path(entry.path).is_file():
        return "no-file", "this is neither a file nor a folder and is left out"
    return None


def _entries(root: Path, folder: str, warn: Callable[[Problem], None]) -> list[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(root / folder) as found:
            named = [
                (entry.name, entry) for entry in found if entry.name[0] not in "._" and _readable(entry, folder, warn)
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        warn(_warning("unreadable", f"this folder cannot be read: {error.strerror}", folder))
        return []
    return sorted(named, key=lambda pair: pair[0])


def _readable(entry: os.DirEntry[str], folder: str, warn: Callable[[Problem], None]) -> bool:
    """Whether the name is text (on POSIX it may be any bytes)."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
        warn(_warning("bad-name", "the name of this file is not UTF-8, and it is left out", f"{folder}/{name}"))
        return False
    return True


def _warning(code: str, message: str, path: str) -> Problem:
    return Problem("warning", code, message, Span(path))
