"""What another process looks at: the answer is the same whether or not there is one, and none is left behind."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sitegen.errors import StateError
from sitegen.files.meanwhile import Look, Message, meanwhile

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
SEEN = b"b\0a\xff\n"
ENDS: dict[str, Callable[[], object]] = {
    "exits": lambda: os._exit(1),
    "is killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fails": lambda: 1 / 0,
}


def is_gone(process: int) -> bool:
    """Whether a process was there, and nothing is left of it to wait for."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return process > 0
    return False


def own_number() -> bytes:
    return str(os.getpid()).encode()


def test_what_is_found_is_the_same() -> None:
    look = Look(lambda: SEEN)
    assert look.found() == SEEN
    with meanwhile(look):
        assert look.found() == SEEN


def test_nothing_to_look_at_takes_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    with meanwhile():
        pass


@FORKS
def test_another_process_looks() -> None:
    with meanwhile(look := Look(own_number)):
        process = look.process
        assert look.found() == str(process).encode()
    assert is_gone(process)
    assert process != os.getpid()


@FORKS
def test_one_process_takes_all_looks_and_is_asked_in_any_order() -> None:
    looks = {word: Look(partial(b" ".join, [word, b"%d"])) for word in (b"one", b"two", b"three")}
    with meanwhile(*looks.values()):
        process = looks[b"one"].process
        assert [look.process for look in looks.values()] == [process] * 3
        assert [looks[word].found() for word in (b"two", b"one", b"three")] == [b"two %d", b"one %d", b"three %d"]
    assert is_gone(process)


@FORKS
@pytest.mark.parametrize("end", ENDS)
def test_where_the_other_one_dies_this_one_looks(end: str) -> None:
    here = os.getpid()

    def seen() -> bytes:
        return SEEN if os.getpid() == here or not ENDS[end]() else b""

    before, dies, after = Look(own_number), Look(seen), Look(own_number)
    with meanwhile(before, dies, after):
        process = before.process
        assert dies.found() == SEEN
        assert before.found() == str(process).encode()
        assert after.found() == own_number()
    assert is_gone(process)


@FORKS
def test_without_a_process_this_one_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    before = os.listdir("/dev/fd")
    monkeypatch.setattr(os, "fork", fork)
    with meanwhile(look := Look(lambda: SEEN)):
        assert look.process == 0
        assert look.found() == SEEN
    assert os.listdir("/dev/fd") == before


@FORKS
def test_whoever_does_not_ask_waits_for_nobody() -> None:
    def seen() -> bytes:
        time.sleep(60)
        return SEEN

    start = time.monotonic()
    with meanwhile(look := Look(seen)):
        process = look.process
    assert is_gone(process)
    assert time.monotonic() - start < 50


@FORKS
def test_it_is_ready_when_it_is_found(tmp_path: Path) -> None:
    with Message(tmp_path) as message:
        first, second = Look(lambda: b"".join(message.told()) + SEEN), Look(lambda: SEEN)
        with meanwhile(first, second):
            early = first.ready, second.ready
            message.tell(b"!")
            message.end()
            while not first.ready:
                time.sleep(0.01)
            while not second.ready:
                time.sleep(0.01)
            assert early == (False, False)
            assert (first.ready, second.ready) == (True, True)
            assert second.found() == SEEN
            assert first.found() == b"!" + SEEN
            assert not first.ready


@FORKS
def test_a_fork_looks_for_itself() -> None:
    with meanwhile(look := Look(own_number)):
        with meanwhile(fork := Look(look.found)):
            process = fork.process
            assert fork.found() == str(process).encode()
        assert int(look.found()) not in (process, os.getpid())


@FORKS
def test_an_interrupt_while_it_begins_leaves_nobody_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    processes, honest, here = [], os.fork, threading.get_ident()

    def fork() -> int:
        # It is held back until there is a process; another thread of those who run this test would not hold it back.
        signal.pthread_kill(here, signal.SIGINT)
        processes.append(honest())
        return processes[-1]

    before = os.listdir("/dev/fd")
    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(KeyboardInterrupt), meanwhile(Look(lambda: SEEN)):
        pass
    assert is_gone(processes[0])
    assert os.listdir("/dev/fd") == before


@FORKS
def test_another_process_is_told_what_was_not_known_when_it_began(tmp_path: Path) -> None:
    data = bytes(range(256)) * 4096  # more than a pipe takes at once

    def look() -> bytes:
        return pickle.dumps([len(told) for told in message.told()])

    with Message(tmp_path) as message, meanwhile(other := Look(look)):
        for size in range(0, len(data), 1 << 16):
            message.tell(data[:size])
        message.end()
        assert other.process
        assert pickle.loads(other.found()) == [*range(0, len(data), 1 << 16)]
        assert [len(told) for told in message.told()] == [*range(0, len(data), 1 << 16)], "both may ask"
    assert not any(tmp_path.iterdir())


def test_nobody_has_to_wait_for_a_message(tmp_path: Path) -> None:
    with Message(tmp_path) as nothing, Message(tmp_path) as message:
        nothing.end()
        assert not [*nothing.told()]
        message.tell(("a story", bytes(1 << 20)))
        message.tell(None)
        message.end()
        assert [*message.told()] == [("a story", bytes(1 << 20)), None]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk is full here")
def test_a_message_that_the_disk_has_no_room_for(tmp_path: Path) -> None:
    with Message(tmp_path) as message:
        with open("/dev/full", "wb") as full:
            os.dup2(full.fileno(), message._file.fileno())
        with pytest.raises(StateError, match="No space left") as caught:
            message.tell(bytes(1 << 20))
    assert caught.value.problem.code == "cannot-write"
