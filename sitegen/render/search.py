"""The index of the search page, made by Pagefind (`sitegen[search]`): one for each year.

An index of everything would change nearly everywhere with each new story. The index of a year that is over stays as it
is, like the numbered pages of an archive; the search page asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen.config import home_of
from sitegen.content.body import Segments, Shortcode
from sitegen.errors import Problem, SitegenError, Span, TemplateError
from sitegen.plain import Record, digest
from sitegen.site.queries import in_edition
from sitegen.site.routes import Route
from sitegen.urls import Links

__all__ = ["SearchIndex", "SearchIndexes", "search_engine"]

_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Files of Pagefind's own pages."""


class SearchIndex(Record, frozen=True):
    """What Pagefind made of some stories: the digest of each file by its name."""

    files: Mapping[str, str]


def search_engine() -> str | None:
    """Name and version of what makes indexes here; None if it is not installed."""
    from importlib.metadata import version  # slow to import

    package = next((package for package in _PACKAGES if find_spec(package)), None)
    return package and f"{package} {version(package)}"


class SearchIndexes:
    """Makes indexes. Whatever goes into one is asked for through `read` and `part`."""

    def __init__(self, read: Callable[..., Any], part: Callable[[str, str, str], Any]) -> None:
        self._read = read
        self._part = part
        self._made: dict[tuple[str, str], dict[str, bytes]] = {}

    def make(self, shard: str, edition: str = "") -> SearchIndex:
        """The index of the stories of a year, or of what has no date, in an edition. Raises `TemplateError`."""
        files = self._made[shard, edition] = self._run(shard, edition)
        return SearchIndex({name: digest(data) for name, data in sorted(files.items())})

    def load(self, route: Route) -> bytes:
        """The bytes of one file of an index."""
        shard, name = str(route.subject[0]), str(route.subject[1])
        if (shard, route.edition) not in self._made:
            self._made[shard, route.edition] = self._run(shard, route.edition)
        return self._made[shard, route.edition][name]

    def routes(self) -> Iterator[Route | Problem]:
        """One for each file of every index, or why there is none."""
        if self._read("search_engine") is None:
            message = "search is switched on, and Pagefind, which makes its index, is not installed"
            hint = "install `sitegen[search]`; until then the search page leads to the list of tags"
            yield Problem("warning", "no-search", message, Span(""), hint=hint)
            return
        for key in [key for key, _, _ in self._read("editions")] or [""]:
            for shard in in_edition(self._read, key)("search_shards"):
                yield from self._routes(shard, key)

    def _routes(self, shard: str, key: str) -> Iterator[Route | Problem]:
        try:
            index: SearchIndex = self._read("search_index", shard, *filter(None, (key,)))
        except SitegenError as error:
            yield error.problem
            return
        folder, what = f"{home_of(key)}pagefind/{shard}", "the index of the search page"
        for name, mark in index.files.items():
            yield Route(f"{folder}/{name}", "search_index", (shard, name, mark), what, key)

    def _run(self, shard: str, edition: str) -> dict[str, bytes]:
        from tempfile import TemporaryDirectory  # here, as in `_index`: few builds make an index

        read = in_edition(self._read, edition)
        read("search_engine")
        language = read("config", "language")
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "pages").mkdir()
            for path in read("searchable", shard):
                if not self._part("article", path, "noindex"):
                    page = folder / "pages" / f"{digest(path.encode())}.html"  # a name that no other story can change
                    page.write_text(self._page(path, language), encoding="utf-8", errors="replace")
            return _index(folder / "pages", folder / "index", language)

    def _page(self, path: str, language: str) -> str:
        """What can be found of a story, as a page."""

        def field(name: str) -> str:
            return escape(str(self._part("article", path, name) or ""))

        url = escape(Links("").path(self._part("article", path, "url")))
        body = "".join(_texts(self._part("body", path, "segments")))
        about = f'data-pagefind-meta="url[data-url], date[data-date]" data-url="{url}" data-date="{field("date")[:10]}"'
        head = f"<h1>{field('title')}</h1><p>{field('deck')}</p>"
        return f'<!doctype html><html lang="{language}"><body {about}>{head}{body}</body></html>'


def _texts(segments: Segments) -> Iterator[str]:
    """The HTML of a body, and of what stands within its blocks."""
    for segment in segments:
        if isinstance(segment, str):
            yield segment
        elif isinstance(segment, Shortcode):
            yield from _texts(segment.inner)


def _index(pages: Path, output: Path, language: str) -> dict[str, bytes]:
    """The files that Pagefind makes of a folder of pages. Raises `TemplateError`."""
    import subprocess

    options = {"--site": pages, "--output-path": output, "--force-language": language.partition("-")[0]}
    command = [_program(), *(str(part) for option in options.items() for part in option)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own arguments)
    except OSError as error:
        raise _failed(str(error)) from error
    if done.returncode and any(pages.iterdir()):
        raise _failed((done.stderr or done.stdout).strip().rpartition("\n")[2])
    files = (path for path in output.rglob("*") if path.is_file() and not path.name.startswith(_UNUSED))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def _program() -> str:
    """Where the program is that an installed package brings along."""
    package = next(package for package in _PACKAGES if find_spec(package))
    return str(import_module(package).get_executable())


def _failed(why: str) -> TemplateError:
    return TemplateError(f"Pagefind could not make the index of the search page: {why}", Span(""), code="search-failed")
