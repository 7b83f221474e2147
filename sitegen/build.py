"""From files to a published site, as one list of stages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.clock import the_instant
from sitegen.config import load
from sitegen.database import DamagedState, remove_damaged
from sitegen.errors import Problem, SitegenError, SiteProblems, Span
from sitegen.files import ChangedWhileReading
from sitegen.idle import Glance
from sitegen.outputs import Outputs
from sitegen.progress import Progress, silent, tracked
from sitegen.report import Report
from sitegen.session import STATE_FOLDER, Content, Session
from sitegen.site.publication import Allow, next_change, state
from sitegen.site.routes import Route

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
    report = Report(now=the_instant(config.timezone, options.now))
    with _phase(report, "glance"):
        glance = Glance.take(folder, config, options.visible())
        idle = not options.clean and glance.repeats(report)
    if not idle:
        try:
            _build(glance, options, report, progress)
        except DamagedState as damage:
            # It was found only when a remembered value was needed. A report that is half made is no loss.
            report = Report(now=report.now)
            _build(glance, options, report, progress, damage)
    report.seconds = time.perf_counter() - start
    return report


def _build(
    glance: Glance, options: BuildOptions, report: Report, progress: Progress, damage: DamagedState | None = None
) -> None:
    forget, lock = options.clean or damage is not None, not options.dry_run
    if damage and lock:
        remove_damaged(glance.site / STATE_FOLDER)
    opened = Session.open(glance.site, glance.config, report.now, lock=lock, forget=forget, progress=progress)
    with opened as session:
        report.notice = str(damage or session.store.notice)
        try:
            _stages(session, glance, options, report)
        except SitegenError as error:
            if isinstance(error, DamagedState):
                raise
            _add(report, _chain(error), options.strict)
        except ChangedWhileReading as error:
            _add(report, [_changed(error)], options.strict)


def _chain(error: BaseException | None) -> Iterator[Problem]:
    """A full disk stops first the outputs and then the state: both are told."""
    while error is not None:
        if isinstance(error, SitegenError):
            yield error.problem
        error = error.__context__


def _stages(session: Session, glance: Glance, options: BuildOptions, report: Report) -> None:
    with _phase(report, "read"):
        content = session.read_content()
    with _phase(report, "site"):
        problems = session.open_site(content, Allow(options.drafts, options.future, options.expired))
    with _phase(report, "bodies"):
        problems += session.read_bodies()
    _count(report, session, content)
    _add(report, [*content.problems, *problems], options.strict)
    if report.errors:
        return
    name = glance.output
    outputs = Outputs(session.folder / session.config.output_dir, session.store.outputs(name), dry=options.dry_run)
    if not options.dry_run:
        ours = (route.file for route in session.routes.values() if route.file not in outputs.ours)
        session.store.begin(name, ours)
    try:
        with _phase(report, "render"):
            _add(report, _render_all(session, outputs, report), options.strict)
        with _phase(report, "prune"):
            keep = {route.file for route in session.routes.values()}
            report.removed = [_url(file) for file in outputs.prune(keep)]
        report.published = True
    finally:
        # Also when the disk is full or the build is interrupted: what was written is ours, and must be known as ours.
        with _phase(report, "save"):
            until = next_change(content.articles, session.now)
            _save(session, outputs, glance, report, until, dry=options.dry_run)


def _render_all(session: Session, outputs: Outputs, report: Report) -> Iterator[Problem]:
    report.total = len(session.routes)
    for url, route in tracked(session.routes.items(), "render", session.progress):
        try:
            _render(session, route, outputs, report)
        except SitegenError as error:
            if error.problem.code in ("cannot-write", "damaged-state"):
                raise
            report.failed += 1
            yield error.problem
        except ChangedWhileReading as error:
            report.failed += 1
            yield _changed(error)
        except OSError as error:
            report.failed += 1
            yield Problem("error", "unreadable", f"`{url}` cannot be made: {error}", Span(route.origin))


def _changed(error: ChangedWhileReading) -> Problem:
    return Problem("error", "unreadable", "the file changed while it was read; build again", Span(str(error)))


def _render(session: Session, route: Route, outputs: Outputs, report: Report) -> None:
    question = ("output", route.url)
    answer = session.engine.ask(question)
    if answer.stood and outputs.holds(route.file, answer.fingerprint):
        return
    data = session.engine.recompute(question) if answer.stood else answer.value
    answer.value = None  # the folder has the bytes now; a hundred thousand of them would not fit in memory
    report.rendered.append(route.url)
    if outputs.put(route.file, data):
        report.written.append(route.url)


def _save(
    session: Session, outputs: Outputs, glance: Glance, report: Report, until: datetime | None, *, dry: bool
) -> None:
    if dry:
        return
    if report.published:
        session.store.save(session.files.stamps, session.engine.asked())
    session.store.save_outputs(glance.output, outputs.ours)
    session.store.save_note(glance.output, None if report.errors else glance.note(report, until))
    session.store.commit()


def _url(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{file}"


def _count(report: Report, session: Session, content: Content) -> None:
    stories = [article for article in content.articles if article.kind in ("story", "page")]
    counts = Counter(state(article, session.now) for article in stories)
    names = {"published": "published", "drafts": "draft", "scheduled": "scheduled", "expired": "expired"}
    report.articles = {name: counts[key] for name, key in names.items()}  # type: ignore[index]
    report.next_due = next_change(stories, session.now)


def _add(report: Report, problems: Iterator[Problem] | list[Problem], strict: bool) -> None:
    found = [problem.promoted() if strict else problem for problem in problems]
    report.problems = SiteProblems([*report.problems, *found]).problems


@contextmanager
def _phase(report: Report, name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        report.phases[name] = report.phases.get(name, 0.0) + time.perf_counter() - start
