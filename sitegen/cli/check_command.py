"""`sitegen check`: the copy desk."""

from __future__ import annotations

from datetime import datetime

import click

from sitegen.check.desk import Checked, CheckOptions, check
from sitegen.check.formats import WRITERS
from sitegen.cli.bar import progress_bar
from sitegen.cli.build_command import processors
from sitegen.cli.options import now_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import count

__all__ = ["command"]

_FORMATS = ["text", "json", "github", "sarif", "junit"]


def _in_words(found: Checked) -> str:
    """`checked 3,000 files and 9,120 outputs: nothing is wrong`; empty if none could be."""
    what = "" if found.problems else ": nothing is wrong"
    return f"checked {count(found.files, 'file')} and {count(found.outputs, 'output')}{what}" if found.files else ""


@click.command("check")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--external", is_flag=True, help="Ask other hosts too whether what stories link to is there.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, in the files themselves.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="[default: text]")
@click.option("--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Processes. [default: all]")
@now_option
@with_shell
def command(shell: Shell, form: str, now: datetime | None, strict: bool, external: bool, fix: bool, jobs: int) -> None:
    """Say everything that is wrong with the site, and write nothing.

    All that a build would say, and the rules of the copy desk: broken links, pictures without words, style, leaks.
    """
    options = CheckOptions(now, strict, external, fix, jobs)
    with progress_bar(shell.loudness >= 0) as progress:
        found = check(shell.site, options, progress)
    if form == "text":
        shell.tell(found.problems)
    else:
        click.echo(WRITERS[form](found.problems))
    if form == "text":
        shell.say("\n".join(f"mended {edit.path}:{edit.line}:{edit.column}" for edit in found.mended))
        shell.say(_in_words(found))
    if any(problem.severity == "error" for problem in found.problems):
        raise click.exceptions.Exit(1)
