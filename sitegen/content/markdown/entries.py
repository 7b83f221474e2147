"""The entries of a live blog: found by their headings, named, and cut out of the text.

A heading that begins no entry stays where it is, and is reported: nothing that was written is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct, field

from sitegen.content.body import LiveEntry, Segments
from sitegen.content.live import EntryHeading, Mistake, read_heading, read_marks
from sitegen.content.markdown.assemble import segments
from sitegen.content.markdown.attributes import unique_id
from sitegen.content.markdown.calls import CLOSE, OPEN
from sitegen.content.markdown.run import Place, Run, run_of
from sitegen.content.markdown.summary import texts
from sitegen.content.markdown.text import plain_text
from sitegen.plain import Record
from sitegen.text.slugs import slugify
from sitegen.text.words import cut as shortened

__all__ = ["Parts", "install", "live_parts"]

_ENTRY = "entry"
"""The key of what is known of an entry in the `meta` of its heading."""
_LONGEST_TITLE = 80
"""Characters of the beginning of a text that serves as its headline."""


class _Marked(Record, frozen=True):
    heading: EntryHeading
    titled: bool
    pinned: bool
    key: bool
    place: Place


class _Cut(Struct):
    """A heading with its inline text, and the blocks below it."""

    heading: Token
    inline: Token
    tokens: list[Token] = field(default_factory=list)

    @property
    def marked(self) -> _Marked:
        marked: _Marked = self.heading.meta[_ENTRY]
        return marked


class Parts(Record, frozen=True):
    """A live blog: what stands before its entries, the entries, newest first, and the footnotes of all of them."""

    introduction: Segments
    entries: tuple[LiveEntry, ...]
    notes: Segments
    whole: Segments
    """All of it, with a heading for each entry."""


def install(md: MarkdownIt) -> None:
    """Adds the rules. They do nothing in a text that is no live blog."""
    md.core.ruler.before("inline", "entries", _mark)
    md.core.ruler.push("entry_anchors", _name)


def _mark(state: StateCore) -> None:
    run, depth = run_of(state), 0
    if run.live is None:
        return
    for number, token in enumerate(state.tokens):
        if token.type in (OPEN, CLOSE):
            depth += 1 if token.type == OPEN else -1
        elif token.type == "heading_open" and token.markup == "##" and token.level == 0 and depth == 0:
            _mark_one(run, token, state.tokens[number + 1])


def _mark_one(run: Run, token: Token, inline: Token) -> None:
    assert run.live is not None
    text, line = inline.content, token.map[0] if token.map else 0
    found = read_heading(text, run.live)
    if isinstance(found, Mistake):
        _report(run, found, line, text)
        return
    marks = read_marks(text)
    for mistake in marks.mistakes:
        _report(run, mistake, line, text)
    if marks.id:
        token.attrs["id"] = unique_id(run, marks.id, _place(run, line, text, marks.id_at))
    headline = (text[found.start : marks.end] + marks.rest).strip()
    inline.content = headline or found.time  # a heading must say something
    words, place = marks.words, _place(run, line, text, 0)
    token.meta[_ENTRY] = _Marked(found, bool(headline), "pinned" in words, "key" in words, place)


def _report(run: Run, mistake: Mistake, line: int, text: str) -> None:
    run.report("bad-entry", mistake.message, _place(run, line, text, mistake.at), mistake.length, mistake.hint)


def _place(run: Run, line: int, text: str, at: int) -> Place:
    """The place of an offset in the text of a heading on this line."""
    return lambda: (line, max(0, run.line(line).find(text)) + at)


def _name(state: StateCore) -> None:
    """An entry's anchor is its own `#id`, else its time and its headline."""
    run = run_of(state)
    if run.live is None:
        return
    for number, token in enumerate(state.tokens):
        if _ENTRY in token.meta:
            inline, closing = state.tokens[number + 1 : number + 3]
            token.tag = closing.tag = "h2"
            if "id" not in token.attrs:
                marked = token.meta[_ENTRY]
                token.attrs["id"] = _anchor(run, marked, plain_text(inline) if marked.titled else "")


def _anchor(run: Run, marked: _Marked, headline: str) -> str:
    wanted = slugify(f"{marked.heading.written} {headline}")
    given = run.claim(wanted)
    if given != wanted:
        message, hint = f"two entries would have the anchor `{wanted}`", "give one of them an id, as in `{#other}`"
        run.report("duplicate-id", message, marked.place, len(marked.heading.time), hint)
    return given


def live_parts(md: MarkdownIt, tokens: Sequence[Token], run: Run) -> Parts:
    """The parts of a live blog that has been parsed."""
    introduction, cuts, notes = _cut(tokens)
    before, after = segments(md, introduction, run), segments(md, notes, run)
    found = [(_entry(md, cut, run), cut.marked) for cut in cuts]
    found.sort(key=lambda pair: pair[0].instant, reverse=True)  # of one instant, what stands higher comes first
    whole = [*before]
    for entry, marked in found:
        whole += [_heading(entry, marked), *entry.segments]
    return Parts(before, tuple(entry for entry, _ in found), after, (*whole, *after))


def _cut(tokens: Iterable[Token]) -> tuple[list[Token], list[_Cut], list[Token]]:
    """Introduction, entries and footnotes."""
    introduction: list[Token] = []
    notes: list[Token] = []
    cuts: list[_Cut] = []
    into = introduction
    rest = iter(tokens)
    for token in rest:
        if _ENTRY in token.meta:
            cuts.append(_Cut(token, next(rest)))
            next(rest)
            into = cuts[-1].tokens
        else:
            into = notes if token.type == "footnote_block_open" else into
            into.append(token)
    return introduction, cuts, notes


def _entry(md: MarkdownIt, cut: _Cut, run: Run) -> LiveEntry:
    marked, text = cut.marked, "\n".join(texts(cut.tokens))
    title = plain_text(cut.inline) if marked.titled else ""
    return LiveEntry(
        instant=marked.heading.instant,
        anchor=str(cut.heading.attrs["id"]),
        title=title or shortened(" ".join(text.split()), _LONGEST_TITLE) or marked.heading.time,
        title_html="".join(_strings(segments(md, [cut.inline], run))) if title else "",
        pinned=marked.pinned,
        key=marked.key,
        segments=segments(md, cut.tokens, run),
        text=text,
    )


def _strings(parts: Segments) -> Iterator[str]:
    """The HTML of a headline; a picture in it is left out."""
    return (part for part in parts if isinstance(part, str))


def _heading(entry: LiveEntry, marked: _Marked) -> str:
    time = f'<time datetime="{entry.instant.isoformat()}">{escape(marked.heading.time)}</time>'
    return f'<h2 id="{escape(entry.anchor)}">{time} {entry.title_html}</h2>\n'
