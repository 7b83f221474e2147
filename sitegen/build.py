"""From files to a published site, as one list of stages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.clock import the_instant
from sitegen.config import load
from sitegen.database import DamagedState, remove_damaged
from sitegen.errors import Problem, SitegenError, SiteProblems
from sitegen.idle import Glance
from sitegen.lock import locked
from sitegen.outputs import Outputs
from sitegen.pictures import prune_images, read_pictures
from sitegen.press import Press
from sitegen.progress import Progress, silent
from sitegen.report import Report
from sitegen.session import STATE_FOLDER, Session
from sitegen.site.publication import Allow
from sitegen.timing import Times

__all__ = ["BuildOptions", "Report", "build"]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be told on the command line; docs/guide/publishing.md says what each option does."""

    output: Path | None = None
    base_url: str | None = None
    now: datetime | None = None
    drafts: bool = False
    future: bool = False
    expired: bool = False
    strict: bool = False
    jobs: int = 1
    clean: bool = False
    dry_run: bool = False
    profile: bool = False

    def visible(self) -> tuple[bool, ...]:
        """The options that decide what a build finds."""
        return self.drafts, self.future, self.expired, self.strict

    def overrides(self) -> dict[str, object]:
        """The settings that options replace."""
        given = {"base_url": self.base_url, "output_dir": self.output and str(self.output)}
        return {key: value for key, value in given.items() if value is not None}


def build(folder: Path, options: BuildOptions, progress: Progress = silent) -> Report:
    """Bring the output folder of the site in `folder` up to date; `progress` is told how far it has come.

    Problems of the site are in the report; an error that stands before rendering leaves the output folder as it was.
    Raises `SiteProblems` if there is no site to speak of (a broken configuration).
    """
    start = time.perf_counter()
    config = load(folder, options.overrides())
    report = Report(now=the_instant(config.timezone, options.now), profile=Times() if options.profile else None)
    with _phase(report, "glance"):
        glance = Glance.take(folder, config, options.visible())
        idle = not options.clean and glance.repeats(report)
    if not idle:
        report = _build_alone(glance, options, report, progress)
    report.seconds = time.perf_counter() - start
    return report


def _build_alone(glance: Glance, options: BuildOptions, report: Report, progress: Progress) -> Report:
    """A build while no other one runs in this site; from a state that is made anew if it turns out to be damaged."""
    if options.dry_run:
        return _build_whole(glance, options, report, progress)
    with locked(glance.site / STATE_FOLDER, lambda: progress("wait", 0, 0)) as waited:
        if waited:  # the files may have changed meanwhile
            glance = Glance.take(glance.site, glance.config, options.visible())
        return _build_whole(glance, options, report, progress)


def _build_whole(glance: Glance, options: BuildOptions, report: Report, progress: Progress) -> Report:
    try:
        _build(glance, options, report, progress)
    except DamagedState as damage:
        # It was found only when a remembered value was needed. A report that is half made is no loss.
        report = Report(now=report.now, profile=Times() if options.profile else None)
        _build(glance, options, report, progress, damage)
    return report


def _build(
    glance: Glance, options: BuildOptions, report: Report, progress: Progress, damage: DamagedState | None = None
) -> None:
    forget, write = options.clean or damage is not None, not options.dry_run
    if damage and write:
        remove_damaged(glance.site / STATE_FOLDER)
    with Session.open(
        glance.site,
        glance.config,
        report.now,
        write=write,
        forget=forget,
        seen=glance.sources,
        jobs=options.jobs,
        progress=progress,
        times=report.profile,
    ) as session:
        report.notice = str(damage or session.store.notice)
        try:
            _stages(session, glance, options, report)
        except SitegenError as error:
            if isinstance(error, DamagedState):
                raise
            _add(report, _chain(error), options.strict)


def _chain(error: BaseException | None) -> Iterator[Problem]:
    """A full disk stops first the outputs and then the state: both are told."""
    while error is not None:
        if isinstance(error, SitegenError):
            yield error.problem
        error = error.__context__


def _stages(session: Session, glance: Glance, options: BuildOptions, report: Report) -> None:
    with _phase(report, "read"):
        session.read_content()
    with _phase(report, "site"):
        problems = session.open_site(Allow(options.drafts, options.future, options.expired))
    with _phase(report, "bodies"):
        problems += session.read_bodies()
    with _phase(report, "pictures"):
        problems += read_pictures(session)
    report.articles, report.next_due = dict(session.standing.counts), session.standing.next_due
    _add(report, problems, options.strict)
    if session.config.search.enable and not report.errors:
        with _phase(report, "search"):
            _add(report, session.index(), options.strict)
    if report.errors:
        return
    outputs = Outputs(
        session.folder / session.config.output_dir, session.store.outputs(glance.output), dry=options.dry_run
    )
    same = session.same_routes and session.store.complete
    press = Press(session, outputs, settled=same and session.store.note("settled", str) == glance.output)
    if not options.dry_run:
        session.store.begin(glance.output, press.new_files())
    try:
        with _phase(report, "render"):
            _add(report, press.render(report), options.strict)
        with _phase(report, "publish"):
            press.publish(report)
            prune_images(session, report.removed)
    except BaseException:
        press.stop()
        raise
    finally:
        # Also when the disk is full or the build is interrupted: what was written is ours, and must be known as ours.
        with _phase(report, "save"):
            _save(session, press, glance, report)


def _save(session: Session, press: Press, glance: Glance, report: Report) -> None:
    if press.outputs.dry:
        return
    if report.published:
        session.save(whole=not report.errors)
        session.store.save_note("settled", None if report.errors else glance.output)
        glance.leave_note(session.store, report, session.standing.until)
    session.store.save_outputs(glance.output, press.outputs.ours)
    session.store.commit(complete=report.published)


def _add(report: Report, problems: Iterable[Problem], strict: bool) -> None:
    found = [problem.promoted() if strict else problem for problem in problems]
    report.problems = SiteProblems([*report.problems, *found]).problems


@contextmanager
def _phase(report: Report, name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        report.phases[name] = report.phases.get(name, 0.0) + time.perf_counter() - start
