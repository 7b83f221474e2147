"""Rules for what is said of a picture, in the front matter and in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.copy import Copy
from sitegen.check.rule import Finding, Rule
from sitegen.content.images import PICTURES
from sitegen.errors import Span
from sitegen.regex import regex

__all__ = ["RULES"]

_PICTURE = regex(r"(?<!\\)!\[(?P<alt>(?:[^\[\]\\\n]|\\.|\[[^\]\n]*\])*)\]\((?P<target>[^)\n]*)\)")
_ELEMENT = regex(r"<img\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_ALT = regex(r"\balt\s*=", re.IGNORECASE)
_TITLE = regex(r"""\s["'(](?P<title>.*)["')]\s*$""")


def _missing_alt(copy: Copy) -> Iterator[Finding]:
    hint = 'say what it shows; `alt: ""` in the front matter says that it only decorates'
    image = copy.article.image
    if image is not None and image.alt is None:
        yield copy.finding(copy.inner("image", "src"), "the image has no `alt`", hint=hint)
    for found in _PICTURE.finditer(copy.markup):
        if not found["alt"].strip():
            yield copy.finding(copy.in_body(*found.span()), "this picture has no text for those who do not see it")
    for found in _ELEMENT.finditer(copy.markup):
        if not _ALT.search(found["attributes"]):
            yield copy.finding(copy.in_body(*found.span()), "this picture has no `alt`")


def _alt_is_a_name(copy: Copy) -> Iterator[Finding]:
    for alt, span in _alts(copy):
        if alt.lower().endswith(PICTURES):
            yield copy.finding(span, "the text for those who do not see this picture is the name of a file")


def _alt_is_the_caption(copy: Copy) -> Iterator[Finding]:
    hint = "whoever hears the page read hears it twice: the text says what one sees, the caption what it means"
    message = "the text for those who do not see the picture is its caption"
    image = copy.article.image
    if image is not None and image.alt and image.alt == image.caption:
        yield copy.finding(copy.inner("image", "alt"), message, hint=hint)
    for found in _PICTURE.finditer(copy.markup):
        title = _TITLE.search(found["target"])
        if title and title["title"].strip() == found["alt"].strip() != "":
            yield copy.finding(copy.in_body(*found.span("alt")), message, hint=hint)


def _missing_caption(copy: Copy) -> Iterator[Finding]:
    image = copy.article.image
    if copy.article.kind == "story" and image is not None and not image.caption:
        yield copy.finding(copy.inner("image", "src"), "the image has no `caption`", hint="who is it, where, and when?")


def _alts(copy: Copy) -> Iterator[tuple[str, Span]]:
    image = copy.article.image
    if image is not None and image.alt:
        yield image.alt, copy.inner("image", "alt")
    for found in _PICTURE.finditer(copy.markup):
        yield found["alt"].strip(), copy.in_body(*found.span("alt"))


RULES = (
    Rule(
        code="missing-alt",
        severity="warning",
        says="A picture has no text for those who do not see it.",
        find=_missing_alt,
    ),
    Rule(
        code="alt-is-filename",
        severity="warning",
        says="The text of a picture is the name of a file.",
        find=_alt_is_a_name,
    ),
    Rule(
        code="alt-is-caption",
        severity="warning",
        says="The text of a picture repeats its caption.",
        find=_alt_is_the_caption,
    ),
    Rule(
        code="missing-caption", severity="warning", says="The image of a story has no caption.", find=_missing_caption
    ),
)
