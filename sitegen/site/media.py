"""What is odd about files that no story is made from: recordings, covers, those of crawlers, those of fronts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sitegen.errors import Problem
from sitegen.site.crawlers import robots_problems
from sitegen.site.front_problems import front_problems
from sitegen.site.partners import cover_problems
from sitegen.site.recordings import recording_problems
from sitegen.site.snapshot import Site

__all__ = ["media_problems"]


def media_problems(site: Site, read: Callable[..., Any]) -> Iterator[Problem]:
    """Warnings, in no particular order; what is in the files is asked through `read`."""
    yield from recording_problems(site.media, read)
    yield from cover_problems(site, read)
    yield from robots_problems(site, read)
    yield from front_problems(read)
