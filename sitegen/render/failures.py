"""What went wrong in a template, told as a problem with file, line and hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import TracebackType

import jinja2
import jinja2.filters
import jinja2.tests

from sitegen.engine.engine import CycleError
from sitegen.errors import SitegenError, Span, TemplateError, did_you_mean
from sitegen.render.environment import UndefinedHint
from sitegen.render.wording import FILTERS

__all__ = ["template_error"]

Shown = Callable[[str], str]


def template_error(error: Exception, names: Iterable[str], fallback: str) -> SitegenError:
    """The error as one that a user can mend.

    `names` are all templates, for suggestions; `fallback` is the template that was being rendered, for errors that
    carry no place of their own. Errors of ours without a place happened where the template called.
    """
    span = _place(error.__traceback__) or Span(fallback)
    if isinstance(error, SitegenError):
        if not error.problem.span.path:
            error.problem = replace(error.problem, span=span)
        return error
    if isinstance(error, jinja2.TemplateSyntaxError):
        span = Span(error.filename or error.name or fallback, error.lineno)
        return TemplateError(error.message or "syntax error", span, _known(error.message or ""), code="template-syntax")
    if isinstance(error, jinja2.TemplateNotFound):
        wanted = str(error.name)
        hint = did_you_mean(wanted, names, "a template of your own goes into `templates/`")
        return TemplateError(f"there is no template `{wanted}`", span, hint, code="no-template")
    if isinstance(error, UndefinedHint):
        return TemplateError(error.message or "undefined", span, error.hint, code="undefined-name")
    if isinstance(error, RecursionError):
        span = _circle(error.__traceback__) or span
        return TemplateError("the templates include or call one another without end", span, code="endless-include")
    if isinstance(error, CycleError):
        return TemplateError(f"a value is needed to compute itself: {error}", span, code="cycle")
    if isinstance(error, jinja2.TemplateError):
        return TemplateError(error.message or "it failed", span, _known(error.message or ""), code="template-failed")
    return TemplateError(f"{type(error).__name__}: {error}", span, code="template-failed")


def _known(message: str) -> str:
    """The filter or test nearest to one that Jinja does not know."""
    unknown = re.match(r"No (filter|test) named '(\w+)'", message)
    known = {"filter": [*FILTERS, *jinja2.filters.FILTERS], "test": [*jinja2.tests.TESTS]}
    return did_you_mean(unknown[2], known[unknown[1]]) if unknown else ""


def _place(trace: TracebackType | None) -> Span | None:
    """The innermost frame that is a template's."""
    return next(reversed(_places(trace)), None)


def _circle(trace: TracebackType | None) -> Span | None:
    """The first place that is come to again. Where a recursion breaks off depends on how deep it began."""
    places = _places(trace)
    return next((place for number, place in enumerate(places) if place in places[:number]), None)


def _places(trace: TracebackType | None) -> list[Span]:
    """The frames of templates, from the outermost on. Jinja rewrites its frames to template files and lines."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if "__jinja_template__" in trace.tb_frame.f_globals or code.co_filename.endswith((".html", ".xml", ".txt")):
            found.append(Span(code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found
