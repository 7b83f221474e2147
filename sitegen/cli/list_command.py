"""`sitegen list`: what is published, what waits, what is over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import click
from msgspec.structs import asdict

from sitegen.cli.options import now_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import columns, printable
from sitegen.explain.listing import Row, articles_by_state

__all__ = ["command"]

_STATES = {
    "drafts": "draft",
    "scheduled": "scheduled",
    "expired": "expired",
    "withdrawn": "withdrawn",
    "published": "published",
}


def _changes(row: Row) -> str | None:
    return row.changes.isoformat(sep=" ", timespec="minutes") if row.changes else None


def _as_text(rows: Sequence[Row]) -> str:
    """A table: state, when it changes, file, title."""
    cells = [(row.state, _changes(row) or "-", printable(row.path), printable(row.title)) for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    padded = (
        [cell + " " * (width - columns(cell)) for cell, width in zip(line, widths, strict=True)] for line in cells
    )
    return "\n".join("  ".join(line).rstrip() for line in padded)


def _as_json(rows: Sequence[Row]) -> str:
    objects = [asdict(row) | {"changes": row.changes and row.changes.isoformat()} for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=2)


@click.command("list")
@click.argument("state", required=False, type=click.Choice(list(_STATES)))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@now_option
@with_shell
def command(shell: Shell, state: str | None, form: str, now: datetime | None) -> None:
    """Show which stories are in which state, and when that changes.

    Those that change soonest come first.
    """
    listing = articles_by_state(shell.site, now)
    rows = [row for row in listing.rows if state is None or row.state == _STATES[state]]
    shell.tell(listing.problems)
    if form == "json":
        click.echo(_as_json(rows))
    elif rows:
        click.echo(_as_text(rows))
    if any(problem.severity == "error" for problem in listing.problems):
        raise click.exceptions.Exit(1)
