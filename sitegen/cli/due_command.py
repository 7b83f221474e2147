"""`sitegen due`: does the site have to be built because time has passed?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click

from sitegen.cli.options import now_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import printable
from sitegen.explain.due import Due, what_is_due

__all__ = ["DUE", "command"]

DUE = 3
"""The exit status that says so."""


@click.command("due")
@click.option("--exit-code", is_flag=True, help=f"End with status {DUE} if the site should be built now.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@now_option
@with_shell
def command(shell: Shell, exit_code: bool, form: str, now: datetime | None) -> None:
    """Tell whether the site has to be built because time has passed.

    Shows what time alone has changed since the last build, and when it changes something next.
    """
    due = what_is_due(shell.site, now)
    if form == "json":
        click.echo(_as_json(due))
    else:
        shell.say("\n".join(_in_words(due)))
    if exit_code and due.is_due:
        raise click.exceptions.Exit(DUE)


def _in_words(due: Due) -> Iterator[str]:
    if due.built is None:
        yield "due: there is no build without errors to go by"
    for found in due.changed:
        moment = f"{found.at.astimezone(due.now.tzinfo):%Y-%m-%d %H:%M}"
        yield f"due: since {moment} {found.now}, not {found.was}: {printable(found.path)}"
    if due.next:
        yield f"next change {due.next.astimezone(due.now.tzinfo):%Y-%m-%d %H:%M}"
    else:
        yield "nothing changes by itself" if not due.changed else "nothing else changes by itself"


def _as_json(due: Due) -> str:
    def written(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None

    changed = [
        {"at": written(found.at), "was": found.was, "now": found.now, "path": found.path, "title": found.title}
        for found in due.changed
    ]
    told = {"due": due.is_due, "now": written(due.now), "built": written(due.built), "next": written(due.next)}
    return json.dumps({**told, "changed": changed}, ensure_ascii=False, indent=1)
