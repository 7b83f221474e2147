"""The order in which very many outputs are rendered, so that a portion of them shows few stories.

A process shares the stories with the one that it is a fork of, and copies those that it touches: one that renders pages
with stories of all times has a copy of the whole site in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sitegen.site.pages import stories_of_page
from sitegen.site.routes import Route
from sitegen.site.snapshot import Site

__all__ = ["in_time"]

_WIDE = 32
"""A list is wide if one in so many stories is newer than its last one and older than its first one."""


def in_time(routes: Collection[Route], site: Site) -> tuple[list[str], list[str]]:
    """The URLs of wide lists, and those of all other routes by the places of their stories, the newest first."""
    order = {path: place for place, path in enumerate(site.stories)}
    sizes, seen, wide, places = Counter(route.kind for route in routes), Counter[str](), [], dict[str, float]()
    for route in routes:
        shown, kind = _shown(route, site, order), route.kind
        if shown and order[shown[-1]] - order[shown[0]] > len(order) // _WIDE:
            wide.append(route.url)
        elif shown:
            places[route.url] = order[shown[0]]
        else:
            # Those of a kind come in order, be it of months or of days. The only one comes last: if it asks for what
            # others find out, as the index of sitemaps does, that is not found out twice.
            places[route.url] = len(order) * (seen[kind] / sizes[kind] if sizes[kind] > 1 else 1)
            seen[kind] += 1
    return wide, sorted(places, key=places.__getitem__)


def _shown(route: Route, site: Site, stories: Mapping[str, int]) -> Sequence[str]:
    """The story, or the stories of the list, that a page is about; nothing for all else."""
    match route.subject:
        case (str(path),) if path in stories:
            return (path,)
        case (str(kind), str(slug), int() | None as number) if route.kind in (kind, "archive"):
            edition = site.editions[route.edition]
            listed = edition.groups[kind][slug].stories if slug else edition.stories
            return stories_of_page(listed, site.config.page_size, number)
    return ()
