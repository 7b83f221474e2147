"""`sitegen schema`: the front matter, described for editors."""

from __future__ import annotations

import json

import click

from sitegen.cli.shell import Shell, with_shell
from sitegen.config import load
from sitegen.content.schema import json_schema

__all__ = ["command"]


@click.command("schema")
@with_shell
def command(shell: Shell) -> None:
    """Print the JSON Schema of the front matter, for editors.

    Keys that the site lets through ([front_matter] extra, rename) are part of it.
    """
    front_matter = load(shell.site).front_matter
    click.echo(json.dumps(json_schema(front_matter.extra + tuple(front_matter.rename)), ensure_ascii=False, indent=2))
