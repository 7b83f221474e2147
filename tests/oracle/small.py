"""Sites are small here, and related stories must be brought up to date as in a large one."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.site.related import lists, pools

__all__ = ["pools_that_few_stories_fill"]


def pools_that_few_stories_fill(patch: Callable[[object, str, object], None]) -> None:
    """Also in a process that is begun for one build: it must choose the same stories as the others."""
    for module in (lists, pools):
        patch(module, "enough", lambda settings: min(settings.count, 3) + 1)
    patch(pools, "_SLACK", 1)
