"""`sitegen why`: the reasons behind one output."""

from __future__ import annotations

from datetime import datetime

import click

from sitegen.cli.options import now_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.explain.why import why

__all__ = ["command"]


@click.command("why")
@click.argument("url")
@click.option("--reads", is_flag=True, help="List everything that it was made from; `*` marks what has changed.")
@now_option
@with_shell
def command(shell: Shell, url: str, reads: bool, now: datetime | None) -> None:
    """Tell why an output would be, or was, rendered.

    URL is the path of a page, such as /2026/03/12/storm/.
    """
    explanation = why(shell.site, url, now)
    click.echo(f"{explanation.url}: {explanation.summary}")
    for words, stands in explanation.reads if reads else ():
        click.echo(f"{' ' if stands else '*'} {words}")
