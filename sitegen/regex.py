"""Regular expressions that are compiled when they are first used.

There are nearly two hundred in sitegen, and a short build uses half of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["regex"]


class _Later:
    """Becomes a pattern when somebody wants something of it."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._given: tuple[Any, int] = text, flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(*self._given), name)
        return found


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives; but only the first use finds out whether the expression can be compiled."""
    return cast("re.Pattern[AnyStr]", _Later(text, flags))
