"""Small files at the root of a site that say something to programs, each made from settings alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.render.views import SiteView, Views

__all__ = ["TEXTS"]


def _indexnow(views: Views, site: SiteView) -> str:
    """The key of IndexNow, which shows that whoever uses it may write to this host."""
    return str(views.read("config", "notify").key)


TEXTS: Mapping[str, Callable[[Views, SiteView], str]] = {"indexnow": _indexnow}
"""What writes a file, by its name in routes."""
