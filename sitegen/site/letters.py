"""What stands in a letter to readers: the stories of a period, the most important one first."""

from __future__ import annotations

from datetime import datetime

from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.front import by_importance
from sitegen.site.snapshot import Site

__all__ = ["LetterChoice", "letter_choice"]


class LetterChoice(Record, frozen=True):
    """Paths of stories by their place in a letter."""

    stories: tuple[str, ...] = ()
    """All of the period, newest first."""
    lead: str | None = None
    """The most important one, with a picture if one has a picture; opinion only if there is nothing else."""
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Slug of a section and its other stories, the most important first, in the order of the navigation; those without
    a section stand last, under an empty slug.
    """


def letter_choice(site: Site, after: str, until: str) -> LetterChoice:
    """What was published later than `after` and not later than `until` (ISO 8601, with offsets)."""
    begin, end = datetime.fromisoformat(after), datetime.fromisoformat(until)
    dates = ((path, site.articles[path].date) for path in site.stories)
    stories = tuple(path for path, date in dates if date and begin < date <= end)
    ranked = by_importance(site, stories)
    lead = min(ranked, key=lambda path: _rank(site.articles[path]), default=None)
    sections: dict[str, list[str]] = {slug: [] for slug in (*site.groups["section"], "")}
    for path in ranked:
        if path != lead:
            sections[next(iter(site.articles[path].sections), "")].append(path)
    return LetterChoice(stories, lead, tuple((slug, tuple(paths)) for slug, paths in sections.items() if paths))


def _rank(article: Article) -> tuple[bool, bool]:
    """Of the first place, the lowest best."""
    return article.type == "opinion", article.image is None
