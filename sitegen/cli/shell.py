"""What all commands share: the options `--site`, `-q` and `-v`, how they speak, and how they end."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from sitegen import __version__
from sitegen.diagnostics import line_reader, printable, render, summary
from sitegen.errors import Problem, SitegenError, SiteProblems

__all__ = ["Shell", "with_shell"]

_FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Shell:
    """One run of one command. `loudness` is below 0 for `-q`, above 0 for `-v`."""

    site: Path
    loudness: int = 0

    def say(self, text: str) -> None:
        """Tells the user how it went, unless there is nothing to tell or he wants it quiet."""
        if text and self.loudness >= 0:
            click.echo(text)

    def tell(self, problems: Iterable[Problem], what: str = "") -> None:
        """Shows problems on standard error, and what they led to. `-q` leaves out warnings."""
        found = [problem for problem in problems if problem.severity == "error" or self.loudness >= 0]
        if found:
            text = render(found, line_reader(self.site), colour=_in_colour(sys.stderr))
            click.echo(f"{text}\n{summary(found, what)}", err=True, color=True)


def _in_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user wants colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def with_shell(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the common options, and itself a `Shell` as first argument; no traceback leaves it.

    The options may stand before the command too: those of the command itself win.
    """

    @click.option("--site", type=_FOLDER, metavar="DIR", help="The folder of the site. [default: .]")
    @click.option("-q", "--quiet", count=True, help="Only errors.")
    @click.option("-v", "--verbose", count=True, help="More detail.")
    @click.pass_context
    @wraps(function)
    def command(ctx: click.Context, /, site: Path | None, quiet: int, verbose: int, **options: Any) -> None:
        before = ctx.obj or Shell(Path())
        ctx.obj = shell = Shell(site or before.site, verbose - quiet or before.loudness)
        if isinstance(ctx.command, click.Group):
            return
        with _boundary(ctx, shell):
            function(shell, **options)

    return command


@contextmanager
def _boundary(ctx: click.Context, shell: Shell) -> Iterator[None]:
    """Turns every way a command can fail into words and an exit status."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise  # click knows what to do
    except SiteProblems as failure:
        shell.tell(failure.problems)
    except SitegenError as failure:
        shell.tell([failure.problem])
    except Exception as failure:
        if shell.loudness > 0:
            click.echo(traceback.format_exc(), err=True)
        click.echo(f"error: {printable(_in_one_line(failure))}", err=True)
    else:
        return
    ctx.exit(1)


def _in_one_line(failure: Exception) -> str:
    if isinstance(failure, OSError) and failure.strerror:
        return f"{failure.filename}: {failure.strerror}" if failure.filename else failure.strerror
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    place = f"{Path(frame.filename).name}, line {frame.lineno}"
    what = f"sitegen {__version__} has a bug: {type(failure).__name__} in {place}: {failure}"
    return f"{what}. Please report it, with what the same command says with -v"
