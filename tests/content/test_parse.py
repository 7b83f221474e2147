"""A whole file: what path and body say where the front matter is silent, and that nothing upsets the reading."""

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import FrontMatterConfig
from sitegen.content import Settings, parse
from sitegen.content.article import Parsed
from sitegen.plain import pack, unpack
from tests.support.reading import article, codes, read


@pytest.mark.parametrize(
    ("path", "date", "slug", "section"),
    [
        ("content/2026-03-12-storm.md", "2026-03-12", "storm", ""),
        ("content/world/2018-4-2-storm.md", "2018-04-02", "storm", "world"),
        ("content/world/europe/2018-4-2-storm.md", "2018-04-02", "storm", "world"),
        ("content/world/2018-04-02-storm/index.md", "2018-04-02", "storm", "world"),
        ("content/2018/04/02/storm.md", "2018-04-02", "storm", ""),
        ("content/2018/04/02-storm.md", "2018-04-02", "storm", ""),
        ("content/world/2018/04/02/storm/index.md", "2018-04-02", "storm", "world"),
        ("content/2018-04-02.md", "2018-04-02", "2018-04-02", ""),
        ("content/2018-04-02-סערה בים.md", "2018-04-02", "סערה-בים", ""),
        ("content/2018-04-02-what?%20[a] .md", "2018-04-02", "what-a", ""),
        ("content/2018-04-02-caf%c3%a9.md", "2018-04-02", "café", ""),
        ("content/2018-04-02-.net.md", "2018-04-02", "dot-net", ""),
    ],
)
def test_the_path_says_what_the_front_matter_does_not(path: str, date: str, slug: str, section: str) -> None:
    found = article("# Storm\n\nBody", path)
    assert found.date is not None
    assert (f"{found.date:%Y-%m-%d}", found.slug, found.section) == (date, slug, section)
    assert found.bundle == path.endswith("index.md")
    assert found.path == path


def test_the_front_matter_goes_before_the_path() -> None:
    found = article("---\ntitle: a\ndate: 2020-01-01\nslug: b\nsection: c\n---\nBody", "content/x/2018-4-2-storm.md")
    assert found.date is not None
    assert (f"{found.date:%Y-%m-%d}", found.slug, found.section) == ("2020-01-01", "b", "c")


@pytest.mark.parametrize("path", ["content/storm.md", "content/2018-13-02-storm.md", "content/2018/04/storm.md"])
def test_a_story_without_a_date_is_named_and_undated(path: str) -> None:
    parsed = read("# Storm", path)
    assert parsed.article is not None
    assert parsed.article.date is None
    assert codes(parsed) == [("warning", "no-date", 0)]


@pytest.mark.parametrize(
    ("path", "kind", "slug"),
    [
        ("content/pages/about.md", "page", "about"),
        ("content/pages/about/index.md", "page", "about"),
        ("content/authors/index.md", "page", "authors"),
        ("content/authors/jane-doe.md", "author", "jane-doe"),
        ("content/authors/jane-doe/index.md", "author", "jane-doe"),
        ("content/tags/iran.md", "tag", "iran"),
    ],
)
def test_folders_say_what_kind_of_page_it_is(path: str, kind: str, slug: str) -> None:
    found = article("# Title", path)
    assert (found.kind, found.slug, found.section, found.date) == (kind, slug, "", None)


def test_a_story_may_be_a_page() -> None:
    assert article("---\nkind: page\ntitle: Imprint\n---\n", "content/imprint.md").kind == "page"


def test_authors_have_a_name_a_biography_and_a_page_elsewhere() -> None:
    text = "---\nname: Jane Doe\nbio: Covers rivers\nurl: https://example.org/jane\nimage: jane.png\n---\n"
    found = article(text, "content/authors/jane.md")
    assert (found.title, found.deck, found.homepage) == ("Jane Doe", "Covers rivers", "https://example.org/jane")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Storm", "Storm"),
        ("Words\n\n# Storm #\n\n# Second", "Storm"),
        ("Storm\n=====\n\nBody", "Storm"),
        ("```\n# a comment\n```\n\n# Storm", "Storm"),
        ("~~~\n```\n# a comment\n~~~\n# Storm", "Storm"),
        ("    # code\n\n## Second level\n\n# Storm {#id .class}", "Storm"),
        ("# Storm {: .big}", "Storm"),
        ("# \x95 Storm\x07", "• Storm"),
    ],
)
def test_a_missing_title_is_the_first_heading(body: str, title: str) -> None:
    found = article(body)
    assert (found.title, found.title_from) == (title, "heading")


