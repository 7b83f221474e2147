"""What a build did, for people and for the report file."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from sitegen import __version__
from sitegen.diagnostics import problem_json
from sitegen.errors import Problem

if TYPE_CHECKING:  # only `--profile` needs it, and every build would wait for it
    from sitegen.engine.timing import Times

__all__ = ["Report", "phase", "times_of"]


class Report(Struct):
    """What a build did. `rendered`, `kept`, … count outputs; `seconds` and `phases` are seconds of wall time."""

    version: str = __version__
    now: datetime | None = None
    seconds: float = 0.0
    articles: dict[str, int] = field(default_factory=dict)
    total: int = 0
    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    next_due: datetime | None = None
    problems: tuple[Problem, ...] = ()
    phases: dict[str, float] = field(default_factory=dict)
    notice: str = ""
    """One line about a state that could not be used; empty if there is nothing to say."""
    failed: int = 0
    """Outputs that could not be rendered and keep their old files."""
    published: bool = False
    """Whether the output folder was brought up to date; false if problems were found before anything was rendered."""
    base_url: str = ""
    """Where the site will be."""
    preview: bool = False
    """Whether it was built for a few eyes."""
    profile: Times | None = None
    """How long things took; None unless that was asked for."""

    @property
    def kept(self) -> int:
        return self.total - len(self.rendered) - self.failed

    def repeat(
        self, articles: Mapping[str, int], total: int, next_due: datetime | None, problems: tuple[Problem, ...]
    ) -> None:
        """Report what the last build found: nothing has changed since."""
        self.articles, self.total, self.next_due, self.problems = dict(articles), total, next_due, problems
        self.published = True

    @property
    def outputs(self) -> dict[str, int]:
        """Counts, as the report file has them."""
        counts = {"rendered": len(self.rendered), "kept": self.kept, "written": len(self.written)}
        return {"total": self.total, **counts, "removed": len(self.removed)}

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    def to_json(self) -> str:
        """The report file. Its names are pinned: others' scripts read it."""
        return json.dumps(
            {
                "version": self.version,
                "now": self.now.isoformat() if self.now else None,
                "seconds": round(self.seconds, 3),
                "articles": self.articles,
                "outputs": self.outputs,
                "written": self.written,
                "removed": self.removed,
                "next_due": self.next_due.isoformat() if self.next_due else None,
                "problems": [problem_json(problem) for problem in self.problems],
                "phases": {name: round(seconds, 3) for name, seconds in self.phases.items()},
                "base_url": self.base_url,
                "preview": self.preview,
                **({} if self.profile is None else {"profile": _profile_json(self.profile)}),
            },
            indent=1,
            ensure_ascii=False,
        )


def _profile_json(times: Times) -> dict[str, Any]:
    from sitegen.engine.timing import slowest

    return {
        "templates": [
            {"name": name, "calls": figure.calls, "seconds": _fine(figure.seconds)}
            for name, figure in slowest(times.templates)
        ],
        "questions": [
            {
                "kind": kind,
                "asked": times.asked[kind],
                "computed": figure.calls,
                "seconds": _fine(figure.seconds),
            }
            for kind, figure in slowest(times.questions)
        ],
        "bodies": [{"path": path, "seconds": _fine(seconds)} for seconds, path in times.singles["bodies"]],
        "pages": [{"url": url, "seconds": _fine(seconds)} for seconds, url in times.singles["pages"]],
    }


def _fine(seconds: float) -> float:
    return round(seconds, 6)


def times_of(wanted: bool) -> Times | None:
    """What takes in how long things take, if that is wanted."""
    if not wanted:
        return None
    from sitegen.engine.timing import Times

    return Times()


@contextmanager
def phase(report: Report, name: str) -> Iterator[None]:
    """Adds the seconds that the block takes to a phase of the report."""
    start = time.perf_counter()
    try:
        yield
    finally:
        report.phases[name] = report.phases.get(name, 0.0) + time.perf_counter() - start
