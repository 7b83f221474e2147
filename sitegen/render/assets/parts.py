"""What a bundle is put together from: files in the `assets/` folders of the theme's layers, found by name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any

from sitegen.engine.engine import CycleError
from sitegen.errors import Span, TemplateError, did_you_mean
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.render.themes import Theme

__all__ = ["Part", "Parts"]

_ELSEWHERE = regex(r"[a-z][a-z0-9+.-]*:|[/#]|$", re.IGNORECASE)
"""How a reference begins that names no file of the theme: with a scheme, at a root, within the page, or not at all."""


class Part(Record, frozen=True):
    """A file of one layer."""

    name: str
    """Below `assets/`."""
    path: str
    layer: int
    text: str

    def span(self, line: int, column: int, length: int = 1) -> Span:
        """A place in it; lines and columns count from 1."""
        return Span(self.path, line, column, length)

    def named(self, reference: str) -> str:
        """The name of the file that a relative reference in this one means."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), reference))


class Parts:
    """Finds parts, and asks for each through `read`."""

    def __init__(self, theme: Theme, read: Callable[..., Any]) -> None:
        self._theme = theme
        self._read = read

    def find(self, name: str, below: int = -1) -> Part | None:
        """The file of this name in the nearest layer that has it, or in the nearest one `below` a layer."""
        layer = next((layer for layer, _ in self._read("asset_file", name) if layer > below), None)
        if layer is None:
            return None
        path = self._theme.path("assets", name, layer)
        try:
            return Part(name, path, layer, self._theme.files.load(path).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise TemplateError("the file is not UTF-8", Span(path), code="bad-encoding") from error

    def imported(self, part: Part, reference: str, place: Span) -> Part:
        """The file that a part imports. What imports its own name gets the file that it hides. Raises `TemplateError`
        at `place` if there is none.
        """
        name = part.named(reference)
        found = self.find(name, part.layer if name == part.name else -1)
        if found is None:
            raise self._missing(name, place)
        return found

    def linked(self, part: Part, reference: str, bundle: Part, place: Span) -> str:
        """How `bundle` must write what one of its parts names, so that it leads to the file under its served name.

        An address that is not relative stays as it is. Raises `TemplateError` at `place`.
        """
        if _ELSEWHERE.match(reference):
            return reference
        written, mark, rest = reference.partition("#" if "#" in reference else "?")
        name = part.named(written)
        try:
            asset = self._read("asset", name)
        except CycleError:
            raise TemplateError(f"`{name}` is needed to make itself", place, code="bad-import") from None
        if asset is None:
            raise self._missing(name, place)
        return posixpath.relpath(asset.url, posixpath.dirname(f"/assets/{bundle.name}")) + mark + rest

    def _missing(self, name: str, place: Span) -> TemplateError:
        hint = did_you_mean(name, self._theme.names("assets"), "paths count from the folder of the file")
        return TemplateError(f"there is no asset `{name}`", place, hint, code="no-asset")
