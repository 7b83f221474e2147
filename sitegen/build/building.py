"""A build: at a glance if there is nothing to do, else stage by stage (`sitegen.build.stages`)."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from sitegen.build.idle import Glance
from sitegen.build.options import BuildOptions
from sitegen.build.report import Report, phase, times_of
from sitegen.clock import the_instant
from sitegen.config import Config, load
from sitegen.errors import Problem, SiteProblems, Span
from sitegen.progress import Progress, silent

__all__ = ["BuildOptions", "Report", "build"]


def build(folder: Path, options: BuildOptions, progress: Progress = silent) -> Report:
    """Bring the output folder of the site in `folder` up to date; `progress` is told how far it has come.

    Problems of the site are in the report; an error that stands before rendering leaves the output folder as it was.
    Raises `SiteProblems` if there is no site to speak of (a broken configuration), or a preview would take its place.
    """
    start = time.perf_counter()
    config = load(folder, options.overrides())
    if options.preview:
        config = _for_a_few_eyes(config, load(folder))
    report = Report(now=the_instant(config.timezone, options.now), profile=times_of(options.profile))
    with phase(report, "glance"):
        glance = Glance.take(folder, config, options.visible())
        idle = not options.clean and glance.repeats(report)
    if not idle:
        from sitegen.build.stages import build_alone  # only a build that has something to do needs all of sitegen

        report = build_alone(glance, options, report, progress)
    report.base_url, report.preview = config.base_url, config.preview
    report.seconds = time.perf_counter() - start
    return report


def _for_a_few_eyes(config: Config, usual: Config) -> Config:
    """The configuration of a preview. Raises `SiteProblems` if it would be where the `usual` site is."""
    if _place(config.base_url) == _place(usual.base_url):
        message = f"a preview cannot be where the site is, at {usual.base_url}"
        hint = "name another address with `--base-url`"
        raise SiteProblems([Problem("error", "preview-in-place", message, Span(config.path), hint=hint)])
    return replace(config, preview=True)


def _place(base_url: str) -> tuple[str | None, int | None, str]:
    """What tells one place from another, whether it is asked for by http or by https."""
    parts = urlsplit(base_url)
    return parts.hostname, None if parts.port in (80, 443) else parts.port, parts.path
