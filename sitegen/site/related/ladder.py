"""The ladder of related stories: hand-picked first, then the rest of the series, then what is most similar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sitegen.content.terms import SPONSORED
from sitegen.site.queries import in_edition

__all__ = ["Related"]


class Related:
    """Chooses related stories. Whatever it looks at, it asks for through `read` and `part`, and so it is recorded."""

    def __init__(self, read: Callable[..., Any], part: Callable[[str, str, str], Any]) -> None:
        self._read = read
        self._part = part

    def __call__(self, path: str, count: int) -> tuple[str, ...]:
        """At most `count` stories to read after the one at `path`, best first, never itself and none twice."""
        found: dict[str, None] = {path: None}
        for other in self._nearest(path):
            if other not in found and self._fits(path, other):
                found[other] = None
        found.update(dict.fromkeys(self._read("similar", path)))
        return tuple(found)[1 : count + 1]

    def _nearest(self, path: str) -> Iterator[str]:
        """What the editor picked, then the series, part by part."""
        read = in_edition(self._read, self._part("article", path, "edition"))
        for name in self._part("article", path, "related"):
            picked = read("named", name)
            if picked:
                yield picked
        for slug in self._part("article", path, "series_slugs"):
            yield from (part for part, _, _ in read("parts", slug))

    def _fits(self, path: str, other: str) -> bool:
        """Whether it is neither a translation of the story, nor paid for where the story is not, or the other way."""
        translation = self._part("article", path, "translation")
        if translation and self._part("article", other, "translation") == translation:
            return False
        here, there = self._part("article", path, "type"), self._part("article", other, "type")
        return bool((here == SPONSORED) == (there == SPONSORED))
