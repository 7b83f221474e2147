"""What single values must look like. Each check returns the value in its canonical form, or raises `Unfit`."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from string import Formatter
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sitegen.errors import did_you_mean
from sitegen.regex import regex
from sitegen.text.periods import NoPeriod, parse_period

__all__ = [
    "Unfit",
    "address",
    "at_least",
    "base_url",
    "between",
    "colour",
    "colour_or_none",
    "feed_path",
    "folder",
    "header",
    "indexnow_key",
    "instant",
    "language",
    "line",
    "mentioning",
    "not_negative",
    "period",
    "permalink",
    "positive",
    "published_folder",
    "ratio",
    "robots_path",
    "share",
    "slug",
    "source",
    "timezone",
    "uri",
]

Number = TypeVar("Number", int, float)

PLACEHOLDERS = ("year", "month", "day", "slug", "section", "id")
# RFC 5646, section 2.1, without private-use and grandfathered tags: language, script, region, variants.
LANGUAGE = regex(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*", re.IGNORECASE)


class Unfit(ValueError):
    """A value that cannot be used: `what` it is not ("a date"), a `label` to stand beside it, and a `hint`."""

    def __init__(self, what: str, label: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what, self.label, self.hint = what, label, hint


def at_least(least: int) -> Callable[[int], int]:
    """A check for whole numbers from `least` up."""

    def check(value: int) -> int:
        if value < least:
            raise Unfit("large enough", f"expected {least} or more")
        return value

    return check


def positive(value: float) -> float:
    """A number above 0."""
    if not 0 < value < float("inf"):
        raise Unfit("a positive number", "expected more than 0")
    return value


def not_negative(value: float) -> float:
    """0, or a number above it."""
    if not 0 <= value < float("inf"):
        raise Unfit("a number of 0 or more", "expected 0 or more")
    return value


def share(value: float) -> float:
    """A number from 0 to 1."""
    if not 0 <= value <= 1:
        raise Unfit("a share", "expected a number from 0 to 1")
    return value


def between(least: int, most: int, what: str) -> Callable[[int], int]:
    """A whole number in this range."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise Unfit(what, f"expected a number from {least} to {most}")
        return value

    return check


def ratio(value: str) -> str:
    """Width to height in small numbers, such as `16:9`."""
    if not re.fullmatch(r"[1-9]\d{0,3}:[1-9]\d{0,3}", value, re.ASCII):
        raise Unfit("a ratio", "expected width to height, such as `4:3`")
    return value


def colour(value: str) -> str:
    """A colour as `#rrggbb`."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise Unfit("a colour", "expected six hexadecimal digits such as `#1b1a17`")
    return value.lower()


def colour_or_none(value: str) -> str:
    """The same, or an empty text."""
    return colour(value) if value else ""


def slug(value: str) -> str:
    """One part of a path: a name that can be a folder and stand in a URL."""
    if not value or value in (".", "..") or re.search(r"[/\\\s?#%\x00-\x1f]", value):
        raise Unfit("one part of a URL", "expected a name without blanks, `/`, `?`, `#` or `%`")
    return value


def robots_path(value: str) -> str:
    """What a rule of robots.txt is about: a path, with `*` for anything and `$` for the end (RFC 9309)."""
    if not re.fullmatch(r"[/*][^\s#]*", value):
        raise Unfit("a path", "expected one that begins with `/`; `*` stands for anything, `$` for the end")
    return value


def source(value: str) -> str:
    """What a directive of a Content-Security-Policy may allow: one word."""
    if not re.fullmatch(r"[\x21-\x7e]+", value) or re.search("[,;]", value):
        raise Unfit("a source of a policy", "expected something like `https://stats.example` or `'sha256-…'`")
    return value


def header(value: str) -> str:
    """The value of a header: one line of ASCII."""
    if not re.fullmatch(r"[\x20-\x7e]*", value):
        raise Unfit("the value of a header", "expected one line of ASCII")
    return value


def line(value: str) -> str:
    """One line that says something."""
    if not value.strip() or re.search(r"[\x00-\x1f\x7f\u2028\u2029]", value):
        raise Unfit("one line", "expected a line of text, without line breaks")
    return value.strip()


def mentioning(*places: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """A check for commands, given as a program and its arguments: these places must be among them, if there is one."""

    def check(value: tuple[str, ...]) -> tuple[str, ...]:
        lost = [place for place in places if not any(place in argument for argument in value if argument)]
        if value and lost:
            hint = "write each argument as a text of its own; no shell takes them apart"
            raise Unfit("a command that can be run", f"expected `{lost[0]}` in one of its arguments", hint)
        return value

    return check


def uri(value: str) -> str:
    """A web page, a mail address or a telephone number, as a URI."""
    if not re.fullmatch(r"(?:https|mailto|tel):\S+", value):
        raise Unfit("a URI", "expected something like `mailto:security@example.org` or `https://example.org/report`")
    return value


def instant(value: str) -> str:
    """A date with a time and an offset, in the form of RFC 3339; or nothing."""
    if not value:
        return value
    with suppress(ValueError):
        known = datetime.fromisoformat(value)
        if known.tzinfo:
            return known.isoformat()
    raise Unfit("a date with a time and an offset", "expected something like `2027-01-31T00:00:00Z`")


def indexnow_key(value: str) -> str:
    """A key of IndexNow, or nothing (indexnow.org, "Verifying ownership via the key")."""
    if value and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", value):
        raise Unfit("a key of IndexNow", "expected 8 to 128 letters, digits and `-`")
    return value


def timezone(value: str) -> str:
    """A name of the IANA time zone database."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(value, available_timezones())
        raise Unfit("a known timezone", "expected an IANA name such as `Europe/Copenhagen` or `UTC`", hint) from None
    return value


