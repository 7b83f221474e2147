"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

__all__ = ["disk", "machine", "python"]


def machine() -> str:
    """Cores, memory and system of this machine, not its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GiB memory, {platform.system()} on {platform.machine()}"


def disk() -> str:
    """The kind of file system that the sites lie on, which are made in the folder for temporary files (Linux)."""
    folder = f"{os.path.realpath(tempfile.gettempdir())}/"
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    _, kind = max((len(place), kind) for place, kind in mounts if folder.startswith(f"{place.rstrip('/')}/"))
    return "tmpfs, in memory" if kind == "tmpfs" else kind


def python() -> str:
    """Which Python runs this, and whose it is if it is that of the system: how it was compiled counts."""
    system = f" of {platform.freedesktop_os_release()['PRETTY_NAME']}" if sys.base_prefix == "/usr" else ""
    return f"Python {platform.python_version()}{system}"
