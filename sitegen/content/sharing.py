"""Articles have much in common: sections, tags, bylines, which key stands on which line. Held once, all of that fits
into less than half of the memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from msgspec.structs import force_setattr

from sitegen.content.article import Article, Parsed

__all__ = ["Pool"]

_TEXTS = ("path", "section", "type", "language", "edition", "lines", "earlier", "later")
_TUPLES = ("tags", "authors", "series", "sections", "tag_slugs", "author_slugs", "series_slugs")
_texts, _tuples = attrgetter(*_TEXTS), attrgetter(*_TUPLES)


class Pool:
    """Values that were met before, each once. Keep it no longer than articles are loaded."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._known: dict[Any, Any] = {text: text for text in texts}

    def text(self, text: str) -> str:
        """An equal text."""
        known: str = self._known.setdefault(text, text)
        return known

    def texts(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Equal texts."""
        return tuple(map(self.text, texts))

    def share(self, parsed: Parsed) -> Parsed:
        """The same, which nobody else may have seen yet, with values from this pool where they are equal."""
        if parsed.article is not None:
            self._share(parsed.article)
        return parsed

    def _share(self, article: Article) -> None:
        known = self._known
        for name, text in zip(_TEXTS, _texts(article), strict=True):
            if text:
                force_setattr(article, name, known.setdefault(text, text))
        for name, names in zip(_TUPLES, _tuples(article), strict=True):
            if names:
                force_setattr(article, name, known.get(names) or self._tuple(names))
        if article.title_html == article.title:
            force_setattr(article, "title_html", article.title)

    def _tuple(self, names: tuple[str, ...]) -> tuple[str, ...]:
        same = tuple(map(self._known.setdefault, names, names))
        self._known[same] = same
        return same
