"""The names that a site has for sections, authors, tags and series: what an editor may offer to a writer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import basename

from sitegen.config import Config, load
from sitegen.content.article import Article
from sitegen.session import Session
from sitegen.store import undamaged
from sitegen.text.slugs import slugify

__all__ = ["vocabulary"]


def vocabulary(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """By field of the front matter, names in order. Raises `SiteProblems` if the configuration is wrong."""
    return undamaged(lambda forget: _vocabulary(folder, forget=forget))


def _vocabulary(folder: Path, *, forget: bool) -> Mapping[str, tuple[str, ...]]:
    config = load(folder)
    with Session.open(folder, config, forget=forget) as session:
        session.read_content()
        articles = session.content.articles
    stories = [article for article in articles if article.kind == "story"]
    return {
        "section": _sections(config, stories),
        "authors": _authors(config, articles),
        "tags": _spellings(tag for article in stories for tag in article.tags),
        "series": _spellings(name for article in stories for name in article.series),
    }


def _sections(config: Config, stories: Iterable[Article]) -> tuple[str, ...]:
    """Those that are listed; if none is, those that are used."""
    listed = tuple(section.slug for section in config.sections)
    return listed or _spellings(article.section for article in stories if article.section)


def _authors(config: Config, articles: Iterable[Article]) -> tuple[str, ...]:
    """Ids of those that are described; else names as they are used."""
    files = [basename(article.path).removesuffix(".md") for article in articles if article.kind == "author"]
    ids = sorted({*map(slugify, config.authors), *map(slugify, files)})
    return tuple(ids) or _spellings(name for article in articles for name in article.authors)


def _spellings(names: Iterable[str]) -> tuple[str, ...]:
    """The commonest spelling of each name."""
    by_slug: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        by_slug[slugify(name)][name] += 1
    return tuple(min(spelt, key=lambda name: (-spelt[name], name)) for _, spelt in sorted(by_slug.items()))
