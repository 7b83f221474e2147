"""Options that several commands share, and what their values must look like."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from sitegen.config.checks import Unfit, base_url
from sitegen.text.periods import NoPeriod, period_until

__all__ = ["base_url_option", "now_option", "processors", "since_option"]


_ANY = datetime(1970, 1, 1, tzinfo=UTC)


def processors() -> int:
    """How many this process may use (not every system can tell)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _instant(_ctx: click.Context, _param: click.Parameter, text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text is not None else None
    except ValueError:
        raise click.BadParameter(f"{text!r} is no ISO 8601 date; write 2026-03-12T09:00:00Z") from None


def _base_url(_ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
    try:
        return base_url(text) if text is not None else None
    except Unfit as unfit:
        raise click.BadParameter(f"{text!r} is not {unfit.what}; {unfit.label}") from None


def _since(_ctx: click.Context, param: click.Parameter, text: str) -> str:
    try:
        if text or param.default:
            period_until(_ANY, text)
    except NoPeriod:
        raise click.BadParameter(f"{text!r} is no period; write 24h, 7d, 2w or 2026-03-12") from None
    return text


def since_option(default: str, **rest: Any) -> Callable[[Any], Any]:
    """An option that takes the beginning of a period (`sitegen.text.periods`)."""
    return click.option("--since", default=default, metavar="PERIOD", callback=_since, **rest)


now_option = click.option(
    "--now",
    metavar="ISO8601",
    callback=_instant,
    help="As at that moment (no offset: the site's timezone). [default: SOURCE_DATE_EPOCH, else the clock]",
)
base_url_option = click.option(
    "--base-url", metavar="URL", callback=_base_url, help="Where the site will be, instead of the configured address."
)
