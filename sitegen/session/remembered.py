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

    def __init__(self, store: Store) -> None:
        self.marks: Mapping[str, str] = store.marks()
        """By path, what stands for all that an article was read from."""
        self._store = store
        self._loaded: dict[str, Parsed] = {}

    def __getitem__(self, path: str) -> Parsed:
        found = self._loaded.get(path)
        if found is None:
            found = self._loaded[path] = unpack(self._store.article(path, self.marks[path]), Parsed)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)

    def load(self) -> None:
        """Load all of them at once, which is much quicker than one by one."""
        if len(self._loaded) < len(self.marks):
            pool, loaded = Pool(self.marks), self._loaded
            for path, data in self._store.articles():
                if path not in loaded:
                    loaded[pool.text(path)] = pool.share(unpack(data, Parsed))

    def follow(self, marks: Mapping[str, str], read: Mapping[str, Parsed]) -> None:
        """Now the session that read these articles, and knows all of those by these marks, is the last one."""
        self._loaded.update(read)
        if marks.keys() != self.marks.keys():
            self._loaded = {path: read for path, read in self._loaded.items() if path in marks}
        self.marks = marks
