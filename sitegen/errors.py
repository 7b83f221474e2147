"""What can go wrong, and where.

::

    SitegenError              anything a user can cause; never a traceback
    ├── ConfigError           the configuration file
    ├── ContentError          a story, a page, a data file
    ├── TemplateError         a template or a theme
    ├── RouteError            two outputs at one URL, or one outside the output folder
    ├── PluginError           a plugin
    └── StateError            the state or the output folder on disk
    SiteProblems              one or more problems that end a command

`Span` is the only notion of place. An error is raised; a `Problem` is the same thing as plain data, collected,
sorted and shown once. A warning is a problem of lower severity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "ConfigError",
    "ContentError",
    "PluginError",
    "Problem",
    "RouteError",
    "Severity",
    "SiteProblems",
    "SitegenError",
    "Span",
    "StateError",
    "TemplateError",
    "did_you_mean",
]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:  # no `Record`: the command line needs problems before anything else, and starts sooner without it
    """A place in a file. `path` is relative to the site; lines and columns count from 1, 0 means "not known"."""

    path: str
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, ready to be sorted, stored and shown.

    `code` is its stable name (`bad-date`); `message` one sentence; `label` the words beside the caret; `hint` what to
    do.
    """

    severity: Severity
    code: str
    message: str
    span: Span
    label: str = ""
    hint: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """A total order: by place, then by code and message."""
        return self.span.path, self.span.line, self.span.column, self.code, self.message

    def promoted(self) -> Problem:
        """The same problem as an error (what `--strict` does to warnings)."""
        return replace(self, severity="error")


class SitegenError(Exception):
    """Something a user can cause and mend. `code` is the stable name that reports carry."""

    code = "error"

    def __init__(self, message: str, span: Span, hint: str = "", *, label: str = "", code: str = "") -> None:
        super().__init__(message)
        self.problem = Problem("error", code or self.code, message, span, label, hint)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.problem)  # so that it can be sent from one process to another


def _again(cls: type[SitegenError], problem: Problem) -> SitegenError:
    error = cls(problem.message, problem.span)
    error.problem = problem
    return error


class ConfigError(SitegenError):
    """The configuration cannot be used as it stands."""

    code = "bad-config"


class ContentError(SitegenError):
    """A story, page or data file cannot be used as it stands."""

    code = "bad-content"


class TemplateError(SitegenError):
    """A template or a theme failed."""

    code = "bad-template"


class RouteError(SitegenError):
    """Two outputs claim one URL, or one would leave the output folder."""

    code = "bad-route"


class PluginError(SitegenError):
    """A plugin could not be loaded, or raised."""

    code = "bad-plugin"


class StateError(SitegenError):
    """The state folder or the output folder cannot be read or written."""

    code = "bad-state"


class SiteProblems(Exception):
    """Ends a command: `problems` says why, at least one of them an error; each stands there once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.order))
        super().__init__(f"{len(self.problems)} problems")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word nearest to `word`; `otherwise` if none is near."""
    from difflib import get_close_matches  # only whoever errs needs it

    close = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else otherwise
