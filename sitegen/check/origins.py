"""Where something in a rendered page comes from, if it is no text of a story: a guess, by looking for its words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from urllib.parse import quote

from sitegen.check.paper import Paper
from sitegen.errors import Span
from sitegen.plain import Record
from sitegen.render.themes import load_theme
from sitegen.urls import Links

__all__ = ["Origins"]

_FOLDERS = ("templates", "locale", "assets")
_FEW = 20
"""Pages whose own files are looked at."""


class Origins(Record, frozen=True, dict=True):
    """Looks in the files behind pages: that of a story, the configuration, and the theme."""

    paper: Paper

    def of_link(self, target: str, pages: Collection[str]) -> Span:
        """The place that names a URL of the site; a span without a line if there is none."""
        url, links = target.partition("#")[0], Links(self.paper.config.base_url)
        texts = self._texts(pages)
        for form in dict.fromkeys((target, links.path(url), quote(url), url)):
            for path, text in texts if len(form) > 1 else ():
                at = text.find(form)
                if at >= 0:
                    return Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        return self._only(pages)

    def of(self, column: Callable[[str], int], pages: Collection[str]) -> Span:
        """The first line in which `column` finds something (a column from 1; 0 is none)."""
        for path, text in self._texts(pages):
            for number, line in enumerate(text.split("\n"), 1):
                at = column(line)
                if at:
                    return Span(path, number, at)
        return self._only(pages)

    def _only(self, pages: Collection[str]) -> Span:
        """The file of the page if it is one; what several have comes from no file in particular."""
        origins = {self.paper.session.routes[url].origin for url in pages}
        only = origins.pop() if len(origins) == 1 else ""
        return Span(only if only in self.paper.everything else "")

    def _texts(self, pages: Collection[str]) -> list[tuple[str, str]]:
        """Files with their texts. What many pages have is in none of their own files."""
        few = pages if len(pages) <= _FEW else ()
        origins = {self.paper.session.routes[url].origin for url in few}
        return [*((path, self._text(path)) for path in sorted(origins) if path in self.paper.everything), *self._shared]

    @cached_property
    def _shared(self) -> list[tuple[str, str]]:
        """The configuration, and the files of the theme, its own before those of its parents."""
        theme = load_theme(self.paper.config, self.paper.session.files)
        names = [(folder, name) for folder in _FOLDERS for name in theme.names(folder)]
        places = [theme.find(folder, name) for folder, name in names]
        return [(path, self._text(path)) for path in (self.paper.config.path, *filter(None, places))]

    def _text(self, path: str) -> str:
        try:
            return (self.paper.session.folder / path).read_bytes().decode(errors="replace")
        except OSError:
            return ""
