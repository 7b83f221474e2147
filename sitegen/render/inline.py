"""Scripts and styles that stand in the templates themselves, by the digest under which a policy allows them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

from sitegen.errors import Span, TemplateError
from sitegen.regex import regex

__all__ = ["InlineCode", "digest_source", "inline_code"]

InlineCode = tuple[tuple[str, str], ...]
"""Pairs of a directive and what it allows: `("script-src", "'sha256-…'")`."""

_CODE = regex(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_RUNS = regex(
    r"""\btype\s*=\s*["']?(?:module|importmap|speculationrules|(?:text|application)/javascript|text/css)\b""",
    re.IGNORECASE,
)
"""Types of what a browser acts on (WHATWG HTML, "prepare the script element"); anything else is only data."""
_COMMENT = regex(r"\{#.*?#\}", re.DOTALL)


def inline_code(templates: Iterable[tuple[str, str]]) -> InlineCode:
    """What stands in these templates, each given by path and text, in the order of the alphabet.

    Raises `TemplateError` at code with Jinja in it: it differs from page to page, and no header could tell its digests.
    """
    return tuple(sorted({code for path, text in templates for code in _in_template(path, text)}))


def _in_template(path: str, text: str) -> Iterator[tuple[str, str]]:
    text = re.sub(r"\r\n?", "\n", text)  # as Jinja does
    lines = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n") + "{#}", text)
    for found in _CODE.finditer(lines):
        name, attributes, code = found[1].lower(), found[2], found[3]
        if re.search(r"\bsrc\s*=", attributes) or (
            re.search(r"\btype\s*=", attributes) and not _RUNS.search(attributes)
        ):
            continue
        if re.search(r"\{[{%#]", code):
            message = f"a <{name}> that differs from page to page cannot be allowed by a policy"
            hint = "put what differs into a `data-` attribute, and the rest into `assets/`"
            line = lines.count("\n", 0, found.start()) + 1
            raise TemplateError(message, Span(path, line), hint, code="inline-code")
        yield f"{name}-src", digest_source(code)


def digest_source(code: str) -> str:
    """What allows code that is exactly this, in a policy."""
    return f"'sha256-{b64encode(sha256(code.encode('utf-8', 'replace')).digest()).decode()}'"
