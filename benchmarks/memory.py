"""How much memory a process and all below it hold together, read from Linux's /proc; 0 on other systems."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter

__all__ = ["held", "watched"]

_EVERY, _REST = 0.05, 5
"""Seconds between two looks, and how many times as long as a look at least: at gigabytes it takes a tenth of a second.
"""


@contextmanager
def watched(process: int) -> Iterator[list[int]]:
    """Watches a process while it has others below it, for the sum is no one's maximum. The list's one item grows.

    A process alone is not looked at: the kernel keeps its peak. Looking costs the others time.
    """
    seen, done = [0], Event()

    def watch() -> None:
        rest = _EVERY
        while not done.wait(rest):
            began = perf_counter()
            seen[0] = max(seen[0], held(process))
            rest = max(_EVERY, _REST * (perf_counter() - began))

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def held(process: int) -> int:
    """Bytes of a process with all below it; 0 if there are none below.

    A page that forked processes share is in each one's "proportional" figure with its part, hence once in the sum.
    Files are mapped by strangers too, who would take a part of them away: the process with the most stands for all.
    """
    below = list(_below(process, _children()))
    if not below:
        return 0
    sizes = [_sizes(each) for each in (process, *below)]
    own = sum(size.get("Pss_Anon", 0) for size in sizes)
    return own + max(size.get("Rss", 0) - size.get("Anonymous", 0) for size in sizes)


def _children() -> Mapping[int, list[int]]:
    """From the parents that all processes name: not every kernel lists children."""
    children = defaultdict(list)
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit() and (state := _read(f"/proc/{name}/stat")):
            children[int(state.rpartition(b")")[2].split()[1])].append(int(name))
    return children


def _below(process: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    for child in children.get(process, ()):
        yield child
        yield from _below(child, children)


def _sizes(process: int) -> dict[str, int]:
    rows = _read(f"/proc/{process}/smaps_rollup").decode().splitlines()[1:]
    return {name: int(size.split()[0]) * 1024 for name, _, size in (row.partition(":") for row in rows)}


def _read(path: str) -> bytes:
    """Empty if the process has ended. Without the layers of `open`, for this runs beside what is measured."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, 4096)
    except OSError:
        return b""
    finally:
        os.close(file)
