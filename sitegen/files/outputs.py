"""The output folder: which files are ours, writing only what differs, removing only what is ours.

What is new is written aside first, by any number of processes, and put in place at the end, when all of it is safe on
the disk: a build that is stopped before then leaves the old site as it was.
"""

from __future__ import annotations

import json
import os
import stat as modes
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from sitegen.errors import Span, StateError
from sitegen.files.files import Stamp, flush, folders_above, read_file, stamp, temporary_file, write_aside
from sitegen.files.meanwhile import Look
from sitegen.files.survey import altered, survey
from sitegen.plain import digest

__all__ = ["Outputs", "folder_name"]

_MANY, _HANDS = 500, 4
"""Files from which on several threads put them in place, and how many."""
_WORTH = 500
"""Files that are worth a process to look at them."""


def folder_name(site: Path, folder: Path) -> str:
    """How the state knows an output folder: relative to the site, so that both may move together."""
    site, folder = site.resolve(), folder.resolve()
    return folder.relative_to(site).as_posix() if folder.is_relative_to(site) else folder.as_posix()


class Outputs:
    """The files below one folder. `ours` are those that earlier builds left; it is kept up to date.

    With `dry` nothing is touched.
    """

    def __init__(self, folder: Path, ours: Mapping[str, Stamp], *, dry: bool = False) -> None:
        self.ours = dict(ours)
        self.folder = folder
        self.dry = dry
        self._root = os.fspath(folder)
        self._empty = not os.path.lexists(folder)
        """Whether nothing at all is there."""
        self._safe: set[str] = set()
        self._aside: dict[str, Stamp] = {}
        self._look = Look(self._altered)

    def _path(self, file: str) -> str:
        return f"{self._root}/{file}"

    @property
    def looks(self) -> tuple[Look, ...]:
        """What another process may look at meanwhile: our files, if there are many."""
        return (self._look,) if len(self.ours) >= _WORTH else ()

    def _altered(self) -> bytes:
        return json.dumps([*altered(self.folder, self.ours)]).encode()

    def doubtful(self) -> set[str]:
        """Our files that do not surely lie there as we left them."""
        return set(json.loads(self._look.found()))

    def kept(self, file: str, wanted: str) -> Stamp | None:
        """The stamp of the file, if it has the bytes of this digest. It is read only if its stamp cannot be trusted."""
        fresh = None if self._empty else stamp(self._path(file))
        if fresh is None:
            return None
        known = self.ours.get(file)
        if known is None or not known.vouches_for(fresh):
            known = replace(fresh, digest=digest(read_file(self._path(file))))
        return known if known.digest == wanted else None

    # Writing

    def write(self, file: str, data: bytes, mark: str) -> Stamp:
        """Write these bytes, of this digest, aside: the stamp that the file will have. Raises `StateError`."""
        if self.dry:
            return Stamp(len(data), 0, 0, 0, mark)
        path = self._path(file)
        try:
            self._enter(os.path.dirname(path))
            return replace(write_aside(path, data, settled=True), digest=mark)
        except OSError as error:
            raise _cannot("written", path, error) from error

    def expect(self, file: str, written: Stamp) -> None:
        """Take note of what was written aside, perhaps by another process."""
        self._aside[file] = written

    def publish(self) -> None:
        """Put all that was written aside in place. Raises `StateError`."""
        if self.dry:
            return
        self._empty = False
        try:
            flush([temporary_file(self._path(file)) for file in self._aside])
        except OSError as error:
            raise _cannot("written", self._root, error) from error
        files = list(self._aside)
        if len(files) <= _MANY:
            self._place(files)
            return
        from concurrent.futures import ThreadPoolExecutor  # here, as most builds write few

        with ThreadPoolExecutor(_HANDS) as hands:  # the system takes its time for each, and lets others work meanwhile
            done = [hands.submit(self._place, files[number::_HANDS]) for number in range(_HANDS)]
        for hand in done:
            hand.result()

    def _place(self, files: Iterable[str]) -> None:
        for file in files:
            path = self._path(file)
            try:
                os.replace(temporary_file(path), path)
            except OSError as error:
                raise _cannot("written", path, error) from error
            self.ours[file] = self._aside.pop(file)

    def abandon(self, files: Iterable[str]) -> None:
        """Remove what was written aside for these files and not put in place."""
        for file in files if not self.dry else ():
            with suppress(OSError):  # what could not be written cannot be removed either
                os.unlink(temporary_file(self._path(file)))
        self._aside.clear()

    def discard(self, file: str) -> None:
        """Remove what a process that died may have left of a file."""
        if not self.dry:
            _unlink(temporary_file(self._path(file)))

    def tidy(self, wanted: Collection[str]) -> None:
        """Remove what a build that was killed has written aside, for our files or those that are `wanted` now."""
        left = {name for name in survey(self.folder).rows if name.endswith(".tmp")}
        for file in {*self.ours, *wanted} if left and not self.dry else ():
            if temporary_file(file) in left:
                _unlink(temporary_file(self._path(file)))

    # Removing

    def clear_way(self, keep: Collection[str]) -> list[str]:
        """Remove our files that are in the way: a file where a folder must be, or the other way round."""
        gone = [file for file in self.ours if file not in keep]
        folders = {folder for file in keep for folder in folders_above(file)} if gone else set()
        kept = set(keep)
        return self._remove_all([file for file in gone if file in folders or not kept.isdisjoint(folders_above(file))])

    def prune(self, keep: Collection[str]) -> list[str]:
        """Remove our files that are not in `keep`, and folders that this empties; the names of all files removed."""
        return self._remove_all([file for file in self.ours if file not in keep])

    def _remove_all(self, files: list[str]) -> list[str]:
        for file in files if not self.dry else ():
            self._remove(file)
            del self.ours[file]
        return files

    def _remove(self, file: str) -> None:
        path = self._path(file)
        try:
            self._enter(os.path.dirname(path), make=False)
            _unlink(temporary_file(path))
            _unlink(path)
        except NotADirectoryError:
            return
        except OSError as error:
            raise _cannot("removed", path, error) from error
        for folder in folders_above(file):
            try:
                os.rmdir(self._path(folder))
            except OSError:
                return

    def _enter(self, folder: str, *, make: bool = True) -> None:
        """See to it that a folder is there, unless told otherwise, and that no link leads out of the output folder.

        Raises `OSError`, `StateError`.
        """
        if folder in self._safe:
            return
        if folder != self._root:
            self._enter(os.path.dirname(folder), make=make)
        try:
            linked = modes.S_ISLNK(os.lstat(folder).st_mode)
        except FileNotFoundError:
            linked = False
            if make:
                with suppress(FileExistsError):  # another process of this build was quicker
                    os.makedirs(folder) if folder == self._root else os.mkdir(folder)
        if linked and folder != self._root:
            self._follow(folder)
        self._safe.add(folder)

    def _follow(self, link: str) -> None:
        root, real = os.path.realpath(self._root), os.path.realpath(link)
        if real != root and not real.startswith(root + os.sep):
            message = f"{link} is a link that leads out of the output folder"
            raise StateError(message, Span(link), code="outside-output")


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _cannot(what: str, path: str, error: OSError) -> StateError:
    return StateError(f"{path} cannot be {what}: {error.strerror or error}", Span(path), code="cannot-write")
