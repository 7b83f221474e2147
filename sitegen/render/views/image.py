"""What templates see of a picture."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.content.article import Image
from sitegen.content.links import Link
from sitegen.content.markdown import inline

__all__ = ["ImageView"]


class ImageView:
    """A picture: `src` its URL, `width` and `height` in pixels (0 if unknown), `alt`, `caption`, `credit`, `focus`."""

    def __init__(self, image: Image, link: Link, language: str) -> None:
        self._language = language
        self.src = link.url
        self.width = link.width
        self.height = link.height
        self.alt: str = image.alt or ""
        self.caption: str = image.caption
        self.credit: str = image.credit
        self.focus: str = image.focus

    @property
    def caption_html(self) -> Markup:
        """The caption with its emphasis."""
        return Markup(inline(self.caption, self._language))
