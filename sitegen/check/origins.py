"""Where something in a rendered page comes from, if it is no text of a story: a guess, by looking for its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from sitegen.check.paper import Paper
from sitegen.errors import Span
from sitegen.render.themes import load_theme
from sitegen.urls import Links

__all__ = ["Origins"]

_FOLDERS = ("templates", "locale", "assets")


@dataclass(frozen=True)
class Origins:
    """Looks in the files behind pages: that of a story, the configuration, and the theme."""

    paper: Paper

    def of_link(self, target: str, pages: Iterable[str]) -> Span:
        """The line that names a URL of the site; a span without a path if none does."""
        url, links = target.partition("#")[0], Links(self.paper.config.base_url)
        forms = dict.fromkeys((target, links.path(url), quote(url), url))
        for form in forms:
            span = self.of(_finder(form), pages)
            if span.line and len(form) > 1:
                return span
        return self._first(pages)

    def of(self, column: Callable[[str], int], pages: Iterable[str]) -> Span:
        """The first line in which `column` finds something (a column from 1; 0 is none), in the files behind pages."""
        for path, lines in self._files(pages):
            for number, line in enumerate(lines, 1):
                at = column(line)
                if at:
                    return Span(path, number, at)
        return self._first(pages)

    def _first(self, pages: Iterable[str]) -> Span:
        """The file of the only page that has it; it comes from no file in particular if several have."""
        origins = {self.paper.session.routes[url].origin for url in pages}
        only = origins.pop() if len(origins) == 1 else ""
        return Span(only if only in self.paper.everything else "")

    def _files(self, pages: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        origins = {self.paper.session.routes[url].origin for url in pages}
        paths = sorted(origin for origin in origins if origin in self.paper.session.site.articles)
        for path in paths:
            yield path, self._lines(path)
        yield from self._others

    @cached_property
    def _others(self) -> list[tuple[str, list[str]]]:
        """The configuration, and the files of the theme, its own before those of its parents."""
        theme = load_theme(self.paper.config, self.paper.session.files)
        names = [(folder, name) for folder in _FOLDERS for name in theme.names(folder)]
        places = [theme.find(folder, name) for folder, name in names]
        paths = [self.paper.config.path, *(path for path in places if path)]
        return [(path, self._lines(path)) for path in paths]

    def _lines(self, path: str) -> list[str]:
        try:
            return (self.paper.session.folder / path).read_bytes().decode(errors="replace").split("\n")
        except OSError:
            return []


def _finder(form: str) -> Callable[[str], int]:
    return lambda line: line.find(form) + 1
