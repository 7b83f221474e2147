"""`sitegen clean`: back to nothing but sources."""

from __future__ import annotations

import click

from sitegen.build.cleaning import clean
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import count

__all__ = ["command"]


@click.command("clean")
@with_shell
def command(shell: Shell) -> None:
    """Remove what earlier builds wrote, and the state.

    Nothing else is touched: files that sitegen did not write stay, also in the output folder.
    """
    removed = clean(shell.site).files
    for folder, files in removed.items():
        shell.say(f"removed {count(files, 'file')} from {folder}")
    if not removed:
        shell.say("there was nothing to remove")
