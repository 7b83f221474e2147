"""Raw HTML in a body: summary marks, targets that the site must settle, and what cleaning will take away."""

from __future__ import annotations

import re
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from sitegen.content.markdown.run import Place, Run, run_of
from sitegen.content.markdown.tags import read_tags
from sitegen.content.markdown.targets import refused
from sitegen.regex import regex

__all__ = ["install"]

_MARK = regex(r"<!--\s*(?:more|break)\s*-->")
_TARGET = regex(
    r"""(?<=\s)(?P<name>href|src|poster)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))""",
    re.IGNORECASE,
)
_TOP = regex(r"(</?)h1(?=[\s/>])", re.IGNORECASE)
_INPUT = regex(r"<input\b[^>]*>?", re.IGNORECASE)
_VERBATIM = regex(r"\s*<(?:[!?]|(?:pre|script|style|textarea)\b)", re.IGNORECASE)


def install(md: MarkdownIt) -> None:
    """Adds the rules. They work in every mode; where HTML is shown as text only summary marks are HTML."""
    md.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.at("html_inline", _inline)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<", start) or state.is_code_block(start_line):
        return False
    mark = _MARK.match(state.src, start, state.eMarks[start_line])
    if mark and not state.src[mark.end() : state.eMarks[start_line]].strip():
        return silent or _block_mark(state, start_line)
    if silent:
        return html_block(state, start_line, end_line, silent)
    run = run_of(state)
    if not _VERBATIM.match(state.src, start):
        end_line = min(end_line, run.next_call(start_line))
    if not html_block(state, start_line, end_line, silent):
        return False
    _take(run, state.tokens[-1], run.at(start))
    return True


def _block_mark(state: StateBlock, line: int) -> bool:
    token = state.push("html_block", "", 0)
    token.meta["summary"] = True
    token.content = state.getLines(line, line + 1, state.blkIndent, True) if run_of(state).plain else ""
    token.map = [line, line + 1]
    state.line = line + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    mark = _MARK.match(state.src, state.pos, state.posMax)
    if mark:
        if not silent:
            token = state.push("html_inline", "", 0)
            token.meta["summary"] = True
            token.content = mark[0] if run_of(state).plain else ""
        state.pos = mark.end()
        return True
    start = state.pos
    if not html_inline(state, silent):
        return False
    if not silent:
        run = run_of(state)
        _take(run, state.tokens[-1], run.inside(state.src, start))
    return True


def _take(run: Run, token: Token, place: Place) -> None:
    """Notes a piece of HTML, settles its targets and has its tags read."""
    run.html = True
    html = read_tags(run, token.content, place)
    if "=" in html:
        html = _TARGET.sub(lambda found: _settled(run, found, place), html)
    if not run.plain:
        html = _TOP.sub(r"\1h2", html)
    if not run.trusted:
        html = _INPUT.sub("", html)
    token.content = html


def _settled(run: Run, found: re.Match[str], place: Place) -> str:
    written = found["double"] or found["single"] or found["bare"] or ""
    target = unescape(written).strip()
    if not target or target.startswith("#"):
        return found[0]
    answer = run.resolve(target)
    if answer.problem:
        code = "missing-link" if found["name"].lower() == "href" else "missing-image"
        at = _within(place, found.string, found.start() + found[0].find(written))
        run.report(code, answer.problem, at, len(written), answer.hint)
    if answer.picture and found["name"].lower() == "src" and not run.plain:
        run.raw_pictures[answer.url] = answer.picture
        run.pictures[answer.picture] = None
    if scheme := refused(answer.url, picture=found["name"].lower() == "src", trusted=run.trusted):
        at = _within(place, found.string, found.start())
        run.report("refused-link", f"`{scheme}:` is not allowed in a link", at, len(found[0]))
        return ""
    return found[0] if answer.url == target else f'{found["name"]}="{escape(answer.url)}"'


def _within(place: Place, text: str, offset: int) -> Place:
    """The place of an offset in a piece of HTML, given the place of the piece."""

    def inner() -> tuple[int, int]:
        line, column = place()
        lines = text.count("\n", 0, offset)
        here = offset - text.rfind("\n", 0, offset) - 1
        return line + lines, here if lines else column + here

    return inner
