"""What is wrong with a body, and exactly where: line and column count from 1, in the file."""

from __future__ import annotations

import pytest

from sitegen.config import MarkdownConfig
from sitegen.content.links import Link
from sitegen.content.markdown import Markdown
from tests.markdown.shown import SHORTCODES, problems


def nothing_is_there(target: str) -> Link:
    """A site without pages."""
    return Link(target, f"there is no `{target}`")


def found(text: str, options: MarkdownConfig | None = None) -> list[str]:
    body = Markdown(options).body(text, path="content/a.md", first_line=11, shortcodes=SHORTCODES)
    assert all(problem.span.path == "content/a.md" for problem in body.problems)
    return problems(body)


def missing(text: str) -> list[str]:
    return problems(Markdown().body(text, first_line=11, resolve=nothing_is_there))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[a](b.md)", "11:5+4"),
        ("word\n*word* [a *b*](  <b.md> 'c') word", "12:19+4"),
        ("> - word\n>   word [a](b.md)", "12:14+4"),
        ("| x | y |\n|---|---|\n| z | [a](b.md) |", "13:11+4"),
        ("Term\n: word [a](b.md)", "12:12+4"),
        ("x[^1]\n\n[^1]: word [a](b.md)", "13:16+4"),
        ("> [!NOTE] [a](b.md)\n> word", "11:15+4"),
        ("> [!NOTE] x\n> word [a](b.md)", "12:12+4"),
        ("word\n---\n\n## word [a](b.md)", "14:13+4"),
        ("word [a][b]\n\n[b]: b.md", "11:6+6"),
        ("word <b>x</b>\n<a title='b.md' href='b.md'>c</a>", "12:23+4"),
        ("word\n\n<div>\n  <a href=b.md>x</a></div>", "14:11+4"),
    ],
)
def test_a_missing_page_is_named_where_its_link_stands(text: str, place: str) -> None:
    assert missing(text)[0] == f"warning missing-link {place} there is no `b.md`"


@pytest.mark.parametrize("text", ["word ![a](b.png)", '<img src="b.png">', "![a](b.png 'c'){.d}"])
def test_a_missing_picture_has_its_own_code(text: str) -> None:
    assert missing(text)[0].startswith("warning missing-image 11:")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("word\n{{< stori ref=a >}}", "warning unknown-shortcode 12:5+5 there is no shortcode `stori`"),
        ("> {{< story >}}", "warning bad-shortcode 11:7+5 `story` needs the parameter `ref`"),
        ("{{< story ref=a\n  reff=b >}}", "warning bad-shortcode 12:3+4 `story` has no parameter `reff`"),
        ("{{< story ref=a ref=b >}}", "warning bad-shortcode 11:17+3 `ref` is given twice"),
        ('{{< story "a" >}}', "warning bad-shortcode 11:11+3 this is not a parameter"),
        ("{{< story ref=a", "warning bad-shortcode 11:1+3 the shortcode is never ended by `>}}`"),
        ("{{< >}}", "warning bad-shortcode 11:1+3 a shortcode needs a name"),
        ("{{< /story ref=a >}}", "warning bad-shortcode 11:16+1 a closing mark takes no parameters"),
        ("word\n\n- {{< quote >}}\n\nword", "warning bad-shortcode 13:3+13 `quote` is never closed"),
        ("word\n{{< /quote >}}", "warning bad-shortcode 12:1+14 `quote` is closed but was not opened"),
        ("word {{< story ref=a >}}", "warning bad-shortcode 11:6+3 a shortcode stands on a line of its own"),
        ("{{< story ref=a >}} word", "warning bad-shortcode 11:1+19 a shortcode stands on a line of its own"),
        ("{{< quote >}}\n{{< box title=a >}}\n{{< /quote >}}", "warning bad-shortcode 12:1+19 `box` is never closed"),
    ],
)  # fmt: skip
def test_a_wrong_shortcode_is_left_out_and_told(text: str, problem: str) -> None:
    assert found(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<div>\n<script>b</script></div>", "warning html-removed 12:1+7 `<script>` is not allowed and was left out"),
        ('a <b style="c">d</b>', "warning html-removed 11:3+2 `style` of `<b>` is not allowed and was left out"),
        ("a\n\n<!-- b\n\nc", "warning unclosed-html 13:1+1 `<!--` is never closed: it hides what follows"),
        ("<p><![- b>c</x>", "warning unclosed-html 11:12+4 `</x>` closes nothing"),
        ("<div>\n\na", "warning unclosed-html 11:1+4 `<div>` is never closed"),
        ("a </b>", "warning unclosed-html 11:3+4 `</b>` closes nothing"),
        ("a [b](javascript:c)", "warning refused-link 11:7+12 `javascript:` is not allowed in a link"),
        ('<a href="data:a">b</a>', "warning refused-link 11:4+13 `data:` is not allowed in a link"),
        ("a[^b]", "warning missing-footnote 11:2+4 there is no note `[^b]:`"),
        ("a\n\n[^b]: c", "warning unused-footnote 13:1+5 nothing refers to the note `[^b]:`"),
        ("`a`{style=b}", "warning bad-attribute 11:4+0 `style` cannot be set to `b`"),
        ("a\n{: onclick=b}", "warning bad-attribute 12:1+0 `onclick` cannot be set to `b`"),
        ("## a {#b}\n\n## c {#b}", "warning duplicate-id 13:6+0 the id `b` is used twice in this text"),
        ("a\n\n{% b %}\nc\n{% d %}", "warning foreign-markup 13:1+2 2 template tags are shown as text"),
    ],
)
def test_a_warning(text: str, problem: str) -> None:
    assert found(text) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "`{% a %}` {{ b }} {#c} [gallery d]", "    {% a %}", "```\n{{< nope >}}\n[a][^b]\n```", "`{{< nope >}}`",
        "{{</* nope */>}}", "a <!-- more --> b", "<details open><p>a<br/></details>", "{{< story ref=a/>}}",
    ],
)  # fmt: skip
def test_nothing_is_wrong(text: str) -> None:
    assert found(text) == []


def test_without_the_extension_a_call_is_text() -> None:
    assert found("{{< nope >}}", MarkdownConfig(extensions=("tables",))) == []


def test_a_body_full_of_one_problem_does_not_flood_the_report() -> None:
    assert len(found("{{< nope >}}\n" * 1000 + "[a](javascript:b)")) == 51


def test_the_hint_names_what_was_meant() -> None:
    body = Markdown().body("{{< stori ref=a >}}\n\n{{< story reff=a ref=b >}}", shortcodes=SHORTCODES)
    assert [problem.hint for problem in body.problems] == ["did you mean `story`?", "did you mean `ref`?"]
