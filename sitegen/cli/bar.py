"""A progress bar on the terminal, for builds that take long enough to wonder.

It is drawn only when a stage says how far it has come: a thread that draws would be there when processes are forked.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from sitegen.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import Task, TaskID

__all__ = ["progress_bar"]

_PATIENCE = 0.5
"""Seconds before anything is shown: a build with little to do neither flickers nor loads the library."""
_REST = 0.1
"""Seconds between two updates."""
_STAGES = {"read": "Reading", "bodies": "Markdown", "pictures": "Pictures", "audio": "Speaking", "render": "Rendering"}


@contextmanager
def progress_bar(wanted: bool) -> Iterator[Progress]:
    """What to hand to a build; silent unless `wanted`, and but for one word if standard error cannot show a bar."""
    if not wanted:
        yield silent
        return
    bar = _Bar() if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else None
    try:
        yield partial(_show, bar or silent)
    finally:
        if bar:
            bar.close()


def _show(bar: Progress, stage: str, done: int, total: int) -> None:
    if stage == "wait":
        click.echo("another build of this site is running; waiting for it", err=True)
    else:
        bar(stage, done, total)


class _Bar:
    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._bar: RichProgress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next and not (self._bar and done == total):
            return
        self._next = now + _REST
        bar = self._bar = self._bar or _rich()
        if stage not in self._tasks:
            self._tasks[stage] = bar.add_task(_STAGES.get(stage, stage), total=total)
        bar.update(self._tasks[stage], completed=done, refresh=True)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _rich() -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(_rate(task.finished_speed or task.speed or 0.0), "progress.data.speed")

    bar = RichProgress(
        *(TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.start()
    return bar


def _rate(speed: float) -> str:
    """`1,240/s`; empty while it is not known."""
    return f"{speed:,.{0 if speed >= 10 else 1}f}/s" if speed else ""
