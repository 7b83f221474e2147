"""What another process finds out while this one goes on."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from sitegen.errors import Span, StateError
from sitegen.files.process import NoProcessError, Process, uninterrupted

__all__ = ["Look", "Message", "meanwhile"]

_BUFFER = 1 << 16
"""Bytes that are read of a message at once."""


class Look:
    """Something to look at. `meanwhile` another process may do so; if none does, or that dies, this one looks when it
    asks what was `found`.
    """

    def __init__(self, look: Callable[[], bytes]) -> None:
        self.look = look
        self._other: _Other | None = None

    def found(self) -> bytes:
        """What there was to see."""
        data = self._other.answer(self) if self._other else None
        return self.look() if data is None else data

    @property
    def ready(self) -> bool:
        """Whether another process has found it, and waits for this one to take it."""
        return self._other is not None and self._other.is_ready(self)

    @property
    def process(self) -> int:
        """The number of the process that looks; 0 if that is this one."""
        return self._other.number if self._other else 0

    def leave_to(self, other: _Other | None) -> None:
        """It is this one that looks from now on; None: nobody else does."""
        self._other = other


class _Other:
    """Another process, which takes these looks one after the other."""

    def __init__(self, looks: tuple[Look, ...]) -> None:
        """Raises `NoProcessError`."""
        self._here = os.getpid()
        self._looks = looks
        self._todo = deque(looks)
        self._done: dict[Look, bytes] = {}
        self._process = Process(lambda: self._look)
        self.number = self._process.number
        with suppress(NoProcessError):  # if it is dead already, nothing will be found
            for number in range(len(looks)):
                self._process.ask(number)

    def _look(self, number: int) -> bytes:
        """In the other process."""
        return self._looks[number].look()

    def answer(self, wanted: Look) -> bytes | None:
        """What it has found, which it tells once; None if it finds nothing."""
        if self._here != os.getpid():  # a fork must not take away what its parent waits for
            return None
        while self._todo and wanted not in self._done:
            self._take()
        return self._done.pop(wanted, None)

    def is_ready(self, wanted: Look) -> bool:
        """Whether `answer` would not have to wait."""
        while self._todo and wanted not in self._done and self._process.ready:
            self._take()
        return wanted in self._done

    def _take(self) -> None:
        todo, self._todo = self._todo, deque()  # whoever is interrupted leaves half an answer, and must not read on
        with suppress(Exception):  # if that is no accident, this process will meet it too
            self._done[todo.popleft()] = self._process.answer()
            self._todo = todo
        if not self._todo:
            self._process.kill()  # it takes its time to end, while this one goes on

    def close(self) -> None:
        """Leave nothing behind of it; nobody may ask it any more."""
        self._process.kill()
        self._process.close()


@contextmanager
def meanwhile(*looks: Look) -> Iterator[None]:
    """While this lasts, another process takes these looks, one after the other. It ends when all that it found was
    taken, or with the block.
    """
    other = _begun(looks) if looks and hasattr(os, "fork") else None
    try:
        for look in looks:
            look.leave_to(other)
        yield
    finally:
        for look in looks:
            look.leave_to(None)
        if other:
            other.close()


def _begun(looks: tuple[Look, ...]) -> _Other | None:
    other = None
    try:
        with uninterrupted():
            other = _Other(looks)
    except NoProcessError:
        pass
    except BaseException:  # an interrupt was held back until now
        if other:
            other.close()
        raise
    return other


class Message:
    """What a process is told that was forked before it was known, one thing after the other, up to an end. To tell it
    takes no time, whether or not somebody waits. It may be much, so it is in a file that has no name.
    """

    def __init__(self, folder: Path) -> None:
        """Raises `OSError` if there is no room for it in the folder."""
        self._folder = folder
        self._ended = False
        with ExitStack() as undo:
            self._file = undo.enter_context(TemporaryFile(dir=folder))
            self._bell, self._end = os.pipe()
            undo.pop_all()

    def __enter__(self) -> Message:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what the disk had no room for
            self._file.close()
        os.close(self._bell)
        os.close(self._end)

    def tell(self, thing: object) -> None:
        """In the first process. Raises `StateError`."""
        with self._room():
            pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)

    def end(self) -> None:
        """There is nothing more to tell. Raises `StateError`."""
        with self._room():
            self._file.flush()
        self._ended = True
        os.write(self._end, b"!")

    def told(self) -> Iterator[Any]:
        """All that was told; in another process, when it has ended."""
        if not self._ended:
            os.read(self._bell, 1)
        file = BufferedReader(_Apart(self._file.fileno()), _BUFFER)
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301 (from a process that this one is a fork of)

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"what one process tells another cannot be kept: {error.strerror or error}"
            hint = "the folder must be writable, and there must be room on the disk"
            raise StateError(message, Span(self._folder.name), hint, code="cannot-write") from error


class _Apart(RawIOBase):
    """Reads a file from its beginning, wherever other processes that have it open are in it."""

    def __init__(self, number: int) -> None:
        self._number, self._place = number, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = os.pread(self._number, len(buffer), self._place)
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
