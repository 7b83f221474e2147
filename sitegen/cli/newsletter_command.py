"""`sitegen newsletter`: what was published, as a letter to readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sitegen.cli.options import base_url_option, now_option, since_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.config.checks import Unfit, slug
from sitegen.newsletter import Asked, Letter, letter, write

__all__ = ["EMPTY", "command"]

EMPTY = 3
"""The exit status that says that there is nothing to send."""
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _template(_ctx: click.Context, _param: click.Parameter, text: str) -> str:
    try:
        return slug(text)
    except Unfit as unfit:
        raise click.BadParameter(f"{text!r} is not the name of a template; {unfit.label}") from None


@click.command("newsletter")
@since_option("7d", help="24h, 7d, 2w, or since a date.", show_default=True)
@click.option("--template", default="weekly", show_default=True, metavar="NAME", callback=_template, help="Its form.")
@click.option("--output", type=_FOLDER, metavar="DIR", help="Where to write. [default: letters, in the site]")
@click.option("--language", default="", metavar="TAG", help="In a site of several languages, which edition.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@base_url_option
@now_option
@with_shell
def command(
    shell: Shell,
    output: Path | None,
    form: str,
    **asked: Any,
) -> None:
    """Write a letter to readers with what was published in a period.

    It is written twice, as HTML for mail programs and as plain text. Ends with status 3, and writes nothing, if nothing
    was published.
    """
    made = letter(shell.site, Asked(**asked))
    shell.tell(made.problems)
    if not made.stories:
        click.echo(f"nothing was published between {_span(made)}; there is no letter", err=True)
        raise click.exceptions.Exit(EMPTY)
    files = [*write(made, output or shell.site / "letters")]
    if form == "json":
        click.echo(json.dumps(_table(made, files), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(str, files)))
        shell.say(f"Subject: {made.subject}")


def _span(made: Letter) -> str:
    return f"{made.period.since:%Y-%m-%d %H:%M} and {made.period.until:%Y-%m-%d %H:%M}"


def _table(made: Letter, files: list[Path]) -> dict[str, object]:
    html, text = map(str, files)
    period = {"since": made.period.since.isoformat(), "until": made.period.until.isoformat()}
    return {
        "name": made.name, "subject": made.subject, **period, "html": html, "text": text, "stories": list(made.stories)
    }  # fmt: skip
