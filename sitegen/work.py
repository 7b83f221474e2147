"""Spreading work over processes, through the interface `concurrent.futures.Executor`.

Processes are forked when all that they need to know is there, so nothing of it has to be sent. What each of them finds
out comes back to the engine as news. Where there is no fork, or too little to do, the work is done right here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from mmap import mmap
from typing import Any, Generic, Protocol, TypeVar

from sitegen.engine import Engine
from sitegen.past import News

__all__ = ["Done", "spread"]

T = TypeVar("T")
R = TypeVar("R")
_LARGEST, _SHARES = 64, 8
"""Items that a process gets at a time: few enough that all end together, and that an interrupt is soon obeyed."""
_WORD = 8
_HEARTBEAT = 0.5
"""Seconds after which a process notices that the one it works for is gone."""


class Subject(Protocol):
    """What the work is about; it is there in every process."""

    @property
    def engine(self) -> Engine: ...


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """Some items, and what doing them gave; None if the process that did them died."""

    items: Sequence[T]
    result: R | None


def spread(
    do: Callable[[Any, Iterable[T]], R], subject: Subject, items: Sequence[T], jobs: int, worth: int
) -> Iterator[Done[T, R]]:
    """Call `do(subject, some of the items)` until all are done, in any order.

    Fewer items than `worth` are not worth a second process.
    """
    if jobs == 1 or len(items) < worth or "fork" not in multiprocessing.get_all_start_methods():
        for start, stop in _ranges(len(items), 1):
            yield Done(items[start:stop], do(subject, items[start:stop]))
        return
    while items:
        team = _Team(do, subject, items)
        yield from team.work(jobs)
        for item in team.fallen:
            alone = _Team(do, subject, [item])
            yield from alone.work(1)
            yield from (Done([lost], None) for lost in alone.fallen)
        items = team.left


def _ranges(count: int, jobs: int) -> Iterator[tuple[int, int]]:
    size = max(1, min(_LARGEST, count // (jobs * _SHARES)))
    return ((start, min(start + size, count)) for start in range(0, count, size))


class _Team(Generic[T, R]):
    """Processes that do one thing. Each notes in shared memory which item it is at, in case it dies.

    After `work`, `fallen` are the items at which a process died, or at which another one was stopped for that reason;
    `left` are those that nobody came to.
    """

    def __init__(self, do: Callable[[Any, Iterable[T]], R], subject: Subject, items: Sequence[T]) -> None:
        self.do = do
        self.subject = subject
        self.items = items
        self.fallen: list[T] = []
        self.left: list[T] = []

    def work(self, jobs: int) -> Iterator[Done[T, R]]:
        self.board = mmap(-1, _WORD * jobs)
        undone = set(range(len(self.items)))
        executor = _executor(self, jobs)
        try:
            futures = {executor.submit(_work, *span): span for span in _ranges(len(self.items), jobs)}
            for future in as_completed(futures):
                result, news = future.result()
                self.subject.engine.hear(news)
                start, stop = futures[future]
                undone.difference_update(range(start, stop))
                yield Done(self.items[start:stop], result)
        except BrokenProcessPool:
            fallen = undone.intersection(self._noted())
            self.fallen = [self.items[number] for number in sorted(fallen)]
            self.left = [self.items[number] for number in sorted(undone - fallen)]
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def noting(self, slot: int, start: int, stop: int) -> Iterator[T]:
        """The items of a span, each noted before it is handed out."""
        place = slice(slot * _WORD, (slot + 1) * _WORD)
        for number in range(start, stop):
            self.board[place] = (number + 1).to_bytes(_WORD, "little")
            yield self.items[number]

    def _noted(self) -> Iterator[int]:
        return (
            int.from_bytes(self.board[place : place + _WORD], "little") - 1
            for place in range(0, len(self.board), _WORD)
        )


# In the processes

_here: tuple[_Team[Any, Any], int]
"""The team that this process belongs to, and its place in it."""


def _executor(team: _Team[Any, Any], jobs: int) -> Executor:
    fork = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(jobs, fork, _arrive, (team, fork.Value("i", 0), os.getpid()))


def _arrive(team: _Team[Any, Any], arrived: Any, parent: int) -> None:
    """Called once in each process. An interrupt is the business of the first one."""
    global _here  # noqa: PLW0603 (a process has nothing else to keep it in)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    with arrived:
        _here = team, arrived.value
        arrived.value += 1
    team.subject.engine.part_ways()


def _follow(parent: int) -> None:
    """Ends this process when its parent is gone, however that came about."""
    while os.getppid() == parent:
        time.sleep(_HEARTBEAT)
    os._exit(1)


def _work(start: int, stop: int) -> tuple[Any, News]:
    team, slot = _here
    return team.do(team.subject, team.noting(slot, start, stop)), team.subject.engine.tell()
