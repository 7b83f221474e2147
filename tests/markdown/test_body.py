"""What comes with the HTML: contents, anchors, excerpt, words, calls, and what was asked of the site."""

from __future__ import annotations

import pytest

from sitegen.content.body import Body, Heading, Picture, Shortcode
from sitegen.content.links import Link
from sitegen.content.markdown import Markdown
from sitegen.plain import pack, unpack
from tests.markdown.shown import SHORTCODES


def body(text: str, title: str = "", language: str = "en") -> Body:
    return Markdown(language=language).body(text, title=title, doc_id="d", shortcodes=SHORTCODES)


def test_contents_and_anchors() -> None:
    box = "{{< box title=t >}}\n### C\n{{< /box >}}"
    result = body(f"## A *b*\n\n{box}\n\n> ### D\n\n### E {{#e}}\n\n[f]{{#g}}[^1]\n\n[^1]: h")
    assert result.toc == (Heading(2, "a-b", "A b"), Heading(3, "e", "E"))
    assert result.anchors == ("a-b", "c", "d", "e", "g", "fnref:d:1", "fn:d:1")


@pytest.mark.parametrize("title", ["It's “so”", 'it\'s "so"', "It’s  „so“", "It’s «\u202fso\u202f»"])
def test_a_heading_that_repeats_the_title_is_left_out_whatever_its_quotes(title: str) -> None:
    assert body('# It\'s *"so"*\n\ntext', title).segments == ("<p>text</p>\n",)


def test_a_plain_body_is_plain_data() -> None:
    result = body("a\n\n{{< box title=t >}}\nb\n{{< /box >}}\n\n# c\n\n{% d %}")
    assert unpack(pack(result), Body) == result


def test_a_call_knows_its_line() -> None:
    result = Markdown().body("a\n\n{{< story ref=b >}}", first_line=7, shortcodes=SHORTCODES)
    assert result.segments[1] == Shortcode("story", {"ref": "b"}, (), 9)


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--more-->", "<!--break-->", "<!-- break -->"])
@pytest.mark.parametrize("place", ["one\n\n{}\n\ntwo", "one\n{}\ntwo", "one {} two"])
def test_the_excerpt_ends_at_the_summary_mark(mark: str, place: str) -> None:
    result = body(place.format(mark))
    assert result.excerpt == "one"
    assert "<!--" not in str(result.segments)


def test_the_excerpt_is_made_of_whole_sentences() -> None:
    first = "The tide came in at six, and nobody on the quay was surprised by how little water there was in it."
    text = f'{first}\n\n"Too late," she said. {"More " * 60}'
    assert body(text).excerpt == f"{first} “Too late,” she said."


@pytest.mark.parametrize("end", ["Mr. Lund", "Dr. Berg", "R. Lund", "3.4 metres"])
def test_a_full_stop_may_end_no_sentence(end: str) -> None:
    assert body(f"{'word ' * 20}came. {'Then ' * 15} {end} {'went ' * 40}").excerpt == "word " * 20 + "came."


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert body("word " * 100).excerpt == "word " * 47 + "word…"


def test_the_excerpt_of_chinese_ends_with_a_sentence() -> None:
    assert body("潮水来了，码头上的人都不惊讶。" * 30, language="zh").excerpt.endswith("。")
    assert 200 < len(body("潮水来了，码头上的人都不惊讶。" * 30, language="zh").excerpt) <= 240


def test_the_excerpt_is_prose() -> None:
    parts = ["# T", "```\ncode\n```", "| a |\n|---|\n| b |", "![alt](p.png)", "Prose[^1].", "[^1]: n"]
    assert body("\n\n".join(["{{< box title=x >}}\nfacts\n{{< /box >}}", *parts])).excerpt == "Prose."


def test_words_are_those_of_the_text() -> None:
    assert body("one two\nthree `four`\n\n- five\n\n{{< box title=no >}}\nsix\n{{< /box >}}\n\n```\nno\n```").words == 6
    assert body("").words == 0


def test_the_site_is_asked_for_targets_as_they_are_written() -> None:
    asked: list[str] = []

    def resolve(target: str) -> Link:
        asked.append(target)
        return Link(f"/x/{target}")

    text = "[a](<b c.md> 'd') ![e](f%20g.png) [h](ü\\_.md) <https://i.example/>\n\n<a href='j&amp;k'>l</a>"
    html = "".join(map(str, Markdown().body(text, resolve=resolve).segments))
    assert asked == ["b c.md", "f%20g.png", "ü_.md", "https://i.example/", "j&k"]
    assert 'href="/x/b%20c.md"' in html
    assert 'src="/x/f%20g.png"' in html
    assert 'href="/x/j&amp;k"' in html


def test_a_picture_of_the_site_is_left_to_the_theme() -> None:
    def resolve(target: str) -> Link:
        return Link(f"/x/{target}", picture=f"content/{target}")

    text = '![a](b.png "B"){.wide width=300}\n\n[![*c*](d.jpg)](b.png) <i>e</i> ![f](b.png){#g}'
    body = Markdown().body(text, resolve=resolve)
    lazy = {"loading": "lazy", "decoding": "async"}
    assert body.segments == (
        '<figure class="wide">',
        Picture("content/b.png", {"src": "/x/b.png", "alt": "a", **lazy, "width": "300"}),
        '<figcaption>B</figcaption></figure>\n<p><a href="/x/b.png">',
        Picture("content/d.jpg", {"src": "/x/d.jpg", "alt": "c", **lazy}),
        "</a> <i>e</i> ",
        Picture("content/b.png", {"src": "/x/b.png", "alt": "f", **lazy, "id": "g"}),
        "</p>\n",
    )
    assert (body.pictures, body.anchors) == (("content/b.png", "content/d.jpg"), ("g",))
    assert unpack(pack(body), Body) == body


def test_long_bodies_take_time_in_proportion_to_their_length() -> None:
    """A quadratic rule would take minutes for these."""
    paragraph = "The minister said \"yes\" and 'no' -- twice... [a](b.md) *c* `d`{.e} <b>f</b> {{ g }} ![h](i.png)\n"
    picture = "![a](data:image/png;base64," + "A" * 284_000 + ")"
    raw = "<img src=i.png alt='j'> <picture> <img \"" * 9_000
    for text in (paragraph * 9_000, paragraph.replace("\n", " ") * 3_000, picture, "[" * 9_000, "# a\n" * 20_000, raw):
        Markdown().body(text, shortcodes=SHORTCODES)
