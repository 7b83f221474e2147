"""Spreading work over processes, through the interface `concurrent.futures.Executor`.

Processes are forked when all that they need to know is there, so nothing of it has to be sent. What each of them finds
out comes back to the engine as news. Where there is no fork, or too little to do, the work is done right here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from mmap import mmap
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from sitegen.engine.engine import Engine
from sitegen.engine.past import Contradiction, News, Question
from sitegen.errors import ContentError, Span
from sitegen.files.process import NoProcessError, ask, give_back_memory, processes
from sitegen.plain import Record

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = ["Done", "spread"]

T = TypeVar("T")
R = TypeVar("R")
_LARGEST, _SHARES = 64, 8
"""Items that a process gets at a time: few enough that all end together, and that an interrupt is soon obeyed."""
_PORTION = 12_000
"""Items after which processes end and others begin. A process holds what it has found out, and its own copy of all that
it or its parent has touched, so that its memory would grow with the site.
"""
_MOST = 400
"""Processes, whatever is asked for: each takes two open files, of which many systems allow a thousand."""
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
    portion: int | None = None,
) -> Generator[Done[T, R], None, None]:
    """Call `do(subject, some of the items)` until all are done, in any order. It may go through them more than once.

    Fewer items than `worth` are not worth a second process. Questions that are `expected` from an item are known to all
    processes by the same numbers. After each `portion` of the items, processes end and others begin. Whoever may stop
    halfway closes the generator: then no process is left.
    """
    if jobs > 1 and len(items) >= worth and hasattr(os, "fork"):
        items = yield from _in_processes(do, subject, items, min(jobs, _MOST), expected, portion or _PORTION)
    for start, stop in _ranges(len(items), 1):
        yield Done(items[start:stop], do(subject, items[start:stop]))


def _in_processes(
    do: Callable[[Any, Iterable[T]], R],
    subject: Subject,
    items: Sequence[T],
    jobs: int,
    expected: Callable[[T], Iterable[Question]],
    portion: int,
) -> Generator[Done[T, R], None, Sequence[T]]:
    """As `spread`. Returns the items that are left because the system gives us no processes."""
    engine, many = subject.engine, len(items) > portion
    while items:
        if many:
            engine.lay_down()
            give_back_memory()
        some = items[:portion]
        engine.past.expect(question for item in some for question in expected(item))
        team = _Team(do, subject, some)
        yield from team.work(jobs)
        for item in team.fallen:
            alone = _Team(do, subject, [item])
            yield from alone.work(1)
            yield from (Done([lost], None) for lost in (*alone.fallen, *alone.left))
        items = [*team.left, *items[portion:]]
        if len(team.left) == len(team.items):
            break
    return items


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
        self._undone = set(range(len(self.items)))
        self.subject.engine.past.shelf.share()
        try:
            with processes([partial(_begin, self, slot) for slot in range(jobs)]) as executor:
                yield from self._results(executor, jobs)
        except NoProcessError:
            fallen = self._undone.intersection(self._noted())
            self.fallen = [self.items[number] for number in sorted(fallen)]
            self.left = [self.items[number] for number in sorted(self._undone - fallen)]
        finally:
            self.subject.engine.past.forget_processes()

    def _results(self, executor: Executor, jobs: int) -> Iterator[Done[T, R]]:
        # In the order in which they come: what a process tells refers to what it has told before.
        finished: SimpleQueue[Future[bytes]] = SimpleQueue()
        spans = self._submit(executor, jobs, finished.put)
        while spans:
            future = finished.get()
            start, stop = spans.pop(future)
            result, news = pickle.loads(future.result())  # noqa: S301 (from our own process)
            del future  # it keeps its result, and there may be bodies in it
            self._hear(news)
            self._undone.difference_update(range(start, stop))
            yield Done(self.items[start:stop], result)

    def _submit(
        self, executor: Executor, jobs: int, finish: Callable[[Future[bytes]], None]
    ) -> dict[Future[bytes], tuple[int, int]]:
        spans = {}
        try:
            for span in _ranges(len(self.items), jobs):
                spans[future := executor.submit(ask, *span)] = span
                future.add_done_callback(finish)
        except RuntimeError as error:  # the system has no thread for us
            raise NoProcessError from error
        return spans

    def _hear(self, news: News) -> None:
        try:
            self.subject.engine.hear(news)
        except Contradiction as found:
            place = Span(str(found.question[-1]))
            raise ContentError("the file changed while it was read; build again", place, code="unreadable") from found

    # In shared memory: the item that each process is at

    def note(self, slot: int, number: int) -> None:
        """Process number `slot` is at the item of this number."""
        self.board[slot * _WORD : (slot + 1) * _WORD] = (number + 1).to_bytes(_WORD, "little")

    def _noted(self) -> Iterator[int]:
        return (
            int.from_bytes(self.board[place : place + _WORD], "little") - 1
            for place in range(0, len(self.board), _WORD)
        )


class _Noted(Iterable[T]):
    """The items of a span, each noted before it is handed out, as often as they are gone through."""

    def __init__(self, team: _Team[T, Any], slot: int, start: int, stop: int) -> None:
        self._team, self._slot, self._span = team, slot, range(start, stop)

    def __iter__(self) -> Iterator[T]:
        for number in self._span:
            self._team.note(self._slot, number)
            yield self._team.items[number]


# In the processes


def _begin(team: _Team[Any, Any], slot: int) -> Callable[[int, int], bytes]:
    team.subject.engine.part_ways()
    return partial(_work, team, slot)


def _work(team: _Team[Any, Any], slot: int, start: int, stop: int) -> bytes:
    told = team.do(team.subject, _Noted(team, slot, start, stop)), team.subject.engine.tell()
    return pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
