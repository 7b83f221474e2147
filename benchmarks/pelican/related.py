"""A Pelican plugin: the ten stories that share the most tags with each one.

Pelican has no related stories by itself; plugins that add them count shared tags in this way.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pelican import signals

COUNT = 10


def register() -> None:
    """Called by Pelican."""
    signals.article_generator_finalized.connect(_relate)


def _relate(generator: Any) -> None:
    for article in generator.articles:
        shared = Counter(other for tag in article.tags for other in generator.tags[tag])
        del shared[article]
        article.related = [other for other, _ in shared.most_common(COUNT)]
