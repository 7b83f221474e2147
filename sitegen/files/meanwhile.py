"""What another process finds out while this one goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from mmap import mmap
from select import select
from types import TracebackType

from sitegen.files.process import end_without, uninterrupted

__all__ = ["Meanwhile", "Message"]


class Meanwhile:
    """A look that a process of its own takes. Where there is none to be had, or it dies, this one takes it when it asks
    what was `found`. The other one ends with the block at the latest.
    """

    def __init__(self, look: Callable[[], bytes], *, apart: bool) -> None:
        """`apart` says whether the look is worth a process."""
        self._look = look
        self.process = self._pipe = 0
        """The number of the other process while it is there."""
        self._here = os.getpid()
        if apart:
            try:
                self._begin()
            except (OSError, AttributeError):
                pass  # no process, or a system that does not know how to fork
            except BaseException:  # an interrupt was held back until now
                self.close()
                raise

    def __enter__(self) -> Meanwhile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Have no other process any more."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            self._end()

    @property
    def ready(self) -> bool:
        """Whether another process has found it, and waits for this one to take it."""
        return bool(self.process and select([self._pipe], [], [], 0)[0])

    def found(self) -> bytes:
        """What there was to see."""
        if self.process and self._here == os.getpid():  # a fork must not take away what this one waits for
            with open(self._pipe, "rb", closefd=False) as pipe:
                data = pipe.read()
            if self._end() == 0:
                return data
        return self._look()

    def _begin(self) -> None:
        with uninterrupted():
            pipe, end = os.pipe()
            parent = os.getpid()
            try:
                child = os.fork()
            except OSError:
                os.close(pipe)
                os.close(end)
                raise
            if not child:
                _tell(self._look, end, parent)
            os.close(end)
            self.process, self._pipe = child, pipe

    def _end(self) -> int:
        """How the process ended."""
        os.close(self._pipe)
        child, self.process = self.process, 0
        return os.waitpid(child, 0)[1]


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


def _tell(look: Callable[[], bytes], pipe: int, parent: int) -> None:
    """In the process: it ends with this, whatever happens, and an interrupt ends it at once."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        end_without(parent)
        with open(pipe, "wb") as file:
            file.write(look())
        os._exit(0)
    finally:
        os._exit(1)
