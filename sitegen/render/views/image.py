"""What templates see of the `image` of a story or a group."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sitegen.content.article import Image
from sitegen.content.images import RATIOS
from sitegen.content.links import Link
from sitegen.content.markdown import inline
from sitegen.errors import Span, TemplateError
from sitegen.render.views.lens import Lens
from sitegen.render.views.picture import CropView, PictureView, is_shown

__all__ = ["ImageView", "image_view"]


class ImageView(PictureView):
    """A picture with what is said about it. `alt`, `caption` and `focus` are as written."""

    def __init__(self, lens: Lens, image: Image, link: Link, language: str) -> None:
        super().__init__(lens, link)
        self._language = language
        self._credit = image.credit
        self.alt: str = image.alt or ""
        self.caption: str = image.caption
        self.focus: str = image.focus

    @property
    def caption_html(self) -> Markup:
        """The caption with its emphasis."""
        return Markup(inline(self.caption, self._language))

    @property
    def credit(self) -> str:
        """Whose picture it is, as written, else as the file says; may be empty."""
        return self._credit or (self._lens.part("picture", self._link.picture, "credit") if self._link.picture else "")

    @property
    def card(self) -> PictureView:
        """The crop for lists."""
        return self.crop(self._settings.card)

    def crop(self, ratio: str) -> PictureView:
        """The part with this ratio; the whole picture if it is none that can be cropped. Raises `TemplateError`."""
        known = tuple(dict.fromkeys((*RATIOS, self._settings.card)))
        if ratio not in known:
            hint = "there are " + ", ".join(known) + "; cards have that of `card` in `[images]`"
            raise TemplateError(f"pictures are not cropped to `{ratio}`", Span(""), hint, code="no-crop")
        return CropView(self._lens, self._link, ratio, self.focus) if self._shape.still else self


def image_view(lens: Lens, image: Image, origin: str, language: str) -> Any:
    """A view of an image that is named in the file at `origin`; None if there is no picture to show."""
    link = lens.link(origin, image.src)
    return ImageView(lens, image, link, language) if is_shown(lens, link) else None
