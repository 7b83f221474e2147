"""`sitegen serve`: what you save is what you see."""

from __future__ import annotations

import gc
import webbrowser
from contextlib import suppress
from typing import Any

import click

from sitegen.cli.options import now_option, processors
from sitegen.cli.shell import Shell, with_shell
from sitegen.serve.preview import Preview
from sitegen.serve.server import ServeOptions, serve

__all__ = ["command"]

_WARNING = "anybody in the same network can see this preview, drafts included"

_POLLS = "the system watches no more files, so they are looked at again and again, as with `--poll`"


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, metavar="N", help="0: any that is free."
)
@click.option(
    "--allow-host", "allowed_hosts", multiple=True, metavar="NAME", help="A further name that requests may ask for."
)
@now_option
@click.option("--drafts/--no-drafts", default=True, help="With all that readers do not see yet, or no more.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--follow", is_flag=True, help="Go to the page whose file was saved.")
@click.option("--poll", is_flag=True, help="Look at the files again and again, where the system tells of no changes.")
@with_shell
def command(shell: Shell, open_browser: bool, **rest: Any) -> None:
    """Show the site while you write. Nothing is written to the output folder."""
    gc.enable()  # it may run for days
    options = ServeOptions(**rest, jobs=processors())

    def ready(urls: list[str], preview: Preview, polls: bool) -> None:
        shell.tell(preview.problems, "the last good pages are shown")
        for url in urls:
            click.echo(f"sitegen serves {shell.site.resolve()} at {url}")
        if len(urls) > 1 or not urls[0].startswith(("http://127.", "http://localhost", "http://[::1]")):
            click.echo(f"warning: {_WARNING}", err=True)
        if polls:
            click.echo(f"warning: {_POLLS}", err=True)
        if open_browser:
            webbrowser.open(urls[0])

    with suppress(KeyboardInterrupt):  # the usual way to end it
        serve(shell.site, options, ready)
