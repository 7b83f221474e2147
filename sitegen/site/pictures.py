"""Which variants of pictures exist: those of every picture that something shows.

A picture is shown if it is the `image` of something public, or of an author, tag or section in the configuration, or if
the text of something public shows it. An `image` has crops too. All other pictures are published, but not offered in
other sizes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from sitegen.config import ImagesConfig
from sitegen.content.images import (
    DRAWING,
    PICTURES,
    RATIOS,
    Facts,
    Variant,
    crop,
    crop_sources,
    own,
    sources,
    variant_url,
)
from sitegen.errors import Problem, Span
from sitegen.plain import Record
from sitegen.site.icons import icon_source
from sitegen.site.links import find_file, local_path
from sitegen.site.queries import file_at
from sitegen.site.routes import Route
from sitegen.site.snapshot import Site

__all__ = ["Pictured", "focuses", "picture_files", "picture_problems", "put_pictures"]


class Pictured(Record, frozen=True):
    """What pictures change in the routes of a site, and what is wrong with them, while texts show the same ones."""

    put: tuple[Route, ...]
    gone: tuple[str, ...]
    problems: tuple[Problem, ...]
    shown: tuple[str, ...]
    """Paths of the pictures in texts."""

    def change(self, routes: dict[str, Route]) -> None:
        """Change the routes."""
        for url in self.gone:
            del routes[url]
        routes.update((route.url, route) for route in self.put)


def picture_files(site: Site) -> list[str]:
    """Paths of all public picture files."""
    return [path for path in site.media if path.lower().endswith(PICTURES)]


def put_pictures(
    routes: dict[str, Route],
    site: Site,
    facts: Mapping[str, Facts],
    in_bodies: Iterable[str],
    focuses: Mapping[str, Iterable[str]],
) -> None:
    """Put pictures among the routes: what is published of each file, and the variants of those that are shown, in
    bodies or as `image` with these `focuses`.

    A file that lies where a variant would be stays.
    """
    for path, known in facts.items():
        _put_file(routes, site.media[path], path, known, site)
    for path in sorted({*focuses, *in_bodies}):
        if path in facts and facts[path].still and _is_there(routes, site.media[path], path):
            shape = replace(facts[path], digest="", credit="")
            for variant in _variants(shape, site.config.images, tuple(focuses.get(path, ()))):
                url = variant_url(site.media[path], facts[path].digest, variant)
                routes.setdefault(url, Route(url, "picture", (path, variant.spec)))


def _is_there(routes: Mapping[str, Route], url: str, path: str) -> bool:
    """Whether a file is published: its name may be none that can be a URL."""
    return url in routes and routes[url].origin == path


def _put_file(routes: dict[str, Route], url: str, path: str, facts: Facts, site: Site) -> None:
    if not _is_there(routes, url, path):
        return
    if facts.fault:
        del routes[url]
        if path == icon_source(site):
            for icon in [icon for icon, route in routes.items() if route.kind in ("icon", "manifest")]:
                del routes[icon]
    elif facts.kind == DRAWING:
        routes[url] = Route(url, "drawing", (path,))
    elif facts.still:
        routes[url] = Route(url, "picture", (path, own(facts, site.config.images).spec))


@lru_cache(maxsize=1024)
def _variants(shape: Facts, settings: ImagesConfig, focuses: tuple[str, ...]) -> tuple[Variant, ...]:
    """The variants of a picture, with crops around each focus. Most pictures of a site have one of a few sizes."""
    found = [variant for steps in sources(shape, settings).values() for variant in steps]
    for focus in focuses:
        found += [crop(shape, settings, ratio, focus) for ratio in (*RATIOS, settings.card)]
        found += [v for steps in crop_sources(shape, settings, settings.card, focus).values() for v in steps]
    return tuple(dict.fromkeys(found))


def focuses(site: Site) -> Mapping[str, Iterable[str]]:
    """The files that are an `image`, each with the places that are the focus somewhere."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for origin, src, focus in _images(site):
        path = local_path(src)
        file = find_file(lambda name: file_at(site, name), origin, path, site.config.content_dir) if path else None
        if file:
            found[file[0]][focus] = None
    return found


def _images(site: Site) -> Iterator[tuple[str, str, str]]:
    """Every `image` as written, with the file that it stands in, and its focus."""
    for path, article in site.articles.items():
        if article.image is not None:
            yield path, article.image.src, article.image.focus
    groups = (groups for edition in site.editions.values() for groups in edition.groups.values())
    for group in (group for found in groups for group in found.values()):
        if group.profile is not None and group.profile.image:
            yield "", f"/{group.profile.image.lstrip('/')}", ""


def picture_problems(facts: Mapping[str, Facts]) -> list[Problem]:
    """What is wrong with picture files, each of which is left out."""
    return [
        Problem("warning", known.fault, known.message, Span(path), hint=known.hint)
        for path, known in facts.items()
        if known.fault
    ]
