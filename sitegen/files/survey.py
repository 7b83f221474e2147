"""How many files look from outside: what has changed, without opening any of them."""

from __future__ import annotations

import marshal
import os
import stat as modes
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from sitegen.files.files import SETTLED, Stamp
from sitegen.plain import Record, digest

__all__ = ["Row", "Survey", "altered", "survey"]

Row = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, inode."""


class Survey(Record, frozen=True, dict=True):
    """All that lay in some places at one instant."""

    root: Path
    places: tuple[str, ...]
    rows: dict[str, Row]
    """By the name of a file, or of a folder that cannot be read: that has an error number for a size."""
    links: frozenset[str]
    """Names of links: what they lead to may lie elsewhere."""
    taken: int
    """Nanoseconds."""

    @cached_property
    def digest(self) -> str:
        """Equal for two surveys that saw the same."""
        return digest(marshal.dumps(sorted(self.rows.items()), 2))  # version 2 knows no references: one form a value

    @property
    def settled(self) -> bool:
        """Whether all files could be known by their stamps when the survey was taken."""
        return max((row[1] for row in self.rows.values()), default=0) + SETTLED < self.taken

    @property
    def names(self) -> Collection[str]:
        """All that has a row."""
        return self.rows.keys()

    def unchanged(self, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """Those stamps that surely still tell what the files hold."""
        of = known.get
        return {
            name: stamp
            for name, (size, modified, inode) in self.rows.items()
            if inode
            and (stamp := of(name)) is not None
            and stamp.modified == modified
            and stamp.size == size
            and stamp.inode == inode
            and modified + SETTLED < stamp.seen  # it is settled: to ask it would take as long as all else here
        }

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of a file, without digest; None if no file of this name was seen."""
        row = self.rows.get(name)
        return Stamp(*row, self.taken) if row is not None and row[2] else None

    def below(self, folder: str) -> list[str] | None:
        """The files below one of the `places` as `sitegen.files.walk` finds them; None if there may be some of which it
        would have something to say: links, what is no file, what cannot be read, names that are no text.
        """
        if folder not in self.places or folder in self.rows:
            return None
        folders: dict[str, list[str]] = {}
        for name in self.rows:
            if name.startswith(f"{folder}/"):
                here, _, last = name.rpartition("/")
                if last[0] not in "._":
                    folders.setdefault(here, []).append(name)
        above = folder.count("/") + 1
        parts = {here: here.split("/")[above:] for here in folders}
        shown = [here for here, names in parts.items() if not any(name[0] in "._" for name in names)]
        found = [name for here in sorted(shown, key=parts.__getitem__) for name in sorted(folders[here])]
        plain = self.links.isdisjoint(found) and all(self.rows[name][2] for name in found)
        return found if plain and _are_texts(found) else None

    def is_plain(self, name: str) -> bool:
        """Whether a file that is no link was seen."""
        return name not in self.links and self.stamp(name) is not None

    def unlike(self, other: Survey) -> frozenset[str]:
        """The names of files that may not be what they were at another survey."""
        rows, then = self.rows, other.rows
        odd = {name for name, row in then.items() if rows.get(name) != row or row[1] + SETTLED >= other.taken}
        return frozenset((rows.keys() - then.keys()) | odd | self.links)

    def again(self, touched: Iterable[str]) -> tuple[Survey, frozenset[str]]:
        """A later survey, when only files at or below these names may be others; and the names of those that may be.

        What links lead to is always looked at again.
        """
        taken, names = time.time_ns(), {*touched, *self.links}
        gone = {name for place in names for name in self._below(place)}
        rows = self.rows.copy()  # once: there may be a hundred thousand
        for name in gone:
            del rows[name]
        later, links = _look(self.root, filter(self._is_folder, names))
        for name in names:
            path = os.path.join(self.root, name)
            if not self._is_folder(name) and os.path.lexists(path):
                later[name] = _row(Path(path))
                links |= {name} if os.path.islink(path) else set()
        rows.update(later)
        return Survey(self.root, self.places, rows, (self.links - gone) | links, taken), frozenset(gone | later.keys())

    def _is_folder(self, name: str) -> bool:
        path = os.path.join(self.root, name)
        return name in self.places or (os.path.isdir(path) and not os.path.islink(path))

    def _below(self, place: str) -> list[str]:
        if place in self.rows:
            return [place]
        inside = f"{place}/" if place else ""
        return [name for name in self.rows if name.startswith(inside)]


def survey(root: Path, places: Iterable[str] = ("",)) -> Survey:
    """All files at or below `places`, files or folders relative to `root`; a missing one is a finding too."""
    taken, places = time.time_ns(), tuple(places)
    return Survey(root, places, *_look(root, places), taken)


def _look(root: Path, places: Iterable[str]) -> tuple[dict[str, Row], frozenset[str]]:
    """What is at or below these places, and the names of links among it."""
    rows: dict[str, Row] = {}
    links: set[str] = set()
    todo = list(places)
    while todo:
        here = todo.pop()
        path = os.path.join(root, here)
        try:
            todo += _look_into(path, f"{here}/" if here else "", rows, links)
        except NotADirectoryError:
            rows[here] = _row(Path(path))
        except OSError as error:
            rows[here] = error.errno or 0, 0, 0
    return rows, frozenset(links)


def altered(folder: Path, stamps: Mapping[str, Stamp]) -> Iterator[str]:
    """The names of those files in a folder that are not surely what they were when they were stamped."""
    inside, stat = os.path.join(folder, ""), os.stat
    for name, known in stamps.items():
        try:
            status = stat(inside + name)
        except OSError:
            yield name
        else:
            modified = status.st_mtime_ns
            same = modified == known.modified and status.st_size == known.size and status.st_ino == known.inode
            if not same or modified + SETTLED >= known.seen:
                yield name


def _look_into(path: str, inside: str, rows: dict[str, Row], links: set[str]) -> list[str]:
    """Adds the files of one folder to `rows`, and `links` among them; the folders in it. Raises `OSError`."""
    folders = []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(inside + entry.name)
            else:
                rows[inside + entry.name] = _row(entry)
                if entry.is_symlink():
                    links.add(inside + entry.name)
    return folders


def _are_texts(names: Iterable[str]) -> bool:
    try:
        "".join(names).encode()
    except UnicodeEncodeError:  # on POSIX, names may be any bytes
        return False
    return True


def _row(file: os.DirEntry[str] | Path) -> Row:
    try:
        status = file.stat()
    except OSError as error:
        return error.errno or 0, 0, 0
    inode = status.st_ino if modes.S_ISREG(status.st_mode) else 0  # nothing but a file has a stamp
    return status.st_size, status.st_mtime_ns, inode
