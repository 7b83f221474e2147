"""Filters and functions for the words and dates of a page. They read nothing of the site but the page's language."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time
from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Context

from sitegen.text.wrapping import wrap

__all__ = ["FILTERS", "format_day", "language_of", "locale_of", "name_of_language", "open_graph_locale"]

_WIDTHS = ("full", "long", "medium", "short")


@lru_cache
def locale_of(language: str) -> Locale:
    """The locale for a BCP 47 tag; English where Babel does not know the language."""
    return _locale(language) or Locale("en")


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache
def name_of_language(tag: str) -> str:
    """What a language is called in itself (Unicode CLDR), with a capital; the tag if Babel does not know it."""
    locale = _locale(tag)
    name = locale.get_display_name() if locale else ""
    return name[:1].upper() + name[1:] if name else tag


@lru_cache
def open_graph_locale(tag: str) -> str:
    """A language as Open Graph tells it, with the region where it is spoken most: `pt` is `pt_BR`."""
    locale = _locale(tag)
    if locale is None:
        return tag.replace("-", "_")
    likely = get_global("likely_subtags").get(str(locale), str(locale))
    region = locale.territory or Locale.parse(likely).territory
    return f"{locale.language}_{region}" if region else locale.language


@lru_cache(maxsize=4096)
def format_day(day: date, form: str, language: str) -> str:
    """A day in words; `form` is a width (`full`, `long`, `medium`, `short`) or a CLDR pattern (`MMMM y`)."""
    return format_date(day, form, locale=locale_of(language))


def language_of(context: Context) -> str:
    """The language of what is being rendered: the page, or the article around a block in a body, or the site."""
    subject = context.get("page") or context.get("article") or context["site"]
    return str(subject.language)


@pass_context  # also keeps Jinja from folding the filter when the template is compiled
def date_filter(context: Context, value: date | None, form: str = "long") -> str:
    """`article.date | date("full")`: in the page's language. `time` is the time of day; None gives an empty text."""
    if value is None:
        return ""
    if not isinstance(value, date):
        raise FilterArgumentError(f"`date` is for dates, and {value!r} is none")
    language = language_of(context)
    if form == "time":
        return format_time(value, "short", locale=locale_of(language)) if isinstance(value, datetime) else ""
    return format_day(value.date() if isinstance(value, datetime) else value, form, language)


def iso(value: date | None) -> str:
    """For `<time datetime>`: ISO 8601, with offset where there is a time."""
    return value.isoformat() if value else ""


def duration(seconds: int) -> str:
    """Seconds as `4:32`, or `1:02:07`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


FILTERS: dict[str, Any] = {"date": date_filter, "iso": iso, "duration": duration, "wrap": wrap}
