"""Opening a file: where the front matter is, in which format, and what is left of broken ones."""

import pytest

from sitegen.content.frontmatter import body_text, split
from sitegen.content.nodes import UnreadableError
from tests.support.reading import article, codes, read


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Storm\n---\nBody",
        "\n\n---\ntitle: Storm\n---\nBody",
        "\ufeff---\ntitle: Storm\n---\nBody",
        "---  \ntitle: Storm\n--- \t\nBody",
        "---\r\ntitle: Storm\r\n---\r\nBody",
        "---\ntitle: Storm\n---\nBody\r\nmore\r\n",
        "---\ntitle: \ufeffStorm\n---\nBody",
        "---\n# a comment\n\ntitle: Storm\n...\nBody",
        "---\n{title: Storm}\n---\nBody",
        "+++\ntitle = 'Storm'\n+++\nBody",
        '{"title": "Storm"}\nBody',
        '{"title": "\x07Storm"}\nBody',
        '{\n  "title": "Storm"\n}\n\nBody',
        "---\ntitle: |\n  Storm\n---\nBody\n\n---\n\nA rule in the body",
    ],
)
def test_front_matter_is_found_in_every_dress(text: str) -> None:
    found = article(text)
    assert found.title == "Storm"
    assert found.has_body
    assert body_text(text.encode())[0].lstrip().startswith("Body")


@pytest.mark.parametrize(
    ("text", "line"),
    [("---\na: b\n---\nBody", 4), ("\n+++\na = 1\n\n+++\n\nBody", 6), ("Body", 1), ('{"a": 1}\nBody', 1)],
)
def test_the_first_line_of_the_body_is_known(text: str, line: int) -> None:
    assert split(text.encode()).body_line == line


@pytest.mark.parametrize("text", ["---\ntitle: Storm\n---", "---\ntitle: Storm\n---\n\n \n"])
def test_front_matter_alone_is_a_story_without_a_body(text: str) -> None:
    assert not article(text).has_body


@pytest.mark.parametrize("text", ["---\n---\n# Storm", "---\n# nothing\n---\n# Storm", "# Storm", "{}\n# Storm"])
def test_empty_front_matter_is_none(text: str) -> None:
    assert article(text).title == "Storm"


@pytest.mark.parametrize("data", [b"", b"x", b"\n", b" \r\n\r\n"])
def test_an_empty_file_is_left_out(data: bytes) -> None:
    assert read(data).article is None
    assert codes(read(data)) == [("warning", "empty-file", 0)]


@pytest.mark.parametrize(
    "text",
    ["---\nJust a rule above prose.\n\n---\n\n# Storm", "---\n\nProse, no end.\n\n# Storm", "{{< shout >}}\n\n# Storm"],
)
def test_a_rule_or_a_brace_above_prose_is_no_front_matter(text: str) -> None:
    assert article(text).title == "Storm"
    assert body_text(text.encode()) == (text, 1)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: Storm\ndraft: true\n\nBody", 1, "the front matter has no end"),
        ("---\n\n\ntitle: Storm\ndraft: true\n\nBody", 1, "the front matter has no end"),
        ("---\ntitle: Storm\ntags: [a\n---\nBody", 4, "the front matter is not YAML"),
        ("---\ntitle: A storm: the aftermath\n---\nBody", 2, "mapping values are not allowed"),
        ("---\ntitle: a\n--- b\nc: d\n---\nBody", 3, "second document"),
        ("---\na: &a [*a]\n---\nBody", 2, "nothing is called `&a`"),
        ("---\n? [a]\n: b\nc: d\n---\nBody", 2, "a key is not text"),
        ("---\n- a: b\nc: d\n---\nBody", 3, "the front matter is not YAML"),
        ("+++\ntitle = Storm\n+++\nBody", 2, "the front matter is not TOML"),
        ('{"title": Storm}\nBody', 1, "the front matter is not JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_out(text: str, line: int, words: str) -> None:
    parsed = read(text)
    assert parsed.article is None
    assert codes(parsed) == [("warning", "bad-front-matter", line)]
    assert words in parsed.problems[0].message


ALIAS_BOMB = "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))


@pytest.mark.parametrize(
    "matter",
    [
        ALIAS_BOMB,
        "a: " + "[" * 99_999,
        "a: " + "[" * 99 + "]" * 99,
        "\n".join(" " * n + "a:" for n in range(999)),
        "a:\n" + "- " * 9_999,
    ],
)
def test_deep_nesting_and_endless_aliases_are_refused(matter: str) -> None:
    assert codes(read(f"---\n{matter}\n---\nBody"))[0][:2] == ("warning", "bad-front-matter")


@pytest.mark.parametrize("depth", [99, 9_999])
def test_deep_nesting_is_refused_in_toml_and_json_too(depth: int) -> None:
    value = "[" * depth + "]" * depth
    for text in (f'{{"a": {value}}}', f"+++\na = {value}\n+++\n"):
        assert codes(read(text))[0][:2] == ("warning", "bad-front-matter")


def test_header_lines_without_a_fence_are_read_and_named() -> None:
    parsed = read("Title: Storm: the aftermath\nDate: 2026-03-12 10:00\nDraft: true\n\nBody")
    assert parsed.article is not None
    assert parsed.article.title == "Storm: the aftermath"
    assert parsed.article.draft
    assert codes(parsed) == [("warning", "no-fence", 1)]
    assert body_text(b"Title: x\n\nBody") == ("\nBody", 2)
    assert article("# Storm\n\nNote: this is prose").title == "Storm"


def test_bytes_that_are_not_utf8_are_read_and_named() -> None:
    parsed = read("---\ntitle: Über\n---\nBody".encode("cp1252"))
    assert parsed.article is not None
    assert parsed.article.title == "Über"
    assert codes(parsed) == [("warning", "bad-encoding", 2)]


def test_a_body_is_clean() -> None:
    assert body_text("---\na: b\n---\n\x95 one\u2028two\x07\r\n".encode()) == ("• one\ntwo\n", 4)


def test_a_body_without_end_of_front_matter_is_refused() -> None:
    with pytest.raises(UnreadableError):
        body_text(b"---\ntitle: x\n")
