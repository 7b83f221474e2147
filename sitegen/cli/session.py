"""What all commands share: the options `--site`, `-q` and `-v`, how they speak, and how they end."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from sitegen import __version__
from sitegen.diagnostics import ReadLine, line_reader, printable, render, summary
from sitegen.errors import Problem, SitegenError, SiteProblems

__all__ = ["Session", "with_session"]


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command. `loudness` is below 0 for `-q`, above 0 for `-v`."""

    site: Path
    loudness: int = 0

    def say(self, text: str) -> None:
        """Tells the user how it went, unless he wants it quiet."""
        if self.loudness >= 0:
            click.echo(text)

    def tell(self, problems: Iterable[Problem], what: str = "", read_line: ReadLine | None = None) -> None:
        """Shows problems on standard error, and what they led to. `-q` leaves out warnings."""
        found = [problem for problem in problems if problem.severity == "error" or self.loudness >= 0]
        if found:
            stream = click.get_text_stream("stderr")
            click.echo(render(found, read_line or line_reader(self.site), colour=in_colour(stream)), file=stream, color=True)
            click.echo(summary(found, what), file=stream)


def in_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user wants colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def with_session(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the common options, and itself a `Session` as first argument; no traceback leaves it.

    The options may stand before the command too: those of the command itself win.
    """

    @click.option("--site", type=click.Path(file_okay=False, path_type=Path), help="The folder of the site. [default: .]")
    @click.option("-q", "--quiet", count=True, help="Only errors.")
    @click.option("-v", "--verbose", count=True, help="More detail.")
    @click.pass_context
    @wraps(function)
    def command(ctx: click.Context, /, site: Path | None, quiet: int, verbose: int, **options: Any) -> None:
        before = ctx.obj or Session(Path())
        ctx.obj = session = Session(site or before.site, verbose - quiet or before.loudness)
        if isinstance(ctx.command, click.Group):
            return
        with _boundary(ctx, session):
            function(session, **options)

    return command


@contextmanager
def _boundary(ctx: click.Context, session: Session) -> Iterator[None]:
    """Turns every way a command can fail into words and an exit status."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except SiteProblems as failure:
        session.tell(failure.problems)
        ctx.exit(1)
    except SitegenError as failure:
        session.tell([failure.problem])
        ctx.exit(1)
    except BrokenPipeError:
        raise
    except OSError as failure:
        _fail(ctx, session, f"{failure.strerror or failure}" + (f": {failure.filename}" if failure.filename else ""))
    except Exception as failure:
        frame = traceback.extract_tb(failure.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        _fail(
            ctx,
            session,
            f"sitegen {__version__} has a bug: {type(failure).__name__} in {place}: {failure}; "
            "please report it with what the same command says with -v",
        )


def _fail(ctx: click.Context, session: Session, message: str) -> None:
    if session.loudness > 0:
        click.echo(traceback.format_exc(), err=True)
    click.echo(f"error: {printable(message)}", err=True)
    ctx.exit(1)
