"""What templates see of a picture file: the published picture, a crop of it, and a picture in a body."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from unicodedata import normalize

from markupsafe import Markup, escape

from sitegen.config import ImagesConfig
from sitegen.content.body import Picture
from sitegen.content.images import Facts, Variant, crop, crop_sources, own, sources, variant_url
from sitegen.content.links import Link
from sitegen.plain import Record
from sitegen.render.views.lens import Lens

__all__ = ["BodyPictureView", "CropView", "PictureView", "Source", "is_shown"]

_ELSEWHERE = Facts(fault="elsewhere")
_SHAPE = ("kind", "width", "height", "alpha", "moving", "fault")
_ALWAYS = ("src", "alt", "width", "height")


class Source(Record, frozen=True):
    """One format of a picture: its media `type`, and the `srcset` with all widths."""

    type: str
    srcset: str


class PictureView:
    """A picture; one that is not a file of this site has neither size nor sources."""

    def __init__(self, lens: Lens, link: Link) -> None:
        self._lens = lens
        self._link = link

    @cached_property
    def _facts(self) -> Facts:
        found: Facts = self._lens.read("picture", self._link.picture) if self._link.picture else _ELSEWHERE
        return found

    @cached_property
    def _shape(self) -> Facts:
        """The facts that another picture of the same kind and size shares."""
        path, part = self._link.picture, self._lens.part
        return Facts(**{name: part("picture", path, name) for name in _SHAPE}) if path else _ELSEWHERE

    @cached_property
    def _settings(self) -> ImagesConfig:
        found: ImagesConfig = self._lens.read("config", "images")
        return found

    @cached_property
    def _url(self) -> str:
        """Of the published file, as the site keeps it."""
        url: str = self._lens.read("file_at", normalize("NFC", self._link.picture))[1]
        return url

    @property
    def src(self) -> str:
        """The URL, for links within the site."""
        return self._link.url

    @property
    def absolute_src(self) -> str:
        """The URL with scheme and host."""
        return self._lens.links.absolute(self._url) if self._link.picture else self._link.url

    @property
    def type(self) -> str:
        """The media type; empty if unknown."""
        return _media_type(self._shape.kind) if self._shape.kind else ""

    @property
    def width(self) -> int:
        """Pixels; 0 if unknown."""
        return self._size()[0]

    @property
    def height(self) -> int:
        """Pixels; 0 if unknown."""
        return self._size()[1]

    def _size(self) -> tuple[int, int]:
        shape = self._shape
        if not shape.still:
            return shape.width, shape.height
        variant = own(shape, self._settings)
        return variant.width, variant.height

    @property
    def sources(self) -> list[Source]:
        """The picture in other formats and sizes, the preferred format first; empty if it comes in one form only."""
        return self._sources(sources(self._shape, self._settings)) if self._shape.still else []

    def _sources(self, offered: Mapping[str, list[Variant]]) -> list[Source]:
        return [
            Source(_media_type(name), ", ".join(f"{self._path(variant)} {variant.width}w" for variant in steps))
            for name, steps in offered.items()
        ]

    def _path(self, variant: Variant) -> str:
        return self._lens.links.path(variant_url(self._url, self._facts.digest, variant))


def is_shown(lens: Lens, link: Link) -> bool:
    """Whether a link leads to a picture that can be shown: elsewhere, or to a file that is there and undamaged."""
    return not link.problem and not (link.picture and lens.part("picture", link.picture, "fault"))


class CropView(PictureView):
    """A part of a still picture with a ratio, around its focus."""

    def __init__(self, lens: Lens, link: Link, ratio: str, focus: str) -> None:
        super().__init__(lens, link)
        self._ratio = ratio
        self._focus = focus

    @property
    def _crop(self) -> Variant:
        return crop(self._shape, self._settings, self._ratio, self._focus)

    @property
    def src(self) -> str:
        """The URL, for links within the site."""
        return self._path(self._crop)

    @property
    def absolute_src(self) -> str:
        """The URL with scheme and host."""
        return self._lens.links.absolute(variant_url(self._url, self._facts.digest, self._crop))

    @property
    def type(self) -> str:
        """The media type."""
        return _media_type(self._crop.format)

    def _size(self) -> tuple[int, int]:
        variant = self._crop
        return variant.width, variant.height

    @property
    def sources(self) -> list[Source]:
        """The crop in other formats and sizes, if it is that of cards."""
        return self._sources(crop_sources(self._shape, self._settings, self._ratio, self._focus))


class BodyPictureView(PictureView):
    """A picture in a body."""

    def __init__(self, lens: Lens, picture: Picture) -> None:
        super().__init__(lens, Link(picture.attributes.get("src", ""), picture=picture.path))
        self._written = picture.attributes
        self.alt: str = picture.attributes.get("alt", "")

    def _size(self) -> tuple[int, int]:
        """As the writer wants it, the other side in proportion; else its own."""
        width, height = super()._size()
        across, down = (int(self._written.get(name, 0)) for name in ("width", "height"))
        if not width or not (across or down):
            return across or width, down or height
        return across or round(width * down / height), down or round(height * across / width)

    @property
    def attributes(self) -> Markup:
        """What else stands in its `<img>`, each after a blank: `loading`, `decoding`, and what the writer set."""
        rest = {name: value for name, value in self._written.items() if name not in _ALWAYS}
        return _attributes(rest)

    @property
    def img(self) -> Markup:
        """The `<img>` of the published picture; empty if the file is no picture."""
        if self._shape.fault:
            return Markup("")
        width, height = self._size()
        size = {name: str(side) for name, side in (("width", width), ("height", height)) if side}
        return Markup(f"<img{_attributes({'src': self.src, 'alt': self.alt, **size})}{self.attributes}>")


def _attributes(attributes: Mapping[str, str]) -> Markup:
    # Not with `Markup.format`, which takes as long as half of a picture.
    return Markup("".join([f' {escape(name)}="{escape(value)}"' for name, value in attributes.items()]))


def _media_type(kind: str) -> str:
    return "image/svg+xml" if kind == "svg" else f"image/{kind}"
