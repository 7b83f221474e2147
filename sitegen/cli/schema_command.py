"""`sitegen schema`: the front matter, or the files of fronts, described for editors."""

from __future__ import annotations

import json

import click

from sitegen.cli.shell import Shell, with_shell
from sitegen.config import load
from sitegen.content.front_schema import front_schema
from sitegen.content.schema import json_schema
from sitegen.explain.vocabulary import vocabulary

__all__ = ["command"]


@click.command("schema")
@click.option("--front", is_flag=True, help="Of the files in which editors say what stands on a front.")
@with_shell
def command(shell: Shell, front: bool) -> None:
    """Print the JSON Schema of the front matter, for editors.

    Keys that the site lets through ([front_matter] extra, rename) are part of it, and so are the names of its sections,
    authors, tags and series, for editors to offer.
    """
    known = vocabulary(shell.site)
    front_matter = load(shell.site).front_matter
    extra = front_matter.extra + tuple(front_matter.rename)
    schema = front_schema(known) if front else json_schema(extra, known)
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
