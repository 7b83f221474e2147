"""Reads the tags in a piece of raw HTML: what cleaning will take away, and what is never closed."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from sitegen.content.markdown.allowed import allowed_attribute, allowed_tag
from sitegen.content.markdown.run import Place, Run
from sitegen.regex import regex

__all__ = ["read_tags", "still_open"]

_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_UNENDED = frozenset((
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot",
    "th", "thead", "tr",
))  # fmt: skip
"""Elements whose end tag may be left out."""

_EMPTY_COMMENT = regex("<!---?>")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}


def read_tags(run: Run, html: str, place: Place) -> str:
    """Reports what is wrong with a piece of HTML, and gives it back with its last construct ended."""
    reader = _Reader(run, place)
    reader.feed(html)
    rest = reader.rawdata
    if not rest.startswith("<") or _EMPTY_COMMENT.match(rest):
        return html
    end = next((end for start, end in _ENDS.items() if rest.startswith(start)), None)
    message = "is never closed, so it is shown as text" if end is None else "is never closed: it hides what follows"
    run.report("unclosed-html", f"`{rest[:4].split()[0]}` {message}", reader.here, 1)
    if run.plain:
        return html
    return html + end if end else html.removesuffix(rest) + escape(rest)


def still_open(run: Run) -> str:
    """Reports the elements that a body leaves open; gives the tags that close them."""
    for tag, place in run.open_tags:
        run.report("unclosed-html", f"`<{tag}>` is never closed", place, len(tag) + 1)
    return "".join(f"</{tag}>" for tag, _ in reversed(run.open_tags))


class _Reader(HTMLParser):
    def __init__(self, run: Run, place: Place) -> None:
        super().__init__()
        self._run, self._place = run, place

    @property
    def here(self) -> Place:
        """The place of the tag that is being read."""
        row, column = self.getpos()

        def place() -> tuple[int, int]:
            first, start = self._place()
            return first + row - 1, column if row > 1 else start + column

        return place

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """What begins with `<![` and is none of the sections that the reader knows is a comment up to `>`."""
        start = self.getpos()
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = start
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Reports what may not stand here. Called for each opening tag."""
        if tag not in _VOID and tag not in _UNENDED:
            self._run.open_tags.append((tag, self.here))
        if self._run.trusted:
            return
        if not allowed_tag(tag):
            self._removed(f"`<{tag}>`", tag)
            return
        for name, _ in attrs:
            if not allowed_attribute(tag, name):
                self._removed(f"`{name}` of `<{tag}>`", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """In HTML a slash at the end of a tag closes nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Looks for the element that this tag closes."""
        if tag in _VOID or tag in _UNENDED:
            return
        still = self._run.open_tags
        if tag not in (name for name, _ in still):
            self._run.report("unclosed-html", f"`</{tag}>` closes nothing", self.here, len(tag) + 3)
            return
        while still[-1][0] != tag:
            name, place = still.pop()
            self._run.report("unclosed-html", f"`<{name}>` is never closed", place, len(name) + 1)
        still.pop()

    def _removed(self, what: str, tag: str) -> None:
        self._run.report("html-removed", f"{what} is not allowed and was left out", self.here, len(tag) + 1)
