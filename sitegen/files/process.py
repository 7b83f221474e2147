"""Forks of this process that do what they are asked to, behind the interface `concurrent.futures.Executor`."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from select import select
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["NoProcessError", "Process", "ask", "give_back_memory", "processes", "uninterrupted"]

Begin = Callable[[], Callable[..., bytes]]
"""Called once in a process. Returns what answers there."""
_HEARTBEAT = 0.2
"""Seconds after which a process notices that its parent is gone."""
_PIPE = 1 << 16
"""Bytes that a pipe holds on most systems."""
_WORD = 8
"""Bytes before an answer: how many it has, and less than nothing if they are what was raised."""


class NoProcessError(Exception):
    """The system has no process for us, or one ended before it had answered."""


class Process:
    """A fork that answers one call after the other. It shares its pipes with no other process, so that one which dies
    halfway through an answer holds up nobody. It leaves an interrupt to its parent, and ends when that is gone.
    """

    def __init__(self, begin: Begin) -> None:
        """Raises `NoProcessError`."""
        parent = os.getpid()
        with ExitStack() as undo:
            try:
                asked, self._ask = _pipe(undo)
                self._answered, give = _pipe(undo, buffering=0)  # `ready` asks the system, which knows of no buffer
                self.number = os.fork()
            except OSError as error:
                raise NoProcessError from error
            if not self.number:
                _serve(begin, asked, give, parent)
            undo.pop_all()
        asked.close()
        give.close()

    def ask(self, *arguments: object) -> None:
        """Begin a call, and do not wait for the answer. Raises `NoProcessError`."""
        try:
            self._ask.write(pickle.dumps(arguments))
        except OSError as error:
            raise NoProcessError from error

    @property
    def ready(self) -> bool:
        """Whether it has begun to answer, or has died."""
        return bool(select([self._answered], [], [], 0)[0])

    def answer(self) -> bytes:
        """What was returned there. Raises what was raised there, or `NoProcessError`."""
        head = _read(self._answered, _WORD)
        size = int.from_bytes(head, "little", signed=True)
        data = _read(self._answered, abs(size))
        if len(head) < _WORD or len(data) < abs(size):
            raise NoProcessError
        if size < 0:
            raise pickle.loads(data)  # noqa: S301 (from our own process)
        return data

    def kill(self) -> None:
        """End it, whatever it is at. Whoever waits for its answer hears that it is dead."""
        os.kill(self.number, signal.SIGKILL)

    def close(self) -> None:
        """Leave nothing of it behind. To be called once, when it was killed and nobody waits for its answer."""
        os.waitpid(self.number, 0)
        self._ask.close()
        self._answered.close()


_mine = threading.local()
"""The process of this thread: each has one, so what a process answers arrives in the order in which it does."""


@contextmanager
def processes(begins: Sequence[Begin]) -> Iterator[Executor]:
    """A process for each of them, forked at once. They end with the block, whatever they are at.

    The executor has a thread for each, to which `ask` is to be submitted: that raises `RuntimeError` if the system has
    no thread for us. Raises `NoProcessError`.
    """
    from concurrent.futures import ThreadPoolExecutor  # here, as most builds have too little to do for it

    team: list[Process] = []
    idle: SimpleQueue[Process] = SimpleQueue()
    executor = ThreadPoolExecutor(len(begins), initializer=_take, initargs=(idle,))  # the first thread comes with work
    with ExitStack() as end:
        end.callback(_end, team, executor)
        with uninterrupted():
            team.extend(map(Process, begins))
        for process in team:
            idle.put(process)
        yield executor


def ask(*arguments: object) -> bytes:
    """What one of the processes returns. Raises what is raised there, or `NoProcessError`."""
    process: Process = _mine.process
    process.ask(*arguments)
    return process.answer()


def _take(idle: SimpleQueue[Process]) -> None:
    _mine.process = idle.get()


def _end(team: Iterable[Process], executor: Executor) -> None:
    """End the processes. An interrupt that comes meanwhile is obeyed when none of them is left, and that is soon."""
    came: list[int] = []
    ours = threading.current_thread() is threading.main_thread()  # only that one is interrupted
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number)) if ours else None
    try:
        for process in team:
            process.kill()
        executor.shutdown(cancel_futures=True)
        for process in team:
            process.close()
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


def _pipe(undo: ExitStack, buffering: int = -1) -> tuple[BinaryIO, BinaryIO]:
    end, start = os.pipe()
    return undo.enter_context(open(end, "rb", buffering)), undo.enter_context(open(start, "wb", buffering=0))


def _serve(begin: Begin, asked: BinaryIO, give: BinaryIO, parent: int) -> None:
    """In the process, which ends with this."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end_without(parent)
        answer = begin()
        while True:
            arguments = pickle.load(asked)  # noqa: S301 (from our own process)
            try:
                data, sign = answer(*arguments), 1
            except Exception as error:
                error.add_note(traceback.format_exc())  # an exception that is pickled leaves its traceback behind
                data, sign = pickle.dumps(error), -1
            _write(give, (len(data) * sign).to_bytes(_WORD, "little", signed=True))
            _write(give, data)
    finally:
        os._exit(1)


def _read(file: BinaryIO, size: int) -> bytes:
    """So many bytes, or fewer if there will be no more."""
    parts = []
    while size and (part := file.read(min(size, _PIPE))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(file: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _end_without(parent: int) -> None:
    """End this process when its parent is gone, however that came about: a fork holds the lock of the site, too. Raises
    `RuntimeError` if the system has no room for the thread that looks after that.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_HEARTBEAT)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Interrupts are held back meanwhile: a process that is forked must not meet one before it is ready for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def give_back_memory() -> None:
    """Give back to the system what is free between other things. The GNU C library keeps that, and forks then copy it;
    other libraries do not have to be told.
    """
    import ctypes  # here, as most builds have no need of it

    with suppress(AttributeError, OSError, TypeError):  # each system says in its own way that there is no such function
        ctypes.CDLL(None).malloc_trim(0)
