"""What hosts do with the files `_headers` and `_redirects` of a site.

The rules are those that Netlify and Cloudflare Pages document: a path, in which `*` stands for anything and `:name` for
one part; indented headers below it, or where it leads to and with which status behind it. Where the two differ this
keeps to Netlify: a page that is there wins over a redirect, unless its status has a `!`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from sitegen.plain import Record
from sitegen.regex import regex

__all__ = ["Redirect", "headers_for", "redirect_for"]

_OURS = frozenset(
    ("accept-ranges", "cache-control", "connection", "content-encoding", "content-length", "content-range", "date",
     "etag", "keep-alive", "location", "server", "trailer", "transfer-encoding", "upgrade")
)  # fmt: skip
"""What the server says itself. Nothing is kept by a browser: what is saved is what is seen."""
_NAME = regex(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_VALUE = regex("[\t\x20-\x7e\x80-\xff]*")
_WILD = regex(r"\*|:([A-Za-z]\w*)", re.ASCII)
_NAMED = regex(r":([A-Za-z]\w*)", re.ASCII)
_HOST = regex(r"https?://[^/]+")
_CONDITION = regex(r"[A-Z]\w*=", re.ASCII)


class Redirect(Record, frozen=True):
    """Where a request leads. With a status of 200 or above 399, what is at `location` is the answer itself."""

    location: str
    status: int
    forced: bool
    """Whether it holds although there is something at the path."""

    @property
    def sends_away(self) -> bool:
        """Whether the browser is told to look elsewhere."""
        return 300 <= self.status < 400


def headers_for(rules: bytes, path: str) -> Mapping[str, str]:
    """The headers for a path in a file `_headers`: what several rules say of one is joined by commas."""
    found: dict[str, str] = {}
    for pattern, headers in _header_rules(rules):
        for name, value in headers if pattern.fullmatch(unquote(path)) else ():
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@lru_cache(maxsize=2)
def _header_rules(rules: bytes) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    found: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in _lines(rules):
        if not line[0].isspace():
            found.append((_pattern(line.strip()), []))
            continue
        name, _, value = line.strip().partition(":")
        if found and _NAME.fullmatch(name) and _VALUE.fullmatch(value.strip()) and name.lower() not in _OURS:
            found[-1][1].append((name.title(), value.strip()))
    return found


def redirect_for(rules: bytes, path: str) -> Redirect | None:
    """What the first rule that fits a path says in a file `_redirects`; None if none fits."""
    path = unquote(path)
    other = path.removesuffix("/") if path.endswith("/") else f"{path}/"  # hosts take both for one
    for pattern, target, status, forced in _redirect_rules(rules):
        fits = pattern.fullmatch(path) or pattern.fullmatch(other)
        if fits:
            return Redirect(_filled(target, fits.groupdict()), status, forced)
    return None


def _filled(target: str, parts: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda match: parts.get(match[1], match[0]), target)


@lru_cache(maxsize=2)
def _redirect_rules(rules: bytes) -> list[tuple[re.Pattern[str], str, int, bool]]:
    found = []
    for line in _lines(rules):
        path, *rest = line.split()
        where = next((number for number, word in enumerate(rest) if word.startswith(("/", "http"))), None)
        if where or where is None or any(map(_CONDITION.match, rest)):
            continue  # what asks for parameters, a country or a language holds for some readers only
        status = rest[1] if rest[1:] else "301"
        if re.fullmatch(r"\d{3}!?", status):
            found.append((_pattern(path), rest[0], int(status[:3]), status.endswith("!")))
    return found


def _lines(rules: bytes) -> Iterator[str]:
    """Those that say something."""
    for line in rules.decode("utf-8", "replace").split("\n"):
        text = line.partition(" #")[0].rstrip() if not line[:1].isspace() else line.rstrip()
        if text.strip() and not text.lstrip().startswith("#"):
            yield text


def _pattern(path: str) -> re.Pattern[str]:
    """What a path of a rule fits, also one that names a host."""
    text, end = "", 0
    path = _HOST.sub("", path)
    for match in _WILD.finditer(path):
        name = match[1] or "splat"
        inner = "[^/]+" if match[1] else ".*"
        seen = f"(?P<{name}>" in text
        text += re.escape(unquote(path[end : match.start()])) + (f"(?:{inner})" if seen else f"(?P<{name}>{inner})")
        end = match.end()
    return re.compile(text + re.escape(unquote(path[end:])), re.DOTALL)
