"""What a view needs in order to ask and to make other views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from markupsafe import Markup

from sitegen.content.body import Picture, Shortcode
from sitegen.content.links import Link
from sitegen.urls import Links

__all__ = ["Lens"]


class Lens(Protocol):
    """Asks questions and makes views; `Any` stands for the views, which may not import each other."""

    read: Callable[..., Any]
    part: Callable[[str, str, str], Any]
    links: Links
    edition: str
    home: str

    def link(self, origin: str, href: str) -> Link: ...
    def article(self, path: str | None) -> Any: ...
    def articles(self, paths: Iterable[str]) -> list[Any]: ...
    def group(self, kind: str, slug: str) -> Any: ...
    def groups(self, kind: str) -> list[Any]: ...
    def series(self, path: str, slug: str) -> Any: ...
    def show_picture(self, picture: Picture, article: Any, feed: bool) -> Markup: ...
    def show_shortcode(self, call: Shortcode, inner: Markup, article: Any, feed: bool) -> Markup: ...
