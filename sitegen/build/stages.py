"""From files to a published site, as one list of stages: what a build does that has something to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.build.idle import Glance
from sitegen.build.options import BuildOptions
from sitegen.build.press import Press
from sitegen.build.report import Report, phase, times_of
from sitegen.errors import Problem, SitegenError, SiteProblems
from sitegen.files.outputs import Outputs
from sitegen.progress import Progress
from sitegen.session import Session
from sitegen.session.bodies import read_bodies
from sitegen.session.leaving import save
from sitegen.session.pictures import prune_images, read_pictures
from sitegen.site.publication import Allow
from sitegen.store import STATE_FOLDER
from sitegen.store.database import DamagedState, remove_damaged
from sitegen.store.lock import locked

__all__ = ["build_alone"]


def build_alone(glance: Glance, options: BuildOptions, report: Report, progress: Progress) -> Report:
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
        report = Report(now=report.now, profile=times_of(options.profile))
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
    ours = session.store.outputs(glance.output)
    outputs = Outputs(session.folder / session.config.output_dir, ours, dry=options.dry_run)
    _read(session, outputs, options, report)
    if not report.errors:
        _make(session, outputs, glance, options, report)


def _read(session: Session, outputs: Outputs, options: BuildOptions, report: Report) -> None:
    with phase(report, "read"):
        session.read_content(outputs.looks)
    with phase(report, "site"):
        problems = session.open_site(Allow(options.drafts, options.future, options.expired))
    with phase(report, "bodies"):
        problems += read_bodies(session)
    with phase(report, "pictures"):
        problems += read_pictures(session)
    report.articles, report.next_due = dict(session.standing.counts), session.standing.next_change
    _add(report, problems, options.strict)
    if session.config.search.enable and not report.errors:
        with phase(report, "search"):
            _add(report, session.index(), options.strict)


def _make(session: Session, outputs: Outputs, glance: Glance, options: BuildOptions, report: Report) -> None:
    settled = session.store.complete and session.store.note("settled", str) == glance.output
    press = Press(session, outputs, settled=settled)
    if not options.dry_run:
        session.store.begin(glance.output, press.new_files())
    try:
        with phase(report, "render"):
            _add(report, press.render(report), options.strict)
        with phase(report, "publish"):
            press.publish(report)
            prune_images(session, report.removed)
        if options.strict:
            with phase(report, "leaks"):
                _add(report, _leaks(session, press), strict=True)
    except BaseException:
        press.stop()
        raise
    finally:
        # Also when the disk is full or the build is interrupted: what was written is ours, and must be known as ours.
        with phase(report, "save"):
            _save(session, press, glance, report)


def _leaks(session: Session, press: Press) -> list[Problem]:
    from sitegen.check.guard import leaks_in  # here, because only strict builds look for them

    return leaks_in(session, press.outputs)


def _save(session: Session, press: Press, glance: Glance, report: Report) -> None:
    if press.outputs.dry:
        return
    if report.published:
        save(session, whole=not report.errors)
        session.store.save_note("settled", None if report.errors else glance.output)
        glance.leave_note(session.store, report, session.standing.ends)
    session.store.save_outputs(glance.output, press.outputs.ours)
    session.store.commit(complete=report.published)


def _add(report: Report, problems: Iterable[Problem], strict: bool) -> None:
    found = [problem.promoted() if strict else problem for problem in problems]
    report.problems = SiteProblems([*report.problems, *found]).problems
