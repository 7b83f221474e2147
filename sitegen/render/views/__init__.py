"""What templates see. Every attribute is a question, recorded when it is asked.

A view holds nothing but a key: a page that shows a headline depends on that headline, not on the article.
docs/guide/theming.md documents every public attribute; a test holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from sitegen.config import home_of
from sitegen.content.body import Picture, Shortcode
from sitegen.content.links import Link
from sitegen.render.views.article import ArticleView
from sitegen.render.views.audio import AudioView
from sitegen.render.views.card import CardView
from sitegen.render.views.front import BreakingView, FrontView
from sitegen.render.views.group import GroupView, PartView, SeriesView
from sitegen.render.views.icon import IconLink
from sitegen.render.views.image import ImageView
from sitegen.render.views.letter import LetterSection, LetterView
from sitegen.render.views.live import EntryView, LiveView
from sitegen.render.views.page import Corrected, DateLink, FeedLink, NearDate, Pager, PageView
from sitegen.render.views.picture import BodyPictureView, CropView, PictureView, Source
from sitegen.render.views.shortcode import ShortcodeView
from sitegen.render.views.site import SiteView
from sitegen.render.views.translation import Alternate, TranslationView
from sitegen.site.links import Linker
from sitegen.urls import Links

__all__ = [
    "Alternate",
    "ArticleView",
    "AudioView",
    "BodyPictureView",
    "BreakingView",
    "CardView",
    "Corrected",
    "CropView",
    "DateLink",
    "EntryView",
    "FeedLink",
    "FrontView",
    "GroupView",
    "IconLink",
    "ImageView",
    "LetterSection",
    "LetterView",
    "LiveView",
    "NearDate",
    "PageView",
    "Pager",
    "PartView",
    "PictureView",
    "SeriesView",
    "ShortcodeView",
    "SiteView",
    "Source",
    "TranslationView",
    "Views",
]

ShowPicture = Callable[[Picture, ArticleView, bool], Markup]
ShowShortcode = Callable[[Shortcode, Markup, ArticleView, bool], Markup]


class Views:
    """Makes views that ask through `read`; a `Lens`.

    `show_shortcode` renders a theme's block in a body, `show_picture` a picture.
    """

    def __init__(
        self,
        read: Callable[..., Any],
        part: Callable[[str, str, str], Any],
        show_shortcode: ShowShortcode,
        show_picture: ShowPicture,
        edition: str = "",
    ) -> None:
        """Of the edition with this key; `read` asks in it."""
        self.read = read
        self.edition = edition
        self.home = home_of(edition)
        self.part = part
        self._show_shortcode = show_shortcode
        self._show_picture = show_picture
        self.links = Links("")
        """How URLs are written on this site."""

    def show_shortcode(self, call: Shortcode, inner: Markup, article: ArticleView, feed: bool) -> Markup:
        """A theme's block as HTML, in its page or its feed variant."""
        return self._show_shortcode(call, inner, article, feed)

    def show_picture(self, picture: Picture, article: ArticleView, feed: bool) -> Markup:
        """A picture in a body as HTML, in its page or its feed variant."""
        return self._show_picture(picture, article, feed)

    def begin(self) -> None:
        """A new output is rendered: whatever it shows, it depends on how URLs are written."""
        base_url = self.read("config", "base_url")
        if base_url != self.links.base_url:
            self.links = Links(base_url)

    def link(self, origin: str, href: str) -> Link:
        """Where a link in the article at `origin` leads; empty: in none."""
        return Linker(self.read, origin, self.part("article", origin, "url") or "/")(href)

    def article(self, path: str | None) -> ArticleView | None:
        """A view of the article at `path`; None for None."""
        return ArticleView(self, path) if path else None

    def articles(self, paths: Iterable[str]) -> list[ArticleView]:
        """Views of several articles."""
        return [ArticleView(self, path) for path in paths]

    def group(self, kind: str, slug: str) -> GroupView:
        """A view of a section, tag, author or series."""
        return GroupView(self, kind, slug)

    def groups(self, kind: str) -> list[GroupView]:
        """Views of all groups of a kind."""
        return [GroupView(self, kind, slug) for slug in self.read("groups", kind)]

    def series(self, path: str, slug: str) -> SeriesView:
        """A view of a series from one of its parts."""
        return SeriesView(self, path, slug)
