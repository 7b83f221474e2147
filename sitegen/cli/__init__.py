"""The command line. Each command lives in a module of its own, which is imported only when the command runs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

import click

from sitegen import __version__
from sitegen.cli.shell import with_shell

__all__ = ["COMMANDS", "main", "sitegen"]

COMMANDS: Mapping[str, str] = {
    "init": "Make a new site, complete and buildable.",
    "new": "Make a new story file and print its path.",
    "build": "Write the site to the output folder.",
    "audio": "Have stories spoken that have no recording.",
    "newsletter": "Write a letter to readers with what was published in a period.",
    "notify": "Tell search engines and hubs what a build has changed.",
    "serve": "Show the site while you write.",
    "check": "Say everything that is wrong with the site, and write nothing.",
    "list": "Show which stories are in which state, and when that changes.",
    "due": "Tell whether the site has to be built because time has passed.",
    "related": "Show which stories are listed under one and why, or judge all such lists.",
    "why": "Tell why an output would be, or was, rendered.",
    "schema": "Print the JSON Schema of the front matter, for editors.",
    "clean": "Remove what earlier builds wrote, and the state.",
}
"""Name to purpose. The command NAME is the object `command` in the module `sitegen.cli.NAME_command`."""


class _Lazy(click.Group):
    """Knows its commands by name and purpose; the one that is called is loaded."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, stand_in, rest = super().resolve_command(ctx, args)
        if name is None or stand_in is None:
            return name, stand_in, rest
        command: click.Command = import_module(f"sitegen.cli.{name}_command").command
        return name, command, rest


@click.group(
    cls=_Lazy,
    commands=[click.Command(name, help=purpose) for name, purpose in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="sitegen")
@with_shell
def sitegen() -> None:
    """A static generator for news sites."""


def main() -> None:
    """Runs the command line and ends the process: 0 ok, 1 problems in the site, 2 wrong usage."""
    gc.disable()  # most commands end soon, and what they make goes without a search for circles
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        sitegen(prog_name="sitegen")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)


def _leave(status: int) -> None:
    """Ends the process at once. To take apart all that a large build knows would take as long as many a build."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody listens any more
            stream.flush()
    os._exit(status)
