"""Blocks: at each line only those rules are asked which can match a line that begins with such a character.

Each block of the CommonMark specification but three begins with a character of its own: `>` a quotation, `#` a heading,
a digit or one of `*+-` a list item, and so on (sections 4, 5). The three are code that is indented, headings that a
line of `-` or `=` underlines, and paragraphs. Tables and definitions, which the specification does not have, show in
one of the two lines below. So a line that begins with anything else and has no such line below it begins a paragraph,
and a line within a paragraph that begins with anything else goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

__all__ = ["Blocks"]

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_STARTS = {
    "attributes": "{",
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "reference": "[",
    "shortcode": "{",
}
"""The characters that a block of each kind begins with. Rules that are not here are asked at every line."""
_OF_TEXT = {"table", "code", "lheading", "deflist", "paragraph"}
"""What other lines may be: code is indented; a table, a heading and a definition show in one of the two lines below."""


class Blocks(ParserBlock):
    """The block parser of the library with a faster way to its rules."""

    def __init__(self, ruler: Ruler[BlockRule]) -> None:
        super().__init__()
        self.ruler = _Ruler(ruler)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """The block tokens of a text."""
        if src:
            state = StateBlock("", md, env, outTokens)
            _read_lines(state, src)
            self.tokenize(state, 0, state.lineMax)
        return outTokens if src else None


class _Ruler(Ruler[BlockRule]):
    """Makes one rule of each chain of rules: the one that asks the others."""

    def __init__(self, other: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = other.__rules__

    def __compile__(self) -> None:
        super().__compile__()
        names = {rule.fn: rule.name for rule in self.__rules__}
        chains = self.__cache__ or {}
        self.__cache__ = {chain: [_asking(rules, names, main=not chain)] for chain, rules in chains.items()}


def _asking(rules: Sequence[BlockRule], names: dict[BlockRule, str], *, main: bool) -> BlockRule:
    """A rule that asks those of the rules which can match."""
    starts = {rule: _STARTS.get(names[rule]) for rule in rules}
    others = [rule for rule, characters in starts.items() if characters is None]
    by_first = {
        first: [rule for rule, characters in starts.items() if characters is None or first in characters]
        for first in "".join(filter(None, starts.values()))
    }
    text_only = main and _OF_TEXT.issuperset(names[rule] for rule in others)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        fitting = by_first.get(state.src[at : at + 1])
        if fitting is None:
            if text_only and _paragraph(state, line, end):
                return True
            fitting = others
        for rule in fitting:  # noqa: SIM110 - a generator would cost more than most rules
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _paragraph(state: StateBlock, line: int, end: int) -> bool:
    """A paragraph, where a line of text begins one; false where it may be something else, too."""
    below = line + 1
    first = state.bMarks[below] + state.tShift[below]
    if state.is_code_block(line):
        return False
    if first >= state.eMarks[below]:
        after = below + 1
        if after < end and state.src.startswith((":", "~"), state.bMarks[after] + state.tShift[after]):
            return False
    elif state.src[first] in "|:~" and state.sCount[below] >= state.blkIndent:
        return False
    else:
        below = _end(state, below)
    if below:
        _push(state, line, below)
    return below > 0


def _end(state: StateBlock, line: int) -> int:
    """The line where a paragraph ends, asking what may end it; 0 if it may be a heading."""
    last, indent = state.lineMax, state.blkIndent
    state.parentType = "paragraph"  # as the rule for setext headings leaves it
    (ends,) = state.md.block.ruler.getRules("paragraph")
    while line < last:
        first = state.bMarks[line] + state.tShift[line]
        if first >= state.eMarks[line]:
            break
        columns = state.sCount[line]
        if columns - indent <= 3 and columns >= 0:
            if state.src[first] in "-=" and columns >= indent:
                return 0
            if ends(state, line, last, True):
                break
        line += 1
    return line


def _push(state: StateBlock, line: int, end: int) -> None:
    if end - line == 1 and not state.tShift[line]:
        text = state.src[state.bMarks[line] : state.eMarks[line]]
    else:
        text = state.getLines(line, end, state.blkIndent, keepLastLF=False)
    level, state.line = state.level, end
    state.tokens += (
        Token("paragraph_open", "p", 1, {}, [line, end], level, None, "", "", "", {}, True),
        Token("inline", "", 0, {}, [line, end], level + 1, [], mdTrim(text), "", "", {}, True),
        Token("paragraph_close", "p", -1, {}, None, level, None, "", "", "", {}, True),
    )


def _read_lines(state: StateBlock, src: str) -> None:
    """Notes where the lines begin and end, and how far each is indented."""
    lines = src.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()  # a last line without an end counts only if it holds something
    ends = list(accumulate(map(len, lines), lambda end, length: end + 1 + length))
    blanks = [len(line) - len(line.lstrip(" \t")) for line in lines]
    state.src, state.lineMax = src, len(lines)
    # The parser looks one line further, so each list has one more.
    state.bMarks = [0, *(end + 1 for end in ends[:-1]), len(src)] if lines else [len(src)]
    state.eMarks = [*ends, len(src)]
    state.tShift = [*blanks, 0]
    state.sCount = [*(map(_columns, lines, blanks) if "\t" in src else blanks), 0]
    state.bsCount = [0] * (len(lines) + 1)


def _columns(line: str, blanks: int) -> int:
    """How many columns the blanks at the beginning of a line take: a tab goes on to the next multiple of four."""
    return len(line[:blanks].expandtabs(4))
