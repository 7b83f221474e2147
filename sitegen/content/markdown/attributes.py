"""Attributes in braces: `{.class #id lang=fr}`, or `{: .class}` as kramdown writes it.

They stand right after a link, a picture, inline code or `[some text]`, at the end of a heading, or on a line of their
own: right below a block they belong to it, otherwise to the block that follows. Braces around anything else are text.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.run import Place, Run, run_of
from sitegen.regex import regex

__all__ = ["install", "unique_id"]

_ITEM = regex(
    r"""\s*(?:\.(?P<class>[\w:-]+)|\#(?P<id>[\w:.-]+)|(?P<key>[\w:-]+)="""
    r"""(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'{}=<>]+)))"""
)
_START = regex(r"\{:?")
_END = regex(r"\s*\}")
_AT_END = regex(r"\{[^{}\n]*\}$")
_PIXELS = regex(r"\d{1,5}(?:px)?")
_SAFE = {
    "class": regex(r"[^\"<>]*"),
    "id": regex(r"[\w:.-]+"),
    "lang": regex(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "dir": regex(r"ltr|rtl|auto"),
    "credit": regex(r".*"),
    "title": regex(r".*"),
    "width": _PIXELS,
    "height": _PIXELS,
    "loading": regex(r"lazy|eager"),
}
_AFTER = frozenset(("image", "code_inline", "link_close", "span_close"))

Attributes = dict[str, str]


def install(md: MarkdownIt) -> None:
    """Adds the rules."""
    ends = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "attributes", _line, ends)  # type: ignore[arg-type]
    md.core.ruler.after("block", "attributes", _give)
    md.inline.ruler.after("link", "span", _span)
    md.inline.ruler.push("attributes", _behind)


def _read(text: str, start: int) -> tuple[Attributes, int] | None:
    """Attributes that begin at `start`, and where they end; None if these braces are none."""
    opening = _START.match(text, start)
    if opening is None:
        return None
    found: Attributes = {}
    end = opening.end()
    while item := _ITEM.match(text, end):
        end = item.end()
        if item["class"]:
            found["class"] = f"{found.get('class', '')} {item['class']}".lstrip()
        elif item["id"]:
            found["id"] = item["id"]
        else:
            found[item["key"].lower()] = item["double"] or item["single"] or item["bare"] or ""
    closing = _END.match(text, end)
    return (found, closing.end()) if closing and found else None


def _add(run: Run, token: Token, attributes: Attributes, place: Place) -> None:
    """Gives the safe ones to the token and reports the others."""
    for name, value in attributes.items():
        safe = _SAFE.get(name)
        if safe is None or not safe.fullmatch(value):
            hint = "" if safe else "these can be set: " + ", ".join(_SAFE)
            run.report("bad-attribute", f"`{name}` cannot be set to `{value}`", place, hint=hint)
        elif name == "class":
            token.attrJoin("class", value)
        elif name == "id":
            token.attrs["id"] = unique_id(run, value, place)
        elif name == "credit":
            token.meta["credit"] = value
        else:
            token.attrs[name] = value.removesuffix("px") if safe is _PIXELS else value


def unique_id(run: Run, wanted: str, place: Place) -> str:
    """The id that was wanted, or, if it is taken, which is reported, one that is like it."""
    given = run.claim(wanted)
    if given != wanted:
        run.report("duplicate-id", f"the id `{wanted}` is used twice in this text", place)
    return given


def _line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line that holds attributes and nothing else."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{", start) or state.is_code_block(start_line):
        return False
    found = _read(state.src, start)
    if found is None or state.src[found[1] : state.eMarks[start_line]].strip() or found[1] > state.eMarks[start_line]:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start_line, start_line + 1]
        token.meta = {"attributes": found[0], "place": run_of(state).at(start)}
        state.line = start_line + 1
    return True


def _give(state: StateCore) -> None:
    """Moves attributes from lines of their own to the blocks they belong to, and from the ends of headings."""
    if "{" not in state.src:
        return
    run = run_of(state)
    before: dict[int, Token] = {}
    kept: list[Token] = []
    tokens = state.tokens
    for number, token in enumerate(tokens):
        if token.type == "attributes":
            _give_line(run, token, before.get(token.level), tokens[number + 1 : number + 2])
            continue
        if token.type == "heading_open":
            _give_heading(run, token, tokens[number + 1])
        if token.nesting >= 0:
            before[token.level] = token
        kept.append(token)
    state.tokens = kept


def _give_line(run: Run, token: Token, before: Token | None, after: list[Token]) -> None:
    attributes, place = token.meta["attributes"], token.meta["place"]
    assert token.map is not None
    if before is not None and before.map is not None and before.map[1] == token.map[0]:
        _add(run, before, attributes, place)
    elif after and after[0].type == "attributes":
        after[0].meta["attributes"] = _merged(attributes, after[0].meta["attributes"])
    elif after and after[0].nesting >= 0:
        _add(run, after[0], attributes, place)


def _merged(first: Attributes, second: Attributes) -> Attributes:
    classes = " ".join(filter(None, (first.get("class"), second.get("class"))))
    return first | second | ({"class": classes} if classes else {})


def _give_heading(run: Run, heading: Token, inline: Token) -> None:
    found = _AT_END.search(inline.content)
    read = _read(inline.content, found.start()) if found else None
    if found and read and read[1] == len(inline.content):
        line = heading.map[0] if heading.map else 0
        inline.content = inline.content[: found.start()].rstrip()
        _add(run, heading, read[0], lambda: (line, max(0, run.line(line).find(found[0]))))


def _behind(state: StateInline, silent: bool) -> bool:
    """Attributes right after an inline element."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens or state.tokens[-1].type not in _AFTER:
        return False
    found = _read(state.src, state.pos)
    if found is None or found[1] > state.posMax:
        return False
    if not silent:
        run = run_of(state)
        _add(run, _opener(state.tokens), found[0], run.inside(state.src, state.pos))
    state.pos = found[1]
    return True


def _opener(tokens: list[Token]) -> Token:
    """The token that opens the element which the last one closes, or the last one."""
    depth = 0
    for token in reversed(tokens):
        depth -= token.nesting
        if depth == 0:
            return token
    return tokens[-1]


def _span(state: StateInline, silent: bool) -> bool:
    """`[some text]` with attributes, such as its language."""
    start = state.pos
    if state.src[start] != "[" or state.html_terminator_last("]{") < start:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    found = _read(state.src, end + 1) if end >= 0 else None
    if found is None or found[1] > state.posMax:
        return False
    if not silent:
        run, after = run_of(state), state.posMax
        token = state.push("span_open", "span", 1)
        _add(run, token, found[0], run.inside(state.src, end + 1))
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = after
    state.pos = found[1]
    return True
