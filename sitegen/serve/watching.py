"""Noticing that files change. Events only say when to look: what has changed, the files themselves tell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

__all__ = ["Watch"]

_LOG = logging.getLogger("watchdog")
_TELLING = frozenset(("created", "modified", "moved", "deleted", "closed"))
"""Kinds of events after which a file may be another one; to be read opens and closes a file, too, but otherwise."""
_MOVING = frozenset(("created", "moved", "deleted"))
"""Those after which a folder may be another one."""


class Watch(FileSystemEventHandler):
    """Calls `notice(path)`, in a thread of its own, whenever something in one of these places may have changed.

    `places` are files or folders, relative to `root`; some may come into being later. The path is empty where it is
    known only that something has happened. With `poll` they are looked at again and again: for file systems that tell
    of nothing. Where the system watches no more files, they are, too, and `poll` says so.
    """

    def __init__(self, root: Path, places: Iterable[str], notice: Callable[[str], None], *, poll: bool = False) -> None:
        self.poll = poll
        self._root = root.resolve()
        self._notice = notice
        self._places = tuple(places)
        self._watched: dict[str, tuple[int, ObservedWatch]] = {}
        """By place, the inode of the folder, and what watches it."""
        self._suspects: set[str] = set()
        """Places that may be other folders since, though a new folder may get the inode of an old one."""
        self._doubt = _Doubt(notice)

    def start(self) -> None:
        """Begin."""
        _LOG.addHandler(self._doubt)
        self._observer = self._observing()
        try:
            self._observer.start()
        except OSError:  # the system has only so many watches for each user
            self.poll = True
            self._observer = self._observing()
            self._observer.start()

    def stop(self) -> None:
        """End."""
        _LOG.removeHandler(self._doubt)
        self._observer.stop()
        self._observer.join()

    def follow(self, places: Iterable[str]) -> bool:
        """Watch these from now on; whether one is watched that was not, where something may have changed meanwhile.

        Folders that come into being, or come again, are watched from the next call on. To be called after `start`, by
        one thread at a time, never by the one that calls `notice`: watchdog holds a lock while it tells of an event.
        """
        self._places = tuple(places)
        return self._follow(self._observer)

    def _observing(self) -> BaseObserver:
        observer: BaseObserver = PollingObserver(timeout=0.2) if self.poll else Observer()
        observer.schedule(self, str(self._root))
        self._watched = {}
        self._follow(observer)
        return observer

    def _follow(self, observer: BaseObserver) -> bool:
        suspects = {self._suspects.pop() for _ in range(len(self._suspects))}
        there = {place: inode for place in self._places if (inode := _folder(self._root / place))}
        for place, (inode, watch) in list(self._watched.items()):
            if place in suspects or there.get(place) != inode:
                del self._watched[place]
                with suppress(KeyError, OSError):  # it has noticed itself that there is nothing to watch
                    observer.unschedule(watch)
        new = there.keys() - self._watched.keys()
        for place in new:
            with suppress(OSError):  # no watch is left for it: whoever looks now and then will see
                watch = observer.schedule(self, str(self._root / place), recursive=True)
                self._watched[place] = there[place], watch
        return not new.isdisjoint(self._watched)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _TELLING:
            return
        for told in filter(None, (event.src_path, event.dest_path)):
            path = self._relative(str(told))
            if path and path.split("/", 1)[0] in {place.split("/", 1)[0] for place in self._places}:
                if event.event_type in _MOVING:
                    self._suspects.update(place for place in self._places if f"{place}/".startswith(f"{path}/"))
                self._notice(path)

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else ""


def _folder(path: Path) -> int:
    """The inode of a folder; 0 if there is none."""
    try:
        return path.stat().st_ino if path.is_dir() else 0
    except OSError:
        return 0


class _Doubt(logging.Handler):
    """Hears what watchdog warns of: that events were lost."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._notice = notice

    def emit(self, record: logging.LogRecord) -> None:
        self._notice("")
