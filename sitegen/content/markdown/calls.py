"""Calls of shortcodes in a body: found as blocks, kept as marks in the token stream, reported where they are wrong."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.images import PICTURES
from sitegen.content.markdown.run import Run, run_of
from sitegen.content.shortcodes import ESCAPED, Fault, Tag, check, read_tag

__all__ = ["CLOSE", "OPEN", "WHOLE", "install"]

OPEN, CLOSE, WHOLE = "shortcode_open", "shortcode_close", "shortcode"
_MARK = "{{<"
_ALONE = ("bad-shortcode", "a shortcode stands on a line of its own")


def install(md: MarkdownIt) -> None:
    """Adds the rules."""
    ends = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "shortcode", _block, ends)  # type: ignore[arg-type]
    md.core.ruler.after("block", "shortcodes", _pair)
    md.inline.ruler.before("escape", "shortcode", _inline)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """One mark on lines of its own, or an opening mark, text and its closing mark on one line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(_MARK, start) or state.is_code_block(start_line):
        return False
    if state.src.startswith("/*", start + len(_MARK)):
        return False
    if silent:
        return True
    run = run_of(state)
    tag = read_tag(state.src, start)
    if isinstance(tag, Fault):
        _report(run, tag)
        state.line = start_line + 1
        return True
    last = start_line
    while last + 1 < end_line and state.eMarks[last] < tag.end:
        last += 1
    if state.src[tag.end : state.eMarks[last]].strip():
        _one_line(state, tag, last)
    else:
        _push(state, tag, (start_line, last + 1))
    state.line = last + 1
    return True


def _one_line(state: StateBlock, tag: Tag, line: int) -> None:
    """What follows the opening mark on its line: a paragraph, then the closing mark."""
    end = state.eMarks[line]
    at = state.src.rfind(_MARK, tag.end, end)
    closing = read_tag(state.src, at) if at >= 0 else None
    if not isinstance(closing, Tag) or closing.name != tag.name or not closing.closing:
        run = run_of(state)
        run.report(*_ALONE, run.at(tag.start), tag.end - tag.start)
        return
    lines = line, line + 1
    _push(state, tag, lines)
    state.push("paragraph_open", "p", 1).map = list(lines)
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = state.src[tag.end : at].strip(), list(lines), []
    state.push("paragraph_close", "p", -1)
    _push(state, closing, lines)


def _push(state: StateBlock, tag: Tag, lines: tuple[int, int]) -> None:
    run_of(state).calls = True
    token = state.push(CLOSE if tag.closing else OPEN, "", 0)
    token.map = list(lines)
    token.meta = {"tag": tag}


def _inline(state: StateInline, silent: bool) -> bool:
    """In running text a call is a mistake, unless it is escaped to be shown."""
    if state.src[state.pos] != "{" or not state.src.startswith(_MARK, state.pos):
        return False
    escaped = ESCAPED.match(state.src, state.pos, state.posMax)
    if not silent:
        if escaped is None:
            run = run_of(state)
            run.report(*_ALONE, run.inside(state.src, state.pos), len(_MARK))
        shown = state.push("text_special", "", 0)
        shown.content = _MARK + escaped[1] + ">}}" if escaped else _MARK
    state.pos = escaped.end() if escaped else state.pos + len(_MARK)
    return True


def _pair(state: StateCore) -> None:
    """Makes every opening mark one that is closed in the same container, or a whole call; drops what fits nowhere."""
    run = run_of(state)
    if not run.calls:
        return
    open_calls: list[list[Token]] = [[]]
    for token in state.tokens:
        if token.type == OPEN:
            _open(run, token, open_calls[-1])
        elif token.type == CLOSE:
            _close(run, token, open_calls[-1])
        elif token.nesting == 1:
            open_calls.append([])
        elif token.nesting == -1:
            _unclosed(run, open_calls.pop())
    _unclosed(run, open_calls.pop())
    state.tokens = [token for token in state.tokens if token.type]


def _open(run: Run, token: Token, waiting: list[Token]) -> None:
    tag: Tag = token.meta["tag"]
    faults = list(check(tag, run.shortcodes))
    for fault in faults:
        _report(run, fault)
    if not faults:
        _look_at_pictures(run, tag)
    spec = run.shortcodes.get(tag.name)
    paired = spec is not None and spec.inner and not tag.empty
    if paired:
        waiting.append(token)
    if faults:
        token.type = ""  # what the theme cannot show is left out; the text inside it stays
    elif not paired:
        token.type = WHOLE


def _look_at_pictures(run: Run, tag: Tag) -> None:
    """Parameters that are called like pictures: the theme may show them."""
    for name, value in tag.parameters.items():
        if not value.lower().endswith(PICTURES):
            continue
        answer = run.resolve(value)
        if answer.problem:
            run.report("missing-image", answer.problem, run.at(tag.places[name]), len(name), answer.hint)
        if answer.picture:
            run.pictures[answer.picture] = None


def _close(run: Run, token: Token, waiting: list[Token]) -> None:
    tag: Tag = token.meta["tag"]
    if tag.name in (opened.meta["tag"].name for opened in waiting):
        while waiting[-1].meta["tag"].name != tag.name:
            _unclosed(run, [waiting.pop()])
        token.type = waiting.pop().type and token.type
        return
    token.type = ""
    if tag.name in run.shortcodes:
        run.report("bad-shortcode", f"`{tag.name}` is closed but was not opened", run.at(tag.start),
                   tag.end - tag.start)  # fmt: skip


def _unclosed(run: Run, tokens: list[Token]) -> None:
    for token in tokens:
        tag: Tag = token.meta["tag"]
        token.type = ""
        run.report("bad-shortcode", f"`{tag.name}` is never closed", run.at(tag.start), tag.end - tag.start,
                   f"close it with `{{{{< /{tag.name} >}}}}`")  # fmt: skip


def _report(run: Run, fault: Fault) -> None:
    run.report(fault.code, fault.message, run.at(fault.at), fault.length, fault.hint)
