"""Spreading work over processes, through the interface `concurrent.futures.Executor`.

Processes are forked when all that they need to know is there, so nothing of it has to be sent. What each of them finds
out comes back to the engine as news. Where there is no fork, or too little to do, the work is done right here.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from mmap import mmap
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sitegen.engine.engine import Engine
from sitegen.engine.past import Contradiction, News, Question
from sitegen.errors import ContentError, Span
from sitegen.files.meanwhile import end_without, uninterrupted
from sitegen.plain import Record

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = ["Done", "spread"]

T = TypeVar("T")
R = TypeVar("R")
_LARGEST, _SHARES = 64, 8
"""Items that a process gets at a time: few enough that all end together, and that an interrupt is soon obeyed."""
_PORTION = 20_000
"""Items after which processes end and others begin. A process holds what it has found out, and its own copy of all that
it or its parent has touched, so that its memory would grow with the site.
"""
_MOST = 1_000
"""Processes, whatever is asked for: a pipe has room for no more than a few thousand of their places."""
_WORD = 8


class Subject(Protocol):
    """What the work is about; it is there in every process."""

    @property
    def engine(self) -> Engine: ...


class Done(Record, Generic[T, R], frozen=True):
    """Some items, and what doing them gave; None if the process that did them died."""

    items: Sequence[T]
    result: R | None


def spread(
    do: Callable[[Any, Iterable[T]], R],
    subject: Subject,
    items: Sequence[T],
    jobs: int,
    worth: int,
    expected: Callable[[T], Iterable[Question]] = lambda item: (),
) -> Generator[Done[T, R], None, None]:
    """Call `do(subject, some of the items)` until all are done, in any order. It may go through them more than once.

    Fewer items than `worth` are not worth a second process. Questions that are `expected` from an item are known to all
    processes by the same numbers. Whoever may stop halfway closes the generator: then no process is left.
    """
    if jobs > 1 and len(items) >= worth and _can_fork():
        subject.engine.past.expect(question for item in items for question in expected(item))
        items = yield from _in_processes(do, subject, items, min(jobs, _MOST))
    for start, stop in _ranges(len(items), 1):
        yield Done(items[start:stop], do(subject, items[start:stop]))


def _can_fork() -> bool:
    import multiprocessing  # here, as in `_processes`: most builds have too little to do for it

    return "fork" in multiprocessing.get_all_start_methods()


def _in_processes(
    do: Callable[[Any, Iterable[T]], R], subject: Subject, items: Sequence[T], jobs: int
) -> Generator[Done[T, R], None, Sequence[T]]:
    """As `spread`. Returns the items that are left because the system gives us no processes."""
    while items:
        team = _Team(do, subject, items[:_PORTION])
        yield from team.work(jobs)
        for item in team.fallen:
            alone = _Team(do, subject, [item])
            yield from alone.work(1)
            yield from (Done([lost], None) for lost in (*alone.fallen, *alone.left))
        items = [*team.left, *items[_PORTION:]]
        if len(team.left) == len(team.items):
            break
    return items


def _ranges(count: int, jobs: int) -> Iterator[tuple[int, int]]:
    size = max(1, min(_LARGEST, count // (jobs * _SHARES)))
    return ((start, min(start + size, count)) for start in range(0, count, size))


class _NoProcess(Exception):
    """The system has no process for us."""


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
        from concurrent.futures import BrokenExecutor

        self.board = mmap(-1, _WORD * (jobs + 1))
        self._undone = set(range(len(self.items)))
        try:
            with _processes(self, jobs) as executor:
                yield from self._results(executor, jobs)
        except (BrokenExecutor, _NoProcess):
            fallen = self._undone.intersection(self._noted())
            self.fallen = [self.items[number] for number in sorted(fallen)]
            self.left = [self.items[number] for number in sorted(self._undone - fallen)]
        finally:
            self.subject.engine.past.forget_processes()

    def _results(self, executor: Executor, jobs: int) -> Iterator[Done[T, R]]:
        # In the order in which they come: what a process tells refers to what it has told before.
        from queue import SimpleQueue

        finished: SimpleQueue[Future[tuple[R, News]]] = SimpleQueue()
        spans = {}
        for span in _ranges(len(self.items), jobs):
            spans[future := executor.submit(_work, *span)] = span
            future.add_done_callback(finished.put)
        while spans:
            future = finished.get()
            result, news = future.result()
            self._hear(news)
            start, stop = spans.pop(future)  # a future keeps its result, and there may be bodies in it
            self._undone.difference_update(range(start, stop))
            yield Done(self.items[start:stop], result)

    def _hear(self, news: News) -> None:
        try:
            self.subject.engine.hear(news)
        except Contradiction as found:
            place = Span(str(found.question[-1]))
            raise ContentError("the file changed while it was read; build again", place, code="unreadable") from found

    # In shared memory: whether the work was stopped, and the item that each process is at

    def stop(self) -> None:
        """Nobody wants the rest of the work."""
        self.board[0] = 1

    @property
    def stopped(self) -> bool:
        """Whether that was said, in whichever process."""
        return bool(self.board[0])

    def note(self, slot: int, number: int) -> None:
        """Process number `slot` is at the item of this number."""
        self.board[(slot + 1) * _WORD : (slot + 2) * _WORD] = (number + 1).to_bytes(_WORD, "little")

    def _noted(self) -> Iterator[int]:
        return (
            int.from_bytes(self.board[place : place + _WORD], "little") - 1
            for place in range(_WORD, len(self.board), _WORD)
        )


class _Noted(Iterable[T]):
    """The items of a span, each noted before it is handed out, as often as they are gone through."""

    def __init__(self, team: _Team[T, Any], slot: int, start: int, stop: int) -> None:
        self._team, self._slot, self._span = team, slot, range(start, stop)

    def __iter__(self) -> Iterator[T]:
        for number in self._span:
            self._team.note(self._slot, number)
            yield self._team.items[number]


@contextmanager
def _processes(team: _Team[Any, Any], jobs: int) -> Iterator[Executor]:
    """Processes that are forked at once, and end with the block: soon, if it is left halfway.

    Raises `_NoProcess`.
    """
    team.subject.engine.past.shelf.share()
    with ExitStack() as end:
        slots = end.enter_context(_slots(jobs))
        with uninterrupted(), _stopped_halfway(team):
            executor = _forked(team, jobs, slots)
            end.callback(_shut_down, executor)
            end.enter_context(_stopped_halfway(team))
        yield executor


@contextmanager
def _slots(jobs: int) -> Iterator[int]:
    """A pipe from which each process takes its place in the team. A number in the memory that `multiprocessing` shares
    would do, but for the interrupt that comes while that memory is freed: Python drops it, and tells of it.
    """
    try:
        slots, end = os.pipe()
    except OSError as error:
        raise _NoProcess from error
    try:
        os.write(end, b"".join(slot.to_bytes(_WORD, "little") for slot in range(jobs)))
        yield slots
    finally:
        os.close(slots)
        os.close(end)


def _forked(team: _Team[Any, Any], jobs: int, slots: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    try:
        fork = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(jobs, fork, _arrive, (team, slots, os.getpid()))
        executor.submit(int)  # anything: the first task starts all of them
    except (OSError, RuntimeError, NotImplementedError, ImportError) as error:
        raise _NoProcess from error
    return executor


def _shut_down(executor: Executor) -> None:
    """End the processes. What they leave behind is cleared away where Python drops an interrupt and tells of it, so one
    that comes meanwhile is obeyed afterwards: that is soon, since they have nothing to do, or were stopped.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one is interrupted
        executor.shutdown(cancel_futures=True)
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        executor.shutdown(cancel_futures=True)
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _stopped_halfway(team: _Team[Any, Any]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        team.stop()
        raise


# In the processes

_here: tuple[_Team[Any, Any], int]
"""The team that this process belongs to, and its place in it."""


def _arrive(team: _Team[Any, Any], slots: int, parent: int) -> None:
    """Called once in each process. An interrupt is the business of the first one."""
    global _here  # noqa: PLW0603 (a process has nothing else to keep it in)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        end_without(parent, lambda: team.stopped)
    except RuntimeError:
        os._exit(1)  # the system has no room for this process
    _here = team, int.from_bytes(os.read(slots, _WORD), "little")
    team.subject.engine.part_ways()


def _work(start: int, stop: int) -> tuple[Any, News]:
    team, slot = _here
    return team.do(team.subject, _Noted(team, slot, start, stop)), team.subject.engine.tell()
