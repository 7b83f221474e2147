"""One Markdown file, read: what tests of single files begin with."""

from __future__ import annotations

from typing import Any

from sitegen.content import Article, Parsed, Settings, parse

__all__ = ["article", "codes", "read"]


def read(text: str | bytes, path: str = "content/2026-03-12-storm.md", **settings: Any) -> Parsed:
    """Parse one file; `settings` are those that differ from the usual."""
    return parse(path, text.encode() if isinstance(text, str) else text, Settings(**settings))


def article(text: str | bytes, path: str = "content/2026-03-12-storm.md", **settings: Any) -> Article:
    """The article of a file about which there is nothing to say."""
    parsed = read(text, path, **settings)
    assert parsed.article is not None
    assert parsed.problems == ()
    return parsed.article


def codes(parsed: Parsed) -> list[tuple[str, str, int]]:
    """Severity, code and line of each problem."""
    return [(problem.severity, problem.code, problem.span.line) for problem in parsed.problems]
