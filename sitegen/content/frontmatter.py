"""Where front matter ends and the body begins."""

from __future__ import annotations

import json
import re
from typing import Literal

from sitegen.content.nodes import Place, UnreadableError
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.text.clean import clean, decode

__all__ = ["Format", "Split", "body_text", "split"]

Format = Literal["yaml", "toml", "json", "headers", "none"]

_OPENING = regex(r"\s*^(?P<fence>---|\+\+\+)[ \t]*(?:\n|\Z)", re.MULTILINE)
_CLOSING = {  # with the line feed before it, which is found sooner than `^`
    "---": regex(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)"),
    "+++": regex(r"\n\+\+\+[ \t]*(?:\n|\Z)"),
}
_FORMATS: dict[str, Format] = {"---": "yaml", "+++": "toml"}
_KEY = regex(r"^(?:[\"']?[\w.-]+[\"']?[ \t]*:(?:\s|$)|\{)", re.MULTILINE)
_JSON = regex(r"\s*(?=\{\s*[\"}])")
_HEADERS = regex(r"\s*^(?P<lines>(?:[A-Za-z][\w-]*:[ \t].*(?:\n|\Z))+)(?=\n|\Z)", re.MULTILINE)
_TITLE_OR_DATE = regex(r"^(?:title|date):", re.MULTILINE | re.IGNORECASE)
_DECODER = json.JSONDecoder(strict=False)


class Split(Record, frozen=True):
    """A file in two. `matter_line` and `body_line` are the lines of the file on which they begin."""

    format: Format
    matter: str
    matter_line: int
    body: str
    body_line: int
    odd: int = 0
    """The first line that is not UTF-8, or 0."""


def split(data: bytes) -> Split:
    """Front matter and body of a file, not yet read. Raises `UnreadableError` if the front matter has no end."""
    text, odd = decode(data)
    return _fenced(text, odd) or _json(text, odd) or _headers(text, odd) or Split("none", "", 1, *_rest(text, 0), odd)


def body_text(data: bytes) -> tuple[str, int]:
    """The clean text of the body, and the line of the file on which it begins. Raises `UnreadableError`."""
    parts = split(data)
    return clean(parts.body), parts.body_line


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _fenced(text: str, odd: int) -> Split | None:
    """None if the first line is no fence but a rule above prose."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    fence, start = opening["fence"], opening.end()
    closing = _CLOSING[fence].search(text, start - 1)
    if closing is None:
        _refuse_open_end(text, fence, start)
        return None
    matter = text[start : closing.start() + 1]
    if fence == "---" and not _KEY.search(matter) and not _only_comments(matter):
        return None
    return Split(_FORMATS[fence], matter, _line(text, start), *_rest(text, closing.end()), odd)


def _rest(text: str, start: int) -> tuple[str, int]:
    return text[start:], _line(text, start)


def _only_comments(matter: str) -> bool:
    return all(line.lstrip()[:1] in ("", "#") for line in matter.split("\n"))


def _refuse_open_end(text: str, fence: str, start: int) -> None:
    """A rule above prose is no front matter; keys without an end are, and may say that the story is secret."""
    paragraph = text[start:].lstrip().partition("\n\n")[0]
    if fence != "---" or _KEY.search(paragraph):
        place = Place(_line(text, start) - 1, 1, len(fence))
        raise UnreadableError("the front matter has no end", place, f"add a line `{fence}` below the last key")


def _json(text: str, odd: int) -> Split | None:
    opening = _JSON.match(text)
    if opening is None:
        return None
    start = opening.end()
    try:
        _, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        end = len(text)
    return Split("json", text[start:end], _line(text, start), *_rest(text, end), odd)


def _headers(text: str, odd: int) -> Split | None:
    """Lines such as `Title: …` above the body, without fences."""
    match = _HEADERS.match(text)
    if match is None or not _TITLE_OR_DATE.search(match["lines"]):
        return None
    return Split("headers", match["lines"], _line(text, match.start("lines")), *_rest(text, match.end()), odd)
