"""Processes that answer: in order, with what is raised there, and none holds up another or is left behind."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import count
from queue import SimpleQueue

import pytest

from sitegen.files.process import NoProcessError, Process, _end, ask, give_back_memory, processes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
LARGE = 10_000_000
"""Bytes, more than a pipe has room for."""


def answering(answer: Callable[..., bytes]) -> Callable[[], Callable[..., bytes]]:
    """Begins with nothing else."""
    return lambda: answer


def ended(number: int) -> bool:
    """Whether nothing is left of this process, not even to wait for."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_each_begins_once_and_its_answers_arrive_in_order() -> None:
    def begin() -> Callable[[], bytes]:
        counted = count()
        return lambda: b"%d %d" % (os.getpid(), next(counted))

    arrived: dict[int, list[int]] = defaultdict(list)
    finished: SimpleQueue[Future[bytes]] = SimpleQueue()
    with processes([begin, begin]) as executor:
        for _ in range(200):
            executor.submit(ask).add_done_callback(finished.put)
        for _ in range(200):
            number, answer = map(int, finished.get().result().split())
            arrived[number].append(answer)
    assert os.getpid() not in arrived
    assert sum(map(len, arrived.values())) == 200
    assert all(answers == [*range(len(answers))] for answers in arrived.values())


def test_what_is_raised_there_is_raised_here_with_its_place() -> None:
    def divided_by_zero() -> bytes:
        return bytes(1 // 0)

    with processes([answering(divided_by_zero)]) as executor:
        for _ in range(2):
            with pytest.raises(ZeroDivisionError) as raised:
                executor.submit(ask).result()
            assert "in divided_by_zero" in raised.value.__notes__[0]


@pytest.mark.parametrize("size", [0, LARGE])
def test_any_size_arrives(size: int) -> None:
    with processes([answering(bytes)]) as executor:
        assert executor.submit(ask, size).result() == bytes(size)


def test_one_that_is_killed_halfway_through_its_answer_holds_up_nobody() -> None:
    other = Process(answering(lambda: bytes(LARGE)))
    other.ask()
    while not other.ready:
        time.sleep(0.01)
    # It has begun to send, and there is no room for the rest.
    other.kill()
    with pytest.raises(NoProcessError):
        other.answer()
    other.close()
    assert ended(other.number)


def test_one_that_dies_is_told_and_another_answers() -> None:
    dead, other = Process(answering(os._exit)), Process(answering(bytes))
    dead.ask(0)
    other.ask(1)
    with pytest.raises(NoProcessError):
        dead.answer()
    assert other.answer() == b"\0"
    for process in (dead, other):
        process.kill()
        process.close()
    assert ended(dead.number)
    assert ended(other.number)


def test_they_end_with_the_block_whatever_they_are_at() -> None:
    def sleeping() -> bytes:
        time.sleep(600)
        return b""

    begun = time.monotonic()
    with processes([answering(sleeping)] * 2) as executor:
        futures = [executor.submit(ask) for _ in range(4)]
    assert time.monotonic() - begun < 300, "they sleep longer"
    assert all(future.cancelled() or isinstance(future.exception(), NoProcessError) for future in futures)


def test_nothing_is_left_where_there_are_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork

    def refused() -> int:
        if forked:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        number = fork()
        forked.append(number)
        return number

    monkeypatch.setattr(os, "fork", refused)
    before = os.listdir("/dev/fd")
    with pytest.raises(NoProcessError), processes([answering(bytes)] * 2):
        raise AssertionError("there are none")
    assert ended(*forked)
    assert len(os.listdir("/dev/fd")) == len(before)


def test_an_interrupt_while_they_end_is_obeyed_when_they_have_ended() -> None:
    done = []

    class Ending(Executor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            signal.raise_signal(signal.SIGINT)
            done.append(cancel_futures)

    with pytest.raises(KeyboardInterrupt):
        _end([], Ending())
    assert done == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


HELD = """
import re
from pathlib import Path
from sitegen.files.process import give_back_memory
def held():
    return int(re.search(r"Anonymous: *(\\d+)", Path("/proc/self/smaps_rollup").read_text())[1])
before = held()
things = [bytes(5000) for _ in range(20_000)]
del things[:-1]  # the last one stays behind them
full = held()
give_back_memory()
print(before, full, held())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library gives back by itself")
def test_what_is_free_is_given_back() -> None:
    told = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    before, full, now = map(int, told.stdout.split())
    assert full > before + 90_000
    assert now < before + 10_000


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_a_system_that_knows_of_no_such_thing_is_left_alone(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def library(name: None) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_back_memory()
