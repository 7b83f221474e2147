"""Noticing that files change. Events only say when to look: what has changed, the files themselves tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

__all__ = ["Watch"]

_TELLING = frozenset(("created", "modified", "moved", "deleted", "closed"))
"""Kinds of events after which a file may be another one; to be read opens and closes a file, too, but otherwise."""


class Watch(FileSystemEventHandler):
    """Calls `notice(path)`, in a thread of its own, whenever something in one of these places may have changed.

    `places` are files or folders, relative to `root`; some may come into being later. With `poll` they are looked at
    again and again: for file systems that tell of nothing.
    """

    def __init__(self, root: Path, places: Iterable[str], notice: Callable[[str], None], *, poll: bool = False) -> None:
        self._root = root.resolve()
        self._places = tuple(places)
        self._notice = notice
        self._observer: BaseObserver = PollingObserver(timeout=0.2) if poll else Observer()
        self._seen: set[str] = set()
        self._observer.schedule(self, str(self._root))
        self._follow()

    def start(self) -> None:
        """Begin. Raises `OSError` if the system watches no more files."""
        self._observer.start()

    def stop(self) -> None:
        """End."""
        self._observer.stop()
        self._observer.join()

    def _follow(self) -> None:
        """Watch those folders that are there and not watched yet."""
        for place in self._places:
            folder = self._root / place
            if place not in self._seen and folder.is_dir():
                self._seen.add(place)
                self._observer.schedule(self, str(folder), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _TELLING:
            return
        for told in filter(None, (event.src_path, event.dest_path)):
            path = self._relative(str(told))
            if path and path.split("/", 1)[0] in {place.split("/", 1)[0] for place in self._places}:
                self._seen = {place for place in self._seen if (self._root / place).is_dir()}
                self._follow()
                self._notice(path)

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else ""
