"""Whatever a body holds: no exception, no script, and HTML in which every element is closed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import MARKDOWN_EXTENSIONS, MarkdownConfig
from sitegen.content.body import Body, Segments, Shortcode
from sitegen.content.markdown import Markdown, inline, plain
from sitegen.content.shortcodes import ShortcodeSpec
from tests.markdown.pieces import PIECES

VOID = {"br", "col", "hr", "img", "input", "source", "track", "wbr"}
SHORTCODES = {"box": ShortcodeSpec(("title",), ("by",), inner=True), "story": ShortcodeSpec(("ref",))}


class Reader(HTMLParser):
    """Fails at an element that is not closed where it should be, and at anything that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe", "svg", "math", "object", "embed", "form"}
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "action", "formaction"}
            if name in {"href", "src", "poster", "cite"}:
                assert not "".join((value or "").split()).lower().startswith(("javascript:", "vbscript:", "data:t"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def pieces_of(segments: Segments) -> list[str]:
    """The HTML around the calls, and of each call's inner text, one string for each level."""
    inner = [part for segment in segments if isinstance(segment, Shortcode) for part in pieces_of(segment.inner)]
    return ["".join(part for part in segments if isinstance(part, str)), *inner]


def read(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert "<script" not in html.lower()


def check(body: Body) -> None:
    for html in pieces_of(body.segments):
        read(html)
    assert len(set(body.anchors)) == len(body.anchors)
    assert len(body.excerpt) <= 240


texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


@given(texts)
def test_clean_html_is_balanced_and_harmless(text: str) -> None:
    check(Markdown().body(text, path="a.md", doc_id="d", title="word", shortcodes=SHORTCODES))


@given(texts)
def test_escaped_html_is_balanced_and_harmless(text: str) -> None:
    check(Markdown(MarkdownConfig(html="escape"), "de").body(text, shortcodes=SHORTCODES))


choices = st.builds(
    MarkdownConfig,
    html=st.sampled_from(["allow", "sanitize", "escape"]),
    typographer=st.booleans(),
    extensions=st.lists(st.sampled_from(MARKDOWN_EXTENSIONS), unique=True).map(tuple),
    highlight=st.booleans(),
)


@given(texts, choices)
def test_no_text_fails_whatever_is_switched_on(text: str, options: MarkdownConfig) -> None:
    Markdown(options).body(text, shortcodes=SHORTCODES)


@given(texts)
def test_one_parser_forgets_each_body(text: str) -> None:
    markdown = Markdown()
    first = markdown.body(text, shortcodes=SHORTCODES)
    markdown.body("[a]: b\n[^1]: c\n\n# d {#e}\n\n{{< box >}}", shortcodes=SHORTCODES)
    assert markdown.body(text, shortcodes=SHORTCODES) == first


@given(texts, st.sampled_from(["en", "fr", "ja"]))
def test_headlines_are_harmless(text: str, language: str) -> None:
    html = inline(text, language)
    read(html)
    assert "<a" not in html
    plain(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#9;script:alert(1))", "[x](&#1;javascript:x)",
        "[x]( javascript:x)",
        "[x][y]\n\n[y]: javascript:x", "<javascript:x>", "![x](javascript:x)", "[x](data:text/html,x)",
        "[x](vbscript:x)", "![x](data:image/svg+xml,x)", '<a href="javascript:x">', '<a href="java\nscript:x">y</a>',
    ],
)  # fmt: skip
def test_scripts_in_targets_are_refused(text: str) -> None:
    check(Markdown().body(text))
