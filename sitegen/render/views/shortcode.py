"""What the template of a shortcode sees of its call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from sitegen.content.body import Shortcode
from sitegen.render.views.lens import Lens
from sitegen.render.views.picture import PictureView, is_shown

__all__ = ["ShortcodeView"]

_SAFE_SCHEMES = ("", "http", "https")


class ShortcodeView:
    """A block in a body: `name`, `parameters` as written, `inner` the text between its marks (safe HTML)."""

    def __init__(self, lens: Lens, call: Shortcode, inner: Markup, origin: str) -> None:
        self._lens = lens
        self._origin = origin
        self.name = call.name
        self.parameters: Mapping[str, str] = call.parameters
        self.inner = inner

    def url(self, parameter: str) -> str:
        """The URL for a parameter that names a file beside the article or an address; empty if it is neither."""
        written = self.parameters.get(parameter, "")
        if not written or urlsplit(written).scheme not in _SAFE_SCHEMES:
            return ""
        return str(self._lens.link(self._origin, written).url)

    def picture(self, parameter: str) -> PictureView | None:
        """The picture that a parameter names; None if it names none, or one that is missing or damaged."""
        if not self.url(parameter):
            return None
        link = self._lens.link(self._origin, self.parameters[parameter])
        return PictureView(self._lens, link) if is_shown(self._lens, link) else None

    @property
    def story(self) -> Any:
        """The story that the parameter `ref` names, or None."""
        name = self.parameters.get("ref")
        return self._lens.article(self._lens.read("named", name)) if name else None
