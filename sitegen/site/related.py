"""Related stories: hand-picked first, then the rest of the series, then by shared tags.

Freshness multiplies similarity by `exp(date / half-life)`. Two candidates compare the same whatever the reading date
is, so the order never depends on `now` and a new story enters only the lists where it belongs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from heapq import nsmallest
from itertools import chain, combinations
from typing import Any

from sitegen.site.snapshot import Site

__all__ = ["Related", "Tagged", "with_tag"]

_NEAR, _FAR = 6, 120
"""Of each tag, a candidate is a story that stands at most this far away in time: near if the tag is all that it shares,
far if it shares another one too. This bounds the work, and in how many lists a new story can appear."""
_SECONDS_A_DAY = 86_400
_SAME_SECTION = round(math.log(1.25), 9)
_TINY = 1e-9
Tagged = tuple[str, str, float, float]
"""Path and section of a story, its weight and its age: many tags make each one mean less."""


@cache
def _log(number: float) -> float:
    # Rounded, so that machines with different mathematics libraries add up the same numbers.
    return round(math.log(number), 9)


def with_tag(site: Site, stories: Iterable[str]) -> tuple[Tagged, ...]:
    """What ranking needs of these stories; logarithms, so that factors are added."""
    half_life = site.config.related.half_life_days
    articles = (site.articles[path] for path in stories)
    return tuple(
        (article.path, article.section, -_log(len(article.tags) or 1) / 2, _age(article.date, half_life))
        for article in articles
    )


def _age(date: datetime | None, half_life: float) -> float:
    """How stale a story is, on a scale that does not depend on today; a dateless one is staler than all others."""
    return -round(date.timestamp() * math.log(2) / (half_life * _SECONDS_A_DAY), 9) if date else 1e9


class Related:
    """Ranks related stories. Whatever it looks at, it asks for through `read` and `part`, and so it is recorded."""

    def __init__(self, read: Callable[..., Any], part: Callable[[str, str, str], Any]) -> None:
        self._read = read
        self._part = part
        self._tagged: dict[str, tuple[Sequence[str], Sequence[float]]] = {}
        self._facts: dict[str, Tagged] = {}

    def __call__(self, path: str, count: int) -> tuple[str, ...]:
        """At most `count` stories to read after the one at `path`, best first, never itself and none twice."""
        found: dict[str, None] = {path: None}
        for name in self._part("article", path, "related"):
            picked = self._read("named", name)
            found.update({picked: None} if picked else {})
        for slug in self._part("article", path, "series_slugs"):
            found.update(dict.fromkeys(reversed(self._read("newest", "series", slug, None))))
        found.update(dict.fromkeys(self._similar(path, count + len(found))))
        return tuple(found)[1 : count + 1]

    def _similar(self, path: str, count: int) -> list[str]:
        """The stories most like this one. A story with half as fresh a date needs twice the similarity."""
        slugs = self._part("article", path, "tag_slugs")
        settings = self._read("config", "related")
        age = _age(self._part("article", path, "date"), settings.half_life_days)
        here = self._part("article", path, "section")
        floor = _log(settings.minimum or _TINY) + _log(len(slugs) or 1) / 2
        ranked = []
        for other, number in self._shared(slugs, age).items():
            _, section, weight, other_age = self._facts[other]
            alike = _log(number) + weight + (_SAME_SECTION if section == here else 0)
            if alike >= floor:
                ranked.append((other_age - alike, other_age, other))
        return [other for _, _, other in nsmallest(count, ranked)]

    def _shared(self, slugs: Sequence[str], age: float) -> Mapping[str, int]:
        """How many tags each candidate shares."""
        far, near = list[frozenset[str]](), list[str]()
        for slug in slugs:
            paths, ages = self._stories(slug)
            middle = bisect_left(ages, age)
            far.append(frozenset(paths[max(0, middle - _FAR) : middle + _FAR + 1]))
            near += paths[max(0, middle - _NEAR) : middle + _NEAR + 1]
        several = chain.from_iterable([one & other for one, other in combinations(far, 2)])
        return {story: sum([story in stories for stories in far]) for story in {*several, *near}}

    def _stories(self, slug: str) -> tuple[Sequence[str], Sequence[float]]:
        """Paths and ages of the stories with a tag."""
        stories: Sequence[Tagged] = self._read("tagged", slug)
        if slug not in self._tagged:
            self._facts.update({story[0]: story for story in stories})
            self._tagged[slug] = [story[0] for story in stories], [story[3] for story in stories]
        return self._tagged[slug]