def test_a_file_without_any_title_is_called_after_its_name() -> None:
    parsed = read("Body #1", "content/2026-03-12-storm_at-sea.md")
    assert parsed.article is not None
    assert (parsed.article.title, parsed.article.title_from) == ("Storm at sea", "name")
    assert codes(parsed) == [("warning", "no-title", 0)]


@pytest.mark.parametrize(
    ("written", "title", "html"),
    [
        ("A *storm* comes", "A storm comes", "A <em>storm</em> comes"),
        ("mod_perl", "mod_perl", "mod_perl"),
        ("Salt &amp; vinegar", "Salt & vinegar", "Salt &amp; vinegar"),
        ("O\\*NET", "O*NET", "O*NET"),
        ("The <*> mark", "The <*> mark", "The &lt;*&gt; mark"),
        ("<script>", "<script>", "&lt;script&gt;"),
    ],
)
def test_a_title_is_plain_text_and_safe_html(written: str, title: str, html: str) -> None:
    found = article(f"---\ntitle: '{written}'\ndeck: '{written}'\n---\nBody")
    assert (found.title, found.title_html) == (title, html)
    assert (found.deck, found.deck_html) == (title, html)


def test_a_section_that_nobody_knows_is_named() -> None:
    parsed = read("---\ntitle: a\nsection: politcs\n---\nBody", sections=("politics", "world"))
    assert codes(parsed) == [("warning", "unknown-section", 3)]
    assert parsed.problems[0].hint == "did you mean `politics`?"
    assert article("---\ntitle: a\nsection: Politics\n---\nBody", sections=("politics",)).section == "Politics"


def test_the_language_of_the_site_is_that_of_its_stories() -> None:
    assert article("# Storm", language="da").language == "da"
    assert article("---\nlanguage: pt_br\n---\n# Storm", language="da").language == "pt-BR"


def test_dates_are_read_in_the_zone_of_the_site() -> None:
    found = article("---\ndate: 2026-03-12 08:00\n---\n# Storm", zone="Asia/Tokyo")
    assert found.date is not None
    assert found.date.isoformat() == "2026-03-12T08:00:00+09:00"


@given(st.binary() | st.text().map(str.encode), st.sampled_from(["---\n", "+++\n", "{", "Title: a\n", ""]))
def test_no_bytes_upset_the_reading(data: bytes, opening: str) -> None:
    config = FrontMatterConfig(extra=("*",))
    for text in (opening.encode() + data, opening.encode() + data + b"\n" + opening.encode()):
        parsed = parse("content/a.md", text, Settings(front_matter=config))
        assert unpack(pack(parsed), Parsed) == parsed
        assert parsed.article is None or (parsed.article.title and parsed.article.slug)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 170_000,
        "![x](data:image/png;base64," + "A" * 284_000 + ")",
        "#" * 284_000,
        "=" * 284_000,
        "a\n=" * 100_000,
        "```\n" * 100_000,
        "\n" * 300_000 + "x",
        " " * 300_000 + "x",
        "---\n" + "a" * 284_000,
        "---\n" + "word\n" * 100_000 + "---\n",
        "---\ntitle: a\n" + "\n" * 300_000,
        "{" * 284_000,
        '{"' * 100_000,
        "Title: a\n" * 30_000 + "b",
        "a:" * 142_000,
        "\x95\u2028" * 100_000,
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_huge_files_and_lines_are_read_in_linear_time(text: str) -> None:
    start = perf_counter()
    read(text)
    assert perf_counter() - start < 2


def test_neither_yaml_nor_markdown_is_loaded_before_there_is_some() -> None:
    code = """
import sys
from sitegen.content import Settings, parse
parse("content/a.md", b"# Storm", Settings())
print(*(name for name in ("yaml", "markdown_it") if name in sys.modules), end="")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""
