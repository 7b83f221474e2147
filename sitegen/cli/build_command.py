"""`sitegen build`: the site, written to its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sitegen.build import BuildOptions, build
from sitegen.build.report import Report
from sitegen.cli.bar import progress_bar
from sitegen.cli.options import base_url_option, now_option, processors
from sitegen.cli.profile import profile
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import count
from sitegen.files import write_atomically

__all__ = ["command", "processors"]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)

_OLD_FOLDER = "the output folder was left as it was"
_OLD_PAGES = "pages that failed were left as they were"
_WRITTEN = "the output folder was written all the same: it must not be published"


def _in_words(report: Report, verb: str) -> str:
    """`built 212 pages in 1.2 s: 3 rendered, 209 kept, 3 written, 0 removed; next change 2026-03-13 06:00`."""
    zone = report.now.tzinfo if report.now else None
    work = ", ".join(f"{report.outputs[what]} {what}" for what in ("rendered", "kept", "written", "removed"))
    due = f"; next change {report.next_due.astimezone(zone):%Y-%m-%d %H:%M}" if report.next_due else ""
    return f"{verb} {count(report.total, 'page')} in {report.seconds:.1f} s: {work}{due}"


def _held_back(report: Report, options: BuildOptions) -> str:
    """`not published: 2 drafts, 1 scheduled, 40 expired`; empty if nothing is held back that was not asked for."""
    shown = {"published": True, "drafts": options.drafts, "scheduled": options.future, "expired": options.expired}
    held = {state: number for state, number in report.articles.items() if number and not shown.get(state, True)}
    counts = [f"{number} {state.removesuffix('s') if number == 1 else state}" for state, number in held.items()]
    return f"not published: {', '.join(counts)}" if counts else ""


def _aftermath(report: Report) -> str:
    """What errors led to."""
    if report.published and not report.failed:
        return _WRITTEN
    return _OLD_PAGES if report.published or report.written else _OLD_FOLDER


def _details(report: Report) -> str:
    """What `-v` adds: which URLs changed, and where the time went."""
    rows = [f"  written {url}" for url in report.written] + [f"  removed {url}" for url in report.removed]
    return "\n".join([*rows, *(f"  {seconds:7.3f} s  {name}" for name, seconds in report.phases.items())])


@click.command("build")
@click.option("--output", type=_FOLDER, metavar="DIR", help="Write there instead of the configured folder.")
@base_url_option
@now_option
@click.option("--drafts", is_flag=True, help="With drafts.")
@click.option("--future", is_flag=True, help="With stories whose time has not come.")
@click.option("--expired", is_flag=True, help="With stories that have expired.")
@click.option("--preview", is_flag=True, help="For a few eyes: nothing for search engines. Needs a --base-url.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Processes. [default: all]")
@click.option("--clean", is_flag=True, help="As if nothing had been built before; the result is the same bytes.")
@click.option("--dry-run", is_flag=True, help="Write nothing; report as if.")
@click.option("--profile", is_flag=True, help="Name the slowest phases, templates, questions and pages.")
@click.option("--report", "report_file", type=_FILE, metavar="FILE", help="Write a report in JSON.")
@with_shell
def command(shell: Shell, output: Path | None, dry_run: bool, report_file: Path | None, **rest: Any) -> None:
    """Write the site to the output folder.

    Only what could have changed is rendered, and only files whose bytes changed are written.
    """
    options = BuildOptions(output and output.absolute(), dry_run=dry_run, **rest)
    with progress_bar(shell.loudness >= 0) as progress:
        report = build(shell.site, options, progress)
    if report_file:
        write_atomically(report_file, report.to_json().encode())
    shell.say(report.notice)
    shell.tell(report.problems, _aftermath(report))
    if shell.loudness > 0:
        shell.say(_details(report))
    shell.say(profile(report))
    if report.published:
        shell.say(_held_back(report, options))
        shell.say(_in_words(report, "would build" if dry_run else "built"))
    if report.errors:
        raise click.exceptions.Exit(1)
