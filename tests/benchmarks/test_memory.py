"""What forked processes hold is counted, and what they share is counted once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import measure
from benchmarks.memory import held

MIB = 2**20
FORKING = f"""
import os, sys
mine = b"m" * (64 * {MIB})
for number in range(2):
    if not os.fork():
        own = b"o" * (int(sys.argv[1]) * {MIB})
        os.write(1, b"ready\\n")  # in one piece: two processes say it
        sys.stdin.read()
        os._exit(0)
sys.stdin.read()
"""
SHORT = f"""
import os
if not os.fork():
    b"o" * (64 * {MIB})
    os._exit(0)
os.wait()
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")


@pytest.mark.parametrize(("each", "sum_of_all"), [(0, 64), (48, 160)])
def test_forked_processes_are_added_up_and_what_they_share_counts_once(each: int, sum_of_all: int) -> None:
    command = [sys.executable, "-c", FORKING, str(each)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["ready\n"] * 2
        assert sum_of_all * MIB < held(process.pid) < (sum_of_all + 32) * MIB
        process.stdin.close()


def test_a_process_alone_is_left_to_the_kernel() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert held(process.pid) == 0
        process.communicate(b"\n")


def test_a_child_too_short_lived_to_be_seen_counts_as_the_largest_of_all(tmp_path: Path) -> None:
    assert measure([sys.executable, "-c", SHORT], tmp_path, watch=True).memory > 64 * MIB
