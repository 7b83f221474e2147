"""Assets of the theme under names that carry a digest of their content, so that caches may keep them for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.render.themes import Theme
from sitegen.site.routes import Route

__all__ = ["Assets", "fragment_routes"]

_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Assets:
    """The files in the `assets/` folders of a theme's layers."""

    theme: Theme

    def url(self, name: str) -> str | None:
        """`/assets/style.0123456789.css` for `style.css`; None if no layer has it."""
        mark = self.theme.digest("assets", name)
        if mark is None:
            return None
        path = PurePosixPath(name)
        return f"/assets/{path.with_name(f'{path.stem}.{mark[:_DIGITS]}{path.suffix}')}"

    def load(self, name: str) -> bytes:
        """The bytes of an asset that exists."""
        path = self.theme.find("assets", name)
        assert path is not None
        return self.theme.files.load(path)

    def routes(self) -> Iterator[Route]:
        """One for each asset."""
        for name in self.theme.names("assets"):
            url = self.url(name)
            if url is not None:
                yield Route(url, "asset", (name,), f"the asset `{name}`")


def fragment_routes(theme: Theme) -> Iterator[Route]:
    """One for each template in `fragments/`: a small shared file that pages pull in."""
    for name in theme.names("templates"):
        folder, _, file = name.rpartition("/")
        if folder == "fragments" and file.endswith(".html"):
            yield Route(f"/{name}", "fragment", (file.removesuffix(".html"),), f"the fragment `{name}`")
