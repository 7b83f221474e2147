"""What went wrong in a template, told as a problem with file, line and hint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import TracebackType

import jinja2

from sitegen.engine import CycleError
from sitegen.errors import SitegenError, Span, TemplateError, did_you_mean
from sitegen.render.environment import UndefinedHint

__all__ = ["template_error"]

Shown = Callable[[str], str]


def template_error(error: Exception, names: Iterable[str], fallback: str) -> SitegenError:
    """The error as one that a user can mend.

    `names` are all templates, for suggestions; `fallback` is the template that was being rendered, for errors that
    carry no place of their own. Template files are known by their suffix: Jinja names real files in its frames.
    """
    if isinstance(error, SitegenError):
        return error
    if isinstance(error, jinja2.TemplateSyntaxError):
        span = Span(error.filename or error.name or fallback, error.lineno)
        return TemplateError(error.message or "syntax error", span, code="template-syntax")
    span = _place(error.__traceback__) or Span(fallback)
    if isinstance(error, jinja2.TemplateNotFound):
        wanted = str(error.name)
        hint = did_you_mean(wanted, names, "a template of your own goes into `templates/`")
        return TemplateError(f"there is no template `{wanted}`", span, hint, code="no-template")
    if isinstance(error, UndefinedHint):
        return TemplateError(error.message or "undefined", span, error.hint, code="undefined-name")
    if isinstance(error, RecursionError):
        return TemplateError("the templates include or call one another without end", span, code="endless-include")
    if isinstance(error, CycleError):
        return TemplateError(f"a value is needed to compute itself: {error}", span, code="cycle")
    return TemplateError(f"{type(error).__name__}: {error}", span, code="template-failed")


def _place(trace: TracebackType | None) -> Span | None:
    """The innermost frame that is a template's. Jinja rewrites its frames to template files and lines."""
    found = None
    while trace is not None:
        code = trace.tb_frame.f_code
        if "__jinja_template__" in trace.tb_frame.f_globals or code.co_filename.endswith((".html", ".xml", ".txt")):
            found = Span(code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
