"""Which routes can stand side by side: no two have one file, and none is a file where another needs a folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.errors import Problem, Span
from sitegen.files import folders_above
from sitegen.site.routes import FOR_EVER, Route, is_alias, with_pages
from sitegen.site.snapshot import Site
from sitegen.urls import UnsafeURL

__all__ = ["checked", "join"]

_GIVES_WAY = ("corrections",)
"""Kinds of pages instead of which a site may have one of its own."""


def checked(
    site: Site, routes: Iterable[Route], named: Iterable[str] | None = None
) -> tuple[dict[str, Route], list[Problem]]:
    """The routes by URL, aliases of the `named` articles added (None: of all), and their problems: two for one file, or
    one outside the output folder.

    Files that differ only in case or in Unicode form are one file on some systems, so they are here too.
    """
    found: dict[str, Route] = {}
    owners: dict[str, Route] = {}
    problems: list[Problem] = []
    for route in routes:
        try:
            name = _folded(route.file)
        except UnsafeURL as reason:
            problems.append(_unsafe(site, route, str(reason)))
            continue
        if name in owners and route.kind in _GIVES_WAY:
            continue
        if name in owners:
            problems.append(_collision(site, owners[name], route))
        else:
            owners[name] = found[route.url] = route
    folders = _folders(owners)
    problems += [_collision(site, owners[name], route) for name, route in folders.items() if name in owners]
    problems += _add_aliases(site, with_pages(site) if named is None else named, found, owners, folders)
    return found, problems


def _folders(owners: Mapping[str, Route]) -> dict[str, Route]:
    """The folders that files need, each with a route that does."""
    folders: dict[str, Route] = {}
    for name, route in owners.items():
        for folder in folders_above(name):
            if folder in folders:  # and so are those above it
                break
            folders[folder] = route
    return folders


def join(site: Site, found: dict[str, Route], made: Sequence[Route]) -> list[Problem]:
    """Adds routes whose URLs were not known when the others were checked; what two of them exclude each other."""
    tops = set(map(_top, made))
    near = [route for route in found.values() if _top(route) in tops]
    aliases = {route.origin for route in near if is_alias(route)}
    _, problems = checked(site, [*(route for route in near if not is_alias(route)), *made], aliases)
    found.update({route.url: route for route in made})
    return problems


def _top(route: Route) -> str:
    """The folder of the output folder that a route is in, or its file."""
    return _folded(route.url.partition("/")[2].partition("/")[0] or "index.html")


def _folded(file: str) -> str:
    # Not casefold(): no system takes Fußball and Fussball for one file, and a German archive has both.
    return file.lower() if file.isascii() else unicodedata.normalize("NFC", file).lower()


def _span(site: Site, route: Route) -> Span:
    article = site.articles.get(route.origin)
    line = max(map(article.line, ("url", "slug"))) if article else 0
    return Span(route.origin if article or route.origin in site.media else site.config.path, line)


def _unsafe(site: Site, route: Route, reason: str) -> Problem:
    if route.kind == "copy":  # a file with an odd name; it is no reason not to publish the others
        message = "the name of this file cannot be a URL, and it is left out"
        return Problem("warning", "bad-name", message, Span(route.origin), hint=reason)
    message = f"the URL `{route.url}` cannot be written inside the output folder"
    return Problem("error", "outside-output", message, _span(site, route), hint=reason)


def _collision(site: Site, first: Route, second: Route) -> Problem:
    """Told at the file that a writer can change."""
    told, other = (
        (second, first) if second.origin in site.articles or first.origin not in site.articles else (first, second)
    )
    if told.url == other.url:
        what = f"have the same URL `{told.url}`"
    elif _folded(told.file) == _folded(other.file):
        what = f"have URLs that some systems cannot tell apart: `{told.url}` and `{other.url}`"
    else:
        what = f"exclude each other: of `{told.url}` and `{other.url}`, one is a file where the other needs a folder"
    hint = "give one of them another `slug` or `url`"
    message = f"`{told.origin}` and `{other.origin}` {what}"
    return Problem("error", "same-url", message, _span(site, told), hint=hint)


def _add_aliases(
    site: Site, paths: Iterable[str], found: dict[str, Route], owners: dict[str, Route], folders: dict[str, Route]
) -> Iterator[Problem]:
    for path in sorted(paths):
        article = site.articles[path]
        for alias in article.aliases:
            span = Span(path, article.line("aliases"))
            route = Route(alias, "redirect", (article.url, FOR_EVER), path)
            try:
                name = _folded(route.file)
            except UnsafeURL as reason:
                yield _unsafe(site, route, str(reason))
                continue
            if route.url == article.url:
                continue
            above = [folder for folder in folders_above(name) if folder in owners]
            taken = owners.get(name) or folders.get(name) or (owners[above[0]] if above else None)
            if taken:
                message = f"the alias `{alias}` is in the way of `{taken.origin}`, which wins"
                yield Problem("warning", "alias-taken", message, span)
            else:
                owners[name] = found[route.url] = route
                folders.update(dict.fromkeys(folders_above(name), route))
