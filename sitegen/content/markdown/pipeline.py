"""The pipeline: a text goes in, a `Body` comes out. See the package for the stages."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

from msgspec.structs import replace

from sitegen.config import MarkdownConfig
from sitegen.content.body import Body, Picture, Segments
from sitegen.content.links import Link, Resolve
from sitegen.content.live import Coverage
from sitegen.content.markdown.assemble import segments
from sitegen.content.markdown.entries import Parts, live_parts
from sitegen.content.markdown.parser import parser
from sitegen.content.markdown.run import KEY, Run
from sitegen.content.markdown.summary import summarize
from sitegen.content.markdown.tags import still_open
from sitegen.content.shortcodes import ShortcodeSpec
from sitegen.regex import regex

__all__ = ["Markdown"]

_ID = regex(r'id="(?<=\sid=")([^"]+)"')
"""What comes first is found sooner than a tag."""


class Markdown:
    """Renders bodies of one language with one set of options. Holds nothing of any body."""

    def __init__(self, options: MarkdownConfig | None = None, language: str = "en") -> None:
        self._options = options or MarkdownConfig()
        self._parser = parser(self._options, language)

    def body(
        self,
        text: str,
        *,
        path: str = "",
        first_line: int = 1,
        doc_id: str = "",
        title: str = "",
        resolve: Resolve = Link,
        shortcodes: Mapping[str, ShortcodeSpec] | None = None,
        live: Coverage | None = None,
    ) -> Body:
        """The rendered body of a story.

        `text` begins at line `first_line` of the file at `path`: problems name their lines in the file. `doc_id` makes
        the ids of footnotes differ from story to story. A first-level heading equal to `title` is left out. `resolve`
        is asked for every target of a link or picture; `shortcodes` says which calls the theme knows. With `live` it is
        a live blog. Never raises.
        """
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        run = Run(text, self._options, path, first_line, doc_id, title, resolve, shortcodes or {}, live)
        tokens = self._parser.parse(text, {KEY: run})
        excerpt, words = summarize(tokens)
        parts = live_parts(self._parser, tokens, run) if live else None
        rendered = parts.whole if parts else segments(self._parser, tokens, run)
        closing = still_open(run)
        if closing and run.trusted and not run.plain:
            rendered += (closing,)
        problems = tuple(sorted(run.problems, key=lambda problem: problem.order))
        anchors, pictures = tuple(_ids(rendered)), tuple(run.pictures)
        body = Body(rendered, tuple(run.headings), anchors, excerpt, words, problems, pictures)
        return _with_entries(body, parts, rendered[len(parts.whole) :]) if parts else body


def _with_entries(body: Body, parts: Parts, closing: Segments) -> Body:
    """The body of a live blog; its table of contents is in the order of what is read."""
    places = {anchor: number for number, anchor in enumerate(body.anchors)}
    toc = tuple(sorted(body.toc, key=lambda heading: places.get(heading.id, 0)))
    notes = (*parts.notes, *closing)
    return replace(body, toc=toc, entries=parts.entries, introduction=parts.introduction, notes=notes)


def _ids(parts: Segments) -> dict[str, None]:
    """Every id in the HTML, in order."""
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, str):
            found |= dict.fromkeys(unescape(name[1]) for name in _ID.finditer(part) if _in_tag(part, name.start()))
        elif isinstance(part, Picture):
            found |= dict.fromkeys(value for name, value in part.attributes.items() if name == "id")
        else:
            found |= _ids(part.inner)
    return found


def _in_tag(html: str, place: int) -> bool:
    return html.rfind("<", 0, place) > html.rfind(">", 0, place)
