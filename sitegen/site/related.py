"""Related stories: hand-picked first, then the rest of the series, then by shared tags.

Freshness multiplies similarity by `exp(date / half-life)`. Two candidates compare the same whatever the reading date
is, so the order never depends on `now` and a new story enters only the lists where it belongs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import chain

from sitegen.content.article import Article
from sitegen.site.snapshot import Site

__all__ = ["related", "stories_named"]

_WINDOW = 200
"""Of each tag, the stories this near in time are candidates: it bounds the work, and what a new story can change."""
_SECONDS_A_DAY = 86_400
_SAME_SECTION = round(math.log(1.25), 9)
_TINY = 1e-9


def stories_named(site: Site, name: str) -> tuple[str, ...]:
    """The public stories that `name` (an id, a slug or a path) can mean, newest first."""
    return tuple(site.by_name.get(name.removeprefix(site.config.content_dir + "/"), ()))


def related(site: Site, path: str, count: int) -> tuple[str, ...]:
    """At most `count` stories to read after the one at `path`, best first, never itself and none twice."""
    article = site.articles[path]
    found: dict[str, None] = {path: None}
    for name in article.related:
        found.update(dict.fromkeys(stories_named(site, name)[:1]))
    for group in site.groups_of("series", article):
        found.update(dict.fromkeys(reversed(group.stories)))
    found.update(dict.fromkeys(_similar(site, article, count + len(found))))
    return tuple(found)[1 : count + 1]


@cache
def _log(number: float) -> float:
    # Rounded, so that machines with different mathematics libraries add up the same numbers.
    return round(math.log(number), 9)


@dataclass(frozen=True, slots=True)
class _Index:
    """What ranking needs of every story, by its position in `Site.stories`; logarithms, so that factors are added."""

    tagged: Mapping[str, Sequence[int]]
    """Positions of the stories with a tag, by slug, newest first."""
    sections: Sequence[str]
    weights: Sequence[float]
    """Many tags make each one mean less: `-log(sqrt(tags))`."""
    freshness: Sequence[float]


@lru_cache(maxsize=2)
def _index(site: Site) -> _Index:
    decay = site.config.related.half_life_days * _SECONDS_A_DAY / math.log(2)
    articles = [site.articles[path] for path in site.stories]
    groups = site.groups["tag"].values()
    return _Index(
        tagged={group.slug: [site.positions[path] for path in group.stories] for group in groups},
        sections=[article.section for article in articles],
        weights=[-_log(len(article.tags) or 1) / 2 for article in articles],
        freshness=[round(article.date.timestamp() / decay, 9) if article.date else -math.inf for article in articles],
    )


def _similar(site: Site, article: Article, count: int) -> list[str]:
    """The stories most like this one. A story with half as fresh a date needs twice the similarity."""
    index = _index(site)
    tags = [index.tagged[group.slug] for group in site.groups_of("tag", article)]
    here = site.positions.get(article.path, 0)
    shared = Counter(chain.from_iterable(_near(positions, here) for positions in tags))
    floor = _log(site.config.related.minimum or _TINY) + _log(len(tags) or 1) / 2

    ranked = []
    for other, number in shared.items():
        alike = _log(number) + index.weights[other]
        if index.sections[other] == article.section:
            alike += _SAME_SECTION
        if alike >= floor:
            ranked.append((-alike - index.freshness[other], other))
    return [site.stories[other] for _, other in nsmallest(count, ranked)]


def _near(positions: Sequence[int], here: int) -> Sequence[int]:
    if len(positions) <= 2 * _WINDOW:
        return positions
    middle = bisect_left(positions, here)
    return positions[max(0, middle - _WINDOW) : middle + _WINDOW]