def language(value: str) -> str:
    """A BCP 47 language tag."""
    if LANGUAGE.fullmatch(value):
        return value
    nearly = value.replace("_", "-")
    hint = f"did you mean `{nearly}`?" if LANGUAGE.fullmatch(nearly) else ""
    raise Unfit("a language tag", "expected a BCP 47 tag such as `en` or `pt-BR`", hint)


def base_url(value: str) -> str:
    """An absolute web address without query or fragment; it comes back with a final `/`."""
    wrong = Unfit(
        "an absolute web address", "expected something like `https://example.org/` or `https://example.org/paper/`"
    )
    try:
        parts = urlsplit(value)
        port_is_a_number = parts.port is None or parts.port >= 0
    except ValueError:
        raise wrong from None
    known = parts.scheme in ("http", "https") and parts.hostname and port_is_a_number
    if not known or parts.query or parts.fragment or re.search(r"\s", value):
        raise wrong
    return value.rstrip("/") + "/"


def address(value: str) -> str:
    """An absolute web address without a name and password in it, or nothing."""
    if value and not re.fullmatch(r"https?://[^\s/?#@]+([/?#]\S*)?", value):
        raise Unfit("an absolute web address", "expected something like `https://hub.example/`")
    return value


def feed_path(value: str) -> str:
    """Where a feed is, or nothing: a path of the site that ends in the name of a file."""
    if value and not re.fullmatch(r"/(?:[^\s?#%\\]*/)?[^\s?#%\\/.][^\s?#%\\/]*\.(?:xml|json|rss|atom)", value):
        raise Unfit("the path of a feed", "expected something like `/partners/radio.xml`")
    return value


def period(value: str) -> str:
    """A span of time such as `7d`, or nothing."""
    try:
        if value:
            parse_period(value)
    except NoPeriod:
        raise Unfit("a span of time", "expected minutes, hours, days or weeks, such as `36h` or `7d`") from None
    return value


def folder(value: str) -> str:
    """A folder inside the site, with `/` between its parts and no `/` at its end."""
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]:
        raise Unfit("a folder inside the site", "expected a relative path such as `content`")
    return str(path)


def published_folder(value: str) -> str:
    """A folder whose files are not left out."""
    if any(part.startswith(("_", ".")) for part in PurePosixPath(folder(value)).parts):
        raise Unfit("a folder that is published", "expected names that do not begin with `_` or `.`")
    return folder(value)


def permalink(value: str) -> str:
    """A URL pattern that tells stories apart and stays inside the site."""
    try:
        names = [
            f"{name}:{form}" if form else name for _, name, form, _ in Formatter().parse(value) if name is not None
        ]
    except ValueError:
        raise Unfit("a pattern", "expected every `{` closed by a `}`") from None
    for name in names:
        if name not in PLACEHOLDERS:
            raise Unfit("a known pattern", "expected only " + placeholders(), did_you_mean(name, PLACEHOLDERS))
    if not value.startswith("/") or ".." in value.split("/") or re.search(r"[?#\s]|//", value):
        raise Unfit("a path", "expected a path that begins with `/`")
    if "slug" not in names and "id" not in names:
        raise Unfit("different for each story", "expected `{slug}` or `{id}` in it")
    return value


def placeholders() -> str:
    """The names that may stand in a permalink, for messages."""
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
