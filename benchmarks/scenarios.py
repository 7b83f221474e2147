"""What happens to a site between two builds. Each edit is a new one in each run: `number` counts them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.sites import Site

__all__ = ["SCENARIOS"]


def cold(site: Site, number: int) -> None:
    """Nothing is left of earlier builds."""
    for path in (site.output, *site.remembered):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def nothing_changed(site: Site, number: int) -> None:
    """All is as the last build left it."""


def body_edited(site: Site, number: int) -> None:
    """The story that was the newest when the run began gets one more sentence at its end."""
    text = site.newest.read_text(encoding="utf-8")
    site.newest.write_text(f"{text}\nThis story was edited {number + 1} times.\n", encoding="utf-8")


def story_added(site: Site, number: int) -> None:
    """A story newer than all others comes in."""
    shutil.copytree(site.added[number], site.folder, dirs_exist_ok=True, copy_function=shutil.copyfile)


def template_touched(site: Site, number: int) -> None:
    """The template of stories changes so that every story page does."""
    _replace(site.template, r'data-edition="\d+"', f'data-edition="{number + 1}"')


def headline_changed(site: Site, number: int) -> None:
    """The same story, one of the ten latest, gets another headline; its URL stays."""
    _replace(site.newest, r'title: "(?:Update \d+: )?', f'title: "Update {number + 1}: ')


def _replace(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"{path.name} has nothing like {pattern}")
    path.write_text(text, encoding="utf-8")


SCENARIOS: Mapping[str, Callable[[Site, int], None]] = {
    edit.__name__.replace("_", " "): edit
    for edit in (cold, nothing_changed, body_edited, story_added, template_touched, headline_changed)
}
