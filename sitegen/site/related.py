"""Related stories: hand-picked first, then the rest of the series, then by shared tags.

Freshness multiplies similarity by `exp(date / half-life)`. Two candidates compare the same whatever the reading date
is, so the order never depends on `now` and a new story enters only the lists where it belongs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from sitegen.content.article import Article
from sitegen.site.snapshot import Group, Site

__all__ = ["related", "stories_named"]

_WINDOW = 200
"""Of each tag, the stories this near in time are candidates: it bounds the work, and what a new story can change."""
_SECONDS_A_DAY = 86_400


def stories_named(site: Site, name: str) -> tuple[str, ...]:
    """The public stories that `name` (an id, a slug or a path) can mean, newest first."""
    return tuple(site.by_name.get(name.removeprefix(site.config.content_dir + "/"), ()))


def related(site: Site, path: str, count: int) -> tuple[str, ...]:
    """At most `count` stories to read after the one at `path`, best first, never itself and none twice."""
    article = site.articles[path]
    found: dict[str, None] = {path: None}
    for other in _ladder(site, article):
        found.setdefault(other)
        if len(found) > count:
            break
    return tuple(found)[1:]


def _ladder(site: Site, article: Article) -> Iterator[str]:
    for name in article.related:
        yield from stories_named(site, name)[:1]
    for group in site.groups_of("series", article):
        yield from reversed(group.stories)
    yield from _similar(site, article)


def _similar(site: Site, article: Article) -> list[str]:
    scores: defaultdict[str, float] = defaultdict(float)
    for group in site.groups_of("tag", article):
        for other in _near(site, article, group):
            scores[other] += 1.0
    for other in scores:
        there = site.articles[other]
        scores[other] /= math.sqrt(len(article.tags) * len(there.tags))
        scores[other] *= 1.25 if there.section == article.section else 1.0
    floor, decay = site.config.related.minimum, site.config.related.half_life_days * _SECONDS_A_DAY / math.log(2)
    kept = [other for other, score in scores.items() if score >= floor]

    def rank(other: str) -> tuple[float, int]:
        date = site.articles[other].date
        freshness = date.timestamp() / decay if date else -math.inf
        return -(math.log(scores[other]) + freshness), site.positions[other]

    return sorted(kept, key=rank)


def _near(site: Site, article: Article, group: Group) -> tuple[str, ...]:
    if len(group.stories) <= 2 * _WINDOW:
        return group.stories
    middle = bisect_left(group.stories, site.positions.get(article.path, 0), key=site.positions.__getitem__)
    return group.stories[max(0, middle - _WINDOW) : middle + _WINDOW]
