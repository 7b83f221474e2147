"""What another process finds out while this one goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from mmap import mmap
from types import TracebackType

from sitegen.files.process import NoProcessError, Process, uninterrupted

__all__ = ["Meanwhile", "Message"]


class Meanwhile:
    """A look that a process of its own takes. Where there is none to be had, or it dies, this one takes it when it asks
    what was `found`. The other one ends with the block at the latest.
    """

    def __init__(self, look: Callable[[], bytes], *, apart: bool) -> None:
        """`apart` says whether the look is worth a process."""
        self._look = look
        self._here = os.getpid()
        self._other: Process | None = None
        self._waits = False
        """Whether another process looks, or has found what there is to see."""
        if apart and hasattr(os, "fork"):
            self._begin()

    def __enter__(self) -> Meanwhile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Have no other process any more."""
        other, self._other, self._waits = self._other, None, False
        if other:
            other.kill()
            other.close()

    @property
    def process(self) -> int:
        """The number of the other process; 0 if there is none."""
        return self._other.number if self._other else 0

    @property
    def ready(self) -> bool:
        """Whether another process has found it, and waits for this one to take it."""
        return self._waits and self._other is not None and self._other.ready

    def found(self) -> bytes:
        """What there was to see."""
        waits, self._waits = self._waits, False
        if waits and self._other and self._here == os.getpid():  # a fork must not take away what this one waits for
            with suppress(Exception):  # if that is no accident, this process will meet it too
                data = self._other.answer()
                self._other.kill()  # it takes its time to end, while this one goes on
                return data
        return self._look()

    def _begin(self) -> None:
        try:
            with uninterrupted():
                self._other = Process(lambda: self._look)
                self._other.ask()
                self._waits = True
        except NoProcessError:
            pass
        except BaseException:  # an interrupt was held back until now
            self.close()
            raise


class Message:
    """So many bytes that a process waits for which was forked before they were known. To send them takes no time,
    whether or not somebody waits.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._data = mmap(-1, size or 1)
        self._bell, self._end = os.pipe()

    def __enter__(self) -> Message:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
        os.close(self._bell)
        os.close(self._end)

    def send(self, data: bytes) -> None:
        """Once, in the first process."""
        self._data[: self._size] = data
        os.write(self._end, b"!")

    def received(self) -> bytes:
        """The bytes, when they are there; in the other process."""
        os.read(self._bell, 1)
        return self._data[: self._size]
