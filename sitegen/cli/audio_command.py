"""`sitegen audio`: recordings for stories that have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from sitegen.cli.bar import progress_bar
from sitegen.cli.options import now_option, processors, since_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import printable
from sitegen.narrating import Narrated, NarrateOptions, narrate

__all__ = ["command"]


@click.command("audio")
@since_option("", help="Only stories of that time: 24h, 7d, or since a date. [default: all]")
@click.option("--future", is_flag=True, help="Also stories whose time has not come.")
@click.option("--prune", is_flag=True, help="Remove recordings of stories that are gone.")
@click.option("--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Programs. [default: all]")
@click.option("--dry-run", is_flag=True, help="Speak and remove nothing; say what would be. With -v, also the text.")
@now_option
@with_shell
def command(shell: Shell, **rest: Any) -> None:
    """Have stories spoken that have no recording.

    The program is that of [audio]. What it made is kept in the content folder; a story is spoken again only when its
    text has changed.
    """
    options = NarrateOptions(**rest)
    with progress_bar(shell.loudness >= 0) as progress:
        found = narrate(shell.site, options, progress)
    shell.tell(found.problems)
    shell.say("\n".join(_lines(found, texts=shell.loudness > 0, dry=options.dry_run)))
    if any(problem.severity == "error" for problem in found.problems):
        raise click.exceptions.Exit(1)


def _lines(found: Narrated, *, texts: bool, dry: bool) -> Iterator[str]:
    would = "would be " if dry else ""
    for told in found.spoken:
        length = f", {told.seconds // 60}:{told.seconds % 60:02}" if told.seconds else ""
        yield f"{would}spoken: {printable(told.path)}{length}"
        if texts:
            yield told.text
    yield from (f"{would}removed: {printable(file)}" for file in found.removed)
    yield f"{len(found.spoken)} {would}spoken, {found.kept} kept, {len(found.removed)} {would}removed"
