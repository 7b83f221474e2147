"""The output folder: which files are ours, writing only what differs, removing only what is ours."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from sitegen.errors import Span, StateError
from sitegen.files import Stamp, stamp, temporary_file, write_atomically
from sitegen.plain import digest

__all__ = ["Outputs", "folder_name"]


def folder_name(site: Path, folder: Path) -> str:
    """How the state knows an output folder: relative to the site, so that both may move together."""
    site, folder = site.resolve(), folder.resolve()
    return folder.relative_to(site).as_posix() if folder.is_relative_to(site) else folder.as_posix()


class Outputs:
    """The files below one folder. `ours` are those that earlier builds left; it is kept up to date.

    With `dry` nothing is touched.
    """

    def __init__(self, folder: Path, ours: Mapping[str, Stamp], *, dry: bool = False) -> None:
        self.folder = folder
        self.ours = dict(ours)
        self._dry = dry
        self._safe: set[Path] = set()
        self._cleared: list[str] = []

    def holds(self, file: str, wanted: str) -> bool:
        """Whether the file is there with the bytes of this digest. Reads it only if its stamp cannot be trusted."""
        fresh = stamp(self.folder / file)
        if fresh is None:
            return False
        known = self.ours.get(file)
        if known is None or not known.vouches_for(fresh):
            known = replace(fresh, digest=digest((self.folder / file).read_bytes()))
            if known.digest == wanted:
                self.ours[file] = known
        return known.digest == wanted

    def put(self, file: str, data: bytes) -> bool:
        """Make the file hold these bytes; whether it had to be written. Raises `StateError`."""
        if self.holds(file, digest(data)):
            return False
        if self._dry:
            return True
        path = self.folder / file
        try:
            self._check_inside(path.parent)
            try:
                write_atomically(path, data, settled=True)
            except (NotADirectoryError, IsADirectoryError, FileExistsError, PermissionError):
                if not self._make_room(file):
                    raise
                write_atomically(path, data, settled=True)
        except OSError as error:
            raise _cannot("written", path, error) from error
        written = stamp(path)
        if written is not None:
            self.ours[file] = replace(written, digest=digest(data))
        return True

    def prune(self, keep: Collection[str]) -> list[str]:
        """Remove our files that are not in `keep`, and folders that this empties; the names of all files removed."""
        gone = [file for file in self.ours if file not in keep]
        for file in gone:
            if not self._dry:
                self._remove(file)
                del self.ours[file]
        return sorted(gone + self._cleared)

    def _remove(self, file: str) -> None:
        path = self.folder / file
        try:
            self._check_inside(path.parent)
            temporary_file(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise _cannot("removed", path, error) from error
        for parent in path.relative_to(self.folder).parents[:-1]:
            try:
                (self.folder / parent).rmdir()
            except OSError:
                return

    def _make_room(self, file: str) -> bool:
        """Remove files of ours that are now in the way: a file where a folder must be, or the other way round."""
        blocking = [other for other in self.ours if file.startswith(other + "/") or other.startswith(file + "/")]
        for other in blocking:
            self._remove(other)
            del self.ours[other]
        self._cleared += blocking
        return bool(blocking)

    def _check_inside(self, folder: Path) -> None:
        """No link below the output folder may lead our writes out of it."""
        if folder in self._safe:
            return
        root = os.path.realpath(self.folder)
        real = os.path.realpath(folder)
        if real != root and not real.startswith(root + os.sep):
            raise StateError(
                f"{folder} is a link that leads out of the output folder", Span(str(folder)), code="outside-output"
            )
        if folder.is_dir():
            self._safe.add(folder)


def _cannot(what: str, path: Path, error: OSError) -> StateError:
    return StateError(f"{path} cannot be {what}: {error.strerror or error}", Span(str(path)), code="cannot-write")
