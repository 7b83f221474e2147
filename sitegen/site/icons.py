"""The picture that the icons of a site are made of."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.images import PICTURES
from sitegen.errors import Problem, Span, did_you_mean
from sitegen.site.snapshot import Site

__all__ = ["icon_problems", "icon_source"]


def icon_source(site: Site) -> str:
    """The path of the picture; empty if none is named, or it is not there."""
    path = _named(site)
    return path if path in site.media and path.lower().endswith(PICTURES) else ""


def _named(site: Site) -> str:
    name = site.config.icons.source or site.config.publisher.logo
    return f"{site.config.content_dir}/{name.lstrip('/')}" if name and "://" not in name else ""


def icon_problems(site: Site) -> Iterator[Problem]:
    """What is wrong with the name of it."""
    path = _named(site)
    if path and not icon_source(site):
        message = f"there is no public picture `{path}` to make icons of"
        yield Problem("warning", "no-icon", message, Span(site.config.path), hint=did_you_mean(path, site.media))
