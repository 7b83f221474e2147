"""What the figures were measured on."""

from __future__ import annotations

import os
import platform

__all__ = ["machine"]


def machine() -> str:
    """Cores, memory and system of this machine, not its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GiB memory, {platform.system()} on {platform.machine()}"
