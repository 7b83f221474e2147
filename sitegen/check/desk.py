"""One run of the copy desk: a build that writes nothing, and then every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sitegen.check.fixing import mend
from sitegen.check.kept import Kept
from sitegen.check.needles import needles
from sitegen.check.paper import Paper
from sitegen.check.places import draft_problems
from sitegen.check.proofs import Proofs, read_proofs
from sitegen.check.registry import ELSEWHERE, OF_FILES, OF_PAGES, OF_SITES, RULES, severity
from sitegen.check.rule import Edit, Finding, Rule
from sitegen.check.silence import audible
from sitegen.check.writing import load_dictionary
from sitegen.config import Config, load, locate
from sitegen.diagnostics import line_reader
from sitegen.errors import Problem, SitegenError, SiteProblems, did_you_mean
from sitegen.files.outputs import Outputs, folder_name
from sitegen.plain import Record, digest, fingerprint
from sitegen.progress import Progress, silent
from sitegen.session import Session
from sitegen.session.bodies import read_bodies
from sitegen.session.pictures import read_pictures
from sitegen.site.publication import Allow
from sitegen.store import undamaged

__all__ = ["CheckOptions", "Checked", "check"]

T = TypeVar("T")
_Coded = tuple[str, Finding]


class CheckOptions(Record, frozen=True):
    """What a check may be told on the command line; docs/guide/checking.md says what each option does."""

    now: datetime | None = None
    strict: bool = False
    external: bool = False
    fix: bool = False
    jobs: int = 1


class Checked(Record, frozen=True):
    """What was found, each thing once and in order of place, and what was mended, which is not among it."""

    problems: tuple[Problem, ...]
    mended: tuple[Edit, ...] = ()
    files: int = 0
    """Stories and pages that were looked at."""
    outputs: int = 0
    """Rendered outputs that were looked at."""


def check(folder: Path, options: CheckOptions, progress: Progress = silent) -> Checked:
    """Everything that is wrong with the site in `folder`. Nothing is written but what is mended, if that is wanted.

    Whatever stops a build is what is wrong, and nothing else is looked for.
    """
    try:
        config = load(folder)
        _check_codes(folder, config)
        return undamaged(lambda forget: _check(folder, config, options, progress, forget=forget))
    except SiteProblems as stop:
        return Checked(stop.problems)
    except SitegenError as stop:
        return Checked((stop.problem,))


def _check_codes(folder: Path, config: Config) -> None:
    """Raises `SiteProblems` if `[check.rules]` names a rule that there is not."""
    wrong = [code for code in config.check.rules if code not in RULES]
    if wrong:
        raise SiteProblems(
            Problem(
                "error",
                "unknown-rule",
                f"no rule is called `{code}`",
                locate(folder, "check", "rules", code),
                hint=did_you_mean(code, RULES, "docs/guide/checking.md lists all"),
            )
            for code in wrong
        )


def _check(folder: Path, config: Config, options: CheckOptions, progress: Progress, *, forget: bool) -> Checked:
    with Session.open(folder, config, options.now, forget=forget, jobs=options.jobs, progress=progress) as session:
        problems = _as_in_a_build(session)
        kept = Kept(session)
        paper = Paper(session, load_dictionary(folder, config.check.dictionary))
        found = [*_in_files(paper, kept), *_applied(OF_SITES, paper, config)]
        problems += draft_problems(paper)
        outputs = 0
        if not any(problem.severity == "error" for problem in problems):  # else no build would render anything
            proofs, failed = _proofs(paper, kept)
            problems += failed
            outputs = len(proofs.scans)
            rules = (*OF_PAGES, *(ELSEWHERE if options.external else ()))
            found += _applied(rules, proofs, config)
        kept.save()
        mended = mend(folder, (finding.edit for _, finding in found if finding.edit)) if options.fix else []
        problems += _as_problems(found, config, mended)
        told = audible(problems, paper.everything, line_reader(folder))
        shown = [problem.promoted() if options.strict else problem for problem in told]
        return Checked(SiteProblems(shown).problems, tuple(mended), len(paper.everything), outputs)


def _as_in_a_build(session: Session) -> list[Problem]:
    """What a build would say before it renders anything."""
    session.read_content()
    problems = session.open_site(Allow())
    problems += read_bodies(session)
    problems += read_pictures(session)
    if session.config.search.enable and not any(problem.severity == "error" for problem in problems):
        problems += session.index()
    return problems


def _in_files(paper: Paper, kept: Kept) -> Iterator[_Coded]:
    """What the rules for single files find; of a file that is what it was, that is known."""
    asked = fingerprint((paper.config, digest(" ".join(sorted(paper.dictionary)).encode())))
    for path in paper.articles:

        def find(path: str = path) -> Iterator[_Coded]:
            copy = paper.copy(path)
            return _applied(OF_FILES, copy, paper.config) if copy else iter(())

        yield from kept.findings(asked, f"{path} {paper.session.content.marks[path]}", find)


def _applied(rules: Iterable[Rule[T]], subject: T, config: Config) -> Iterator[_Coded]:
    for rule in rules:
        if severity(rule, config.check) != "off":
            yield from ((rule.code, finding) for finding in rule.find(subject))


def _proofs(paper: Paper, kept: Kept) -> tuple[Proofs, list[Problem]]:
    session = paper.session
    folder = session.folder / session.config.output_dir
    name = folder_name(session.folder, folder)
    outputs = Outputs(folder, session.store.outputs(name), dry=True)
    same = session.same_routes and session.store.complete
    settled = same and session.store.note("settled", str) == name
    return read_proofs(paper, kept, needles(paper), outputs, settled=settled)


def _as_problems(found: Iterable[_Coded], config: Config, mended: Iterable[Edit]) -> Iterator[Problem]:
    done = set(mended)
    for code, finding in found:
        rule: Rule[Any] = RULES[code]
        if finding.edit is None or finding.edit not in done:
            yield finding.problem(rule, severity(rule, config.check))
