"""What another process looks at: the answer is the same whether or not there is one, and none is left behind."""

from __future__ import annotations

import os
import signal
import time

import pytest

from sitegen.files.meanwhile import Meanwhile

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
NAMES = ["b", "a\ud800", "c\n"]


def no_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("apart", [False, True])
def test_what_is_found_is_the_same(*, apart: bool) -> None:
    with Meanwhile(lambda: NAMES, apart=apart) as look:
        assert look.found() == set(NAMES)


@FORKS
def test_another_process_looks() -> None:
    with Meanwhile(lambda: [str(os.getpid())], apart=True) as look:
        assert look.found().isdisjoint([str(os.getpid())])
    assert no_children()


@FORKS
@pytest.mark.parametrize("end", [lambda: os._exit(1), lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0])
def test_where_the_other_one_dies_this_one_looks(end: object) -> None:
    here = os.getpid()

    def look() -> list[str]:
        return [] if os.getpid() != here and end() else NAMES  # type: ignore[operator]

    with Meanwhile(look, apart=True) as found:
        assert found.found() == set(NAMES)
    assert no_children()


@FORKS
def test_without_a_process_this_one_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    before = os.listdir("/dev/fd")
    monkeypatch.setattr(os, "fork", fork)
    with Meanwhile(lambda: NAMES, apart=True) as look:
        assert look.found() == set(NAMES)
    assert os.listdir("/dev/fd") == before


@FORKS
def test_whoever_does_not_ask_waits_for_nobody() -> None:
    start = time.monotonic()

    def look() -> list[str]:
        time.sleep(60)
        return NAMES

    with Meanwhile(look, apart=True):
        pass
    assert no_children()
    assert time.monotonic() - start < 50
