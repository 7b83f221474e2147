"""`sitegen init`: a small newspaper to begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from sitegen.cli.shell import Shell, with_shell
from sitegen.errors import Span, StateError

__all__ = ["command", "create"]

SAMPLE = Path(__file__).parent / "sample"
RENAMED = {"gitignore": ".gitignore"}
"""Files that would have an effect here under their real names."""


def create(folder: Path) -> None:
    """Makes a new site. Raises `StateError` if there is anything in the folder already."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise StateError(
            f"{folder} is not an empty folder", Span(""), "nothing was changed; name a new folder", code="not-empty"
        )
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for name, real in RENAMED.items():
        (folder / name).rename(folder / real)


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@with_shell
def command(shell: Shell, folder: Path) -> None:
    """Make a new site, complete and buildable.

    DIR is made if it does not exist, and must be empty if it does.
    """
    target = shell.site / folder
    create(target)
    shell.say(f"made a site in {target}\n  sitegen build --site {target}    writes it to {target / 'output'}")
