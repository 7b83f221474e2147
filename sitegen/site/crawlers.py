"""What crawlers may see, as robots.txt says it (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from sitegen.errors import Problem, Span, did_you_mean
from sitegen.files import ChangedWhileReading
from sitegen.regex import regex
from sitegen.site.snapshot import Site

__all__ = ["forbids", "has_rules_of_its_own", "odd_lines", "robots_problems"]

_KNOWN = (
    "user-agent", "allow", "disallow", "sitemap", "crawl-delay", "host", "clean-param", "request-rate", "visit-time",
    "content-signal", "content-usage",
)  # fmt: skip
"""What some crawler understands at the beginning of a line."""
_END = regex(r"\r\n|\r|\n")


def has_rules_of_its_own(media: Mapping[str, str]) -> bool:
    """Whether a robots.txt is among the files that are copied, which are given with their URLs."""
    return "/robots.txt" in media.values()


def forbids(site: Site) -> Callable[[str], bool]:
    """Whether the settings forbid all crawlers to see a URL; a robots.txt of one's own has rules that nobody knows."""
    settings = site.config.robots
    patterns = [_pattern(path) for path in settings.agents.get("*", settings.disallow)]
    if not patterns or not settings.enable or has_rules_of_its_own(site.media):
        return lambda url: False
    return lambda url: any(pattern.match(url) for pattern in patterns)


@lru_cache(maxsize=64)
def _pattern(path: str) -> re.Pattern[str]:
    """What begins so; `*` is anything, a final `$` the end."""
    end = r"\Z" if path.endswith("$") else ""
    return re.compile(
        ".*".join(re.escape(unquote(part)) for part in path.removesuffix("$").split("*")) + end, re.DOTALL
    )


def odd_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """The lines of a robots.txt that no crawler understands: their numbers, from 1, and their first words."""
    for number, line in enumerate(_END.split(data.decode("utf-8-sig", "replace")), 1):
        word, colon, _ = line.partition("#")[0].strip().partition(":")
        if word and not (colon and word.strip().lower() in _KNOWN):
            yield number, word.strip()


def robots_problems(site: Site, read: Callable[..., Any]) -> Iterator[Problem]:
    """A warning for each line of one's own robots.txt that no crawler understands."""
    for path in (path for path, url in site.media.items() if url == "/robots.txt"):
        for number, word in _odd_lines(path, read):
            message = f"no crawler understands `{word}`, so the line says nothing"
            hint = did_you_mean(word.lower(), _KNOWN, f"known are {', '.join(_KNOWN)}")
            yield Problem("warning", "unknown-directive", message, Span(path, number, 1), hint=hint)


def _odd_lines(path: str, read: Callable[..., Any]) -> Iterable[tuple[int, str]]:
    try:
        found: tuple[tuple[int, str], ...] = read("odd_lines", path)
    except (OSError, ChangedWhileReading):
        return ()  # it cannot be read at all, which whoever copies it will tell
    return found
