"""What earlier sessions read, loaded only as far as somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.content.article import Parsed
from sitegen.content.sharing import Pool
from sitegen.plain import unpack
from sitegen.store import Store

__all__ = ["Remembered"]


class Remembered(Mapping[str, Parsed]):
    """What reading each article gave in the last session, by path, loaded when it is asked for. Raises `StateError`."""

    def __init__(self, store: Store, pool: Pool | None = None) -> None:
        """Paths are shared with those in the `pool`, if there is one."""
        marks = store.marks()
        self.marks: Mapping[str, str] = {pool.text(path): mark for path, mark in marks.items()} if pool else marks
        """By path, what stands for all that an article was read from."""
        self._store = store
        self._loaded: dict[str, Parsed] = {}
        self._whole = False
        self._read: dict[str, Parsed] = {}
        """What sessions of this process read, which the store does not have."""

    def __getitem__(self, path: str) -> Parsed:
        found = self._read.get(path) or self._loaded.get(path)
        if found is None:
            found = self._loaded[path] = unpack(self._store.article(path, self.marks[path]), Parsed)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)

    def load(self) -> None:
        """Load all of them at once, which is much quicker than one by one."""
        known = self._loaded.keys() | self._read.keys()
        if self._whole or known >= self.marks.keys():
            return
        pool = Pool(self.marks)
        for path, data in self._store.articles():
            if path in self.marks and path not in known:
                self._loaded[pool.text(path)] = pool.share(unpack(data, Parsed))
        self._whole = True

    def unload(self) -> None:
        """Let go of those that were loaded one by one: whoever needs one loads it again."""
        if not self._whole:
            self._loaded.clear()

    def follow(self, marks: Mapping[str, str], read: Mapping[str, Parsed], *, same: bool) -> None:
        """Now the session that read these articles, and knows all of those by these marks, is the last one; `same` says
        that it has the files of the one before.
        """
        self._read.update(read)
        if not same:
            for known in (self._read, self._loaded):
                for path in known.keys() - marks.keys():
                    del known[path]
        self.marks = marks
