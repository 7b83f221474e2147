"""Page bundles: `NAME/index.md` and all that lies in its folder."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.content.article import Article
from sitegen.files import folders_above

__all__ = ["strays"]


def strays(articles: Iterable[Article]) -> list[Article]:
    """Markdown files inside the folder of a story that say nothing of themselves: the README of a vendored library."""
    articles = list(articles)
    bundles = {article.path.rpartition("/")[0] for article in articles if article.bundle and article.kind == "story"}
    return [
        article
        for article in articles
        if not article.bundle and not article.lines and not bundles.isdisjoint(folders_above(article.path))
    ]
