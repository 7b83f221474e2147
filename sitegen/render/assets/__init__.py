"""Assets of the theme: style sheets and scripts put together from their parts, each under a name that carries a digest.

A name that changes with the content lets caches keep an asset for ever. What an asset is made of is asked for through
the engine: a part that changes changes the name of the bundle, and so the pages that link to it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha384
from itertools import product
from pathlib import PurePosixPath
from typing import Any

from sitegen.config import home_of
from sitegen.errors import Problem, SitegenError, Span, TemplateError
from sitegen.plain import Record, digest
from sitegen.render.assets.parts import Part, Parts
from sitegen.render.themes import Theme
from sitegen.site.routes import Route

__all__ = ["Asset", "Assets", "fragment_routes"]

_DIGITS = 10


class Asset(Record, frozen=True):
    """A file as it is served."""

    url: str
    """`/assets/style.0123456789.css` for `style.css`."""
    integrity: str
    """Its digest for browsers (W3C, Subresource Integrity)."""


class Assets:
    """The files in the `assets/` folders of a theme's layers. Whatever they are made of is asked for through `read`."""

    def __init__(self, theme: Theme, read: Callable[..., Any]) -> None:
        self._theme = theme
        self._read = read
        self._bundles: dict[str, bytes] = {}

    def make(self, name: str) -> Asset | None:
        """What is served for a file; None if no layer has it, or it is there only for others to import.

        Raises `TemplateError` at the place of whatever keeps it from being put together.
        """
        if _is_part(name) or not self._read("asset_file", name):
            return None
        data = self.load(name)
        path = PurePosixPath(name)
        url = f"/assets/{path.with_name(f'{path.stem}.{digest(data)[:_DIGITS]}{path.suffix}')}"
        return Asset(url, f"sha384-{b64encode(sha384(data).digest()).decode()}")

    def load(self, name: str) -> bytes:
        """The bytes that are served for an asset that exists. Raises `TemplateError`."""
        bundle = _bundler(name)
        if bundle is None:
            path = self._theme.find("assets", name)
            assert path is not None
            return self._theme.files.load(path)
        if name not in self._bundles:
            self._bundles[name] = self._put_together(name, bundle).encode()
        return self._bundles[name]

    def _put_together(self, name: str, bundle: Callable[[Part, Parts], str]) -> str:
        parts = Parts(self._theme, self._read)
        entry = parts.find(name)
        assert entry is not None
        try:
            return bundle(entry, parts)
        except RecursionError as error:
            raise TemplateError("brackets are nested too deeply", Span(entry.path), code="bad-asset") from error

    def routes(self) -> Iterator[Route | Problem]:
        """One for each asset, or why there is none. They can be told only when the engine may be asked."""
        for name in self._theme.names("assets"):
            try:
                asset = self._read("asset", name)
            except SitegenError as error:
                yield error.problem
            else:
                if asset is not None:
                    yield Route(asset.url, "asset", (name,), f"the asset `{name}`")


def _is_part(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("/"))


def _bundler(name: str) -> Callable[[Part, Parts], str] | None:
    """What puts a file of this name together; None if it is served as it is."""
    path = PurePosixPath(name)
    if path.suffix not in (".css", ".js", ".mjs") or path.stem.endswith(".min"):
        return None
    if path.suffix == ".css":
        from sitegen.render.assets.styles import bundle_style

        return bundle_style
    from sitegen.render.assets.scripts import bundle_script

    return bundle_script


def fragment_routes(theme: Theme, editions: Iterable[str] = ("",)) -> Iterator[Route]:
    """One for each template in `fragments/`: a small shared file that pages pull in. And the log of corrections, if the
    theme has a template for it. So in each of the `editions`, which are told by their keys.
    """
    for key, name in product(editions, theme.names("templates")):
        home = home_of(key)
        if name == "corrections.html":
            yield Route(f"{home}corrections/", "corrections", (), "the log of corrections", key)
        folder, _, file = name.rpartition("/")
        if folder == "fragments" and file.endswith(".html"):
            yield Route(f"{home}{name}", "fragment", (file.removesuffix(".html"),), f"the fragment `{name}`", key)
