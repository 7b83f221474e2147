"""A build: at a glance if there is nothing to do, else stage by stage (`sitegen.stages`)."""

from __future__ import annotations

import time
from pathlib import Path

from sitegen.clock import the_instant
from sitegen.config import load
from sitegen.idle import Glance
from sitegen.options import BuildOptions
from sitegen.progress import Progress, silent
from sitegen.report import Report, phase, times_of

__all__ = ["BuildOptions", "Report", "build"]


def build(folder: Path, options: BuildOptions, progress: Progress = silent) -> Report:
    """Bring the output folder of the site in `folder` up to date; `progress` is told how far it has come.

    Problems of the site are in the report; an error that stands before rendering leaves the output folder as it was.
    Raises `SiteProblems` if there is no site to speak of (a broken configuration).
    """
    start = time.perf_counter()
    config = load(folder, options.overrides())
    report = Report(now=the_instant(config.timezone, options.now), profile=times_of(options.profile))
    with phase(report, "glance"):
        glance = Glance.take(folder, config, options.visible())
        idle = not options.clean and glance.repeats(report)
    if not idle:
        from sitegen.stages import build_alone  # only a build that has something to do needs all of sitegen

        report = build_alone(glance, options, report, progress)
    report.seconds = time.perf_counter() - start
    return report
