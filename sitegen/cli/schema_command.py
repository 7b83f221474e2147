"""`sitegen schema`: the front matter, described for editors."""

from __future__ import annotations

import json

import click

from sitegen.cli.shell import Shell, with_shell
from sitegen.config import load
from sitegen.content.schema import json_schema
from sitegen.vocabulary import vocabulary

__all__ = ["command"]


@click.command("schema")
@with_shell
def command(shell: Shell) -> None:
    """Print the JSON Schema of the front matter, for editors.

    Keys that the site lets through ([front_matter] extra, rename) are part of it, and so are the names of its sections,
    authors, tags and series, for editors to offer.
    """
    front_matter = load(shell.site).front_matter
    extra = front_matter.extra + tuple(front_matter.rename)
    click.echo(json.dumps(json_schema(extra, vocabulary(shell.site)), ensure_ascii=False, indent=2))
