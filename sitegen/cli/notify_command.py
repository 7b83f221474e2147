"""`sitegen notify`: telling others what a build has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from sitegen.cli.options import base_url_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.config import load
from sitegen.deploy.changes import Changes, read_report
from sitegen.deploy.notify import Service, services, tell
from sitegen.diagnostics import count, printable
from sitegen.errors import Problem
from sitegen.files import write_atomically
from sitegen.urls import Links

__all__ = ["command"]

_REPORT = click.Path(dir_okay=False, path_type=Path)
_PURGE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)


@click.command("notify")
@click.option("--report", "file", type=_REPORT, required=True, metavar="FILE", help="The report of the build.")
@base_url_option
@click.option("--purge", type=_PURGE, metavar="FILE", help="Write what caches must forget; `-` prints it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Of that. [default: text]")
@click.option("--dry-run", is_flag=True, help="Tell nobody; say who would be told, with -v also what.")
@with_shell
def command(shell: Shell, file: Path, base_url: str | None, purge: Path | None, form: str, dry_run: bool) -> None:
    """Tell search engines and hubs what a build has changed.

    Run it when the output folder has been published. By IndexNow and WebSub it tells of exactly those pages and feeds
    that the report names.
    """
    config = load(shell.site, {"base_url": base_url} if base_url else {})
    changes = read_report(file)
    if purge:
        shell = _write_purge(shell, purge, _purge(changes, Links(config.base_url), form))
    found = list(services(config, changes))
    if not found and not purge:
        shell.say("nobody is to be told: set `key` in [notify], or `hub` in [feeds]")
    if dry_run:
        _say_what_would_be(shell, found, Links(config.base_url))
        return
    problems: list[Problem] = []
    for told in tell(config, found):
        shell.say(f"told {told.service.name} of {count(told.done, told.service.what)}")
        problems += told.problems
    shell.tell(problems)
    if problems:
        raise click.exceptions.Exit(1)


def _purge(changes: Changes, links: Links, form: str) -> str:
    urls = [links.absolute(url) for url in changes.all]
    return json.dumps(urls, indent=1) + "\n" if form == "json" else "".join(f"{url}\n" for url in urls)


def _write_purge(shell: Shell, purge: Path, text: str) -> Shell:
    """Writes the list; if to standard output, nothing else is said there."""
    if str(purge) != "-":
        write_atomically(purge, text.encode())
        return shell
    click.echo(text, nl=False)
    return replace(shell, loudness=-1)


def _say_what_would_be(shell: Shell, found: Iterable[Service], links: Links) -> None:
    for service in found:
        shell.say(f"would tell {service.name} of {count(len(service.urls), service.what)}")
        if shell.loudness > 0:
            shell.say("\n".join(f"  {printable(links.absolute(url))}" for url in service.urls))
