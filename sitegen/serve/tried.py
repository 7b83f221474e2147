"""Which pages are known to be fine, from look to look: those that could be made, and read nothing that has changed."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.engine import Engine
from sitegen.past import Question

__all__ = ["Tried"]


class Tried:
    """What the engine does not remember, because it compares with the last build: how a page was at the last look."""

    def __init__(self) -> None:
        self._looks = 0
        self._fine: dict[str, int] = {}
        """By URL, the look at which a page could be made."""
        self._changed: dict[int, int] = {}
        """By number of a question, the last look that found another answer."""

    def look(self, changed: Iterable[int]) -> None:
        """A look is over, and these have changed in it."""
        self._changed.update(dict.fromkeys(changed, self._looks))
        self._looks += 1

    def fine(self, url: str) -> None:
        """Take note of a page that could be made, or is as it was."""
        self._fine[url] = self._looks

    def is_fine(self, url: str, engine: Engine, question: Question) -> bool:
        """Whether a page surely can be made, without making it."""
        number = engine.past.known(question)
        if number is None:
            return False
        if engine.stands(number):
            return True  # of what could not be made nothing is remembered
        finding, look = engine.past.findings.get(number), self._fine.get(url)
        if finding is None or look is None or not engine.changed.keys().isdisjoint(finding.trace):
            return False
        return all(self._changed.get(read, -1) <= look for read in finding.trace)
