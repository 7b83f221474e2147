"""The parts of a series in order: by number, then those that have none by date. What is not public does not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.content.article import Article, Part

__all__ = ["Parts", "part_of", "parts_in_order"]

Parts = Mapping[str, tuple[int, str]]
"""By path, in order: the number of each part, and its own title, which may be empty."""


def parts_in_order(
    slug: str, slugs: Mapping[str, str], articles: Mapping[str, Article], newest_first: Iterable[str]
) -> Parts:
    """The parts of the series with this slug; `slugs` has that of every spelling.

    Stories without a number come last, the oldest first, and are counted on from the highest number.
    """
    said = {path: part_of(slug, slugs, articles[path]) for path in reversed(tuple(newest_first))}
    numbered = sorted((path for path, part in said.items() if part.number), key=lambda path: said[path].number)
    others = [path for path, part in said.items() if not part.number]
    last = said[numbered[-1]].number if numbered else 0
    found = {path: (said[path].number, said[path].title) for path in numbered}
    return found | {path: (number, said[path].title) for number, path in enumerate(others, last + 1)}


def part_of(slug: str, slugs: Mapping[str, str], article: Article) -> Part:
    """What an article says of its place in a series."""
    return next((part for part in article.parts if slugs[part.series] == slug), Part(slug))
