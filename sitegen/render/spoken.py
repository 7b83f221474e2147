"""A story as it is read aloud: what the ear needs, and nothing that only the eye does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sitegen.content.body import Segments
from sitegen.regex import regex
from sitegen.site.narrations import mark_of, says
from sitegen.site.queries import in_edition

__all__ = ["narration", "spoken"]

Read = Callable[..., Any]
Part = Callable[[str, str, str], Any]

_NOT_READ = (
    "figure, aside, table, pre, nav, section, [role=group], .footnotes, sup, .anchor, "
    "iframe, audio, video, script, style, del, s"
)
"""What stands beside the text, marks of footnotes, code, embeds, and what was struck out."""
_BLOCKS = (
    "address, article, blockquote, dd, details, div, dl, dt, h1, h2, h3, h4, h5, h6, hr, li, main, ol, p, summary, ul"
)
_END = "\u2029"
"""The paragraph separator of Unicode, between blocks."""
_UNHEARD = regex("[\u00ad\u200b\u2060\ufeff]")
_ENDS = regex(r"[.!?…:;。！？؟।]['\"’”»)\]）」』]*$")


def narration(read: Read, part: Part, path: str) -> str:
    """The file of the recording that says what a story says now; empty if there is none."""
    files = read("narrations", path)
    if not files:
        return ""
    language = part("article", path, "language") or read("config", "language")
    return says(files, mark_of(spoken(read, part, path), read("config", "audio").voice_of(language)))


def spoken(read: Read, part: Part, path: str) -> str:
    """Headline, byline and text of a story, each paragraph on a line of its own, with empty lines between them; empty
    if the story has no text.
    """
    blocks = list(_paragraphs(part("body", path, "segments")))
    if not blocks:
        return ""
    language = part("article", path, "language") or read("config", "language")
    byline = _byline(in_edition(read, part("article", path, "edition")), part, path, language)
    lines = (part("article", path, "title"), byline, *blocks)
    return "\n\n".join(_ended(line, language) for line in lines if line) + "\n"


def _byline(read: Read, part: Part, path: str, language: str) -> str:
    """`By Jane Doe and Ola Nordmann`, in the words of the theme; empty if nobody is named."""
    names = [str(read("group", "author", slug)["title"]) for slug in part("article", path, "author_slugs")]
    words = read("messages", language)
    joined = words.get("name_comma", ", ").join(names[:-1])
    all_names = words.get("name_and", ", ").join(filter(None, (joined, *names[-1:])))
    return f"{words.get('by', '')} {all_names}".strip() if names else ""


def _ended(line: str, language: str) -> str:
    """A line with a full stop for the voice to fall at, if it has none."""
    if _ENDS.search(line):
        return line
    return line + ("。" if language.startswith(("ja", "zh")) else ".")


def _paragraphs(segments: Segments) -> Iterator[str]:
    """What is read of a body. The theme's blocks stand beside the text."""
    from selectolax.lexbor import LexborHTMLParser  # here: few builds have to know what is read aloud

    tree = LexborHTMLParser("".join(segment for segment in segments if isinstance(segment, str)))
    for node in tree.css(_NOT_READ):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_END)
        node.insert_after(_END)
    for node in tree.css("br"):
        node.insert_after(" ")
    for block in (tree.body.text() if tree.body else "").split(_END):
        line = " ".join(_UNHEARD.sub("", block).split())
        if line:
            yield line
