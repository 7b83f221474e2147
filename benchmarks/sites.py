"""A site that competes, and how one of sitegen is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.measure import TEMPORARY

__all__ = ["AS_PEERS", "BY_DEFAULT", "HERE", "SITEGEN", "THEMES", "Site", "newest", "said", "sitegen_site", "to_come"]

HERE = Path(__file__).resolve().parent
SITEGEN = (sys.executable, "-m", "sitegen")
THEMES = ("baked", "shared")
BY_DEFAULT = "[related]\ncount = 10\n"
"""The configuration of a site that has what sitegen makes of its own accord."""
AS_PEERS = """\
[related]
count = 10
fields = ["tags"]

[feeds]
formats = ["rss"]
groups = []

[images]
formats = []
"""
"""The configuration of a site that has what the others' sites have, and no more."""


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
    once: bool = False
    """It is built once, cold."""

    def pages(self) -> int:
        """How many HTML files the output has."""
        return sum(1 for _ in _files(self.output, ".html"))


def sitegen_site(stories: Path, size: int, folder: Path, theme: str, settings: str = BY_DEFAULT) -> Site:
    """A sitegen site with the theme `baked` or `shared`, from stories in the layout `generic`."""
    shutil.copytree(stories / "site", folder)
    for name in THEMES:
        shutil.copytree(HERE / f"theme-{name}", folder / "themes" / f"theme-{name}")
    config = (HERE / "sitegen.toml").read_text()
    (folder / "sitegen.toml").write_text(config.replace("THEME", f"theme-{theme}") + settings)
    return Site(
        name=theme,
        folder=folder,
        command=(*SITEGEN, "build"),
        output=folder / "output",
        remembered=(folder / ".sitegen", folder / TEMPORARY),
        template=folder / "themes" / "theme-baked" / "templates" / "story.html",
        newest=newest(folder, size),
        added=to_come(stories),
    )


def newest(folder: Path, size: int) -> Path:
    """The newest story: the generator ends the name of each with its number."""
    name = re.compile(rf".*-{size - 1}\.md")
    return next(Path(path) for path in _files(folder / "content", ".md") if name.fullmatch(path))


def to_come(stories: Path) -> tuple[Path, ...]:
    """The folders of stories that are added one by one."""
    return tuple(sorted((stories / "added").iterdir()))


def said(*command: str) -> str:
    """What a command prints, in one line."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _files(folder: Path, suffix: str) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (f"{here}/{name}" for name in names if name.endswith(suffix))
