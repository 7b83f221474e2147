"""Values as archives write them, read by the type of the field that they are for."""

from datetime import datetime
from typing import Any

import pytest

from sitegen.config import FrontMatterConfig
from sitegen.content.article import Audio, Correction, Image
from tests.support.reading import article, codes, read


def value(matter: str, name: str) -> Any:
    """One field of a story whose front matter gives no cause for complaint."""
    return getattr(article(f"---\ntitle: Storm\n{matter}\n---\nBody"), name)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2024", "2024"),
        ("no", "no"),
        ("21-32-00", "21-32-00"),
        (">\n  A storm\n  comes\n", "A storm comes"),
        ("'  Storm '", "Storm"),
        ('"Storm\\u0007 \\x95"', "Storm •"),
    ],
)
def test_a_title_is_text_on_one_line(written: str, title: str) -> None:
    assert article(f"---\ntitle: {written}\n---\nBody").title == title


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("[Iran, oil]", ("Iran", "oil")),
        ("Iran, oil", ("Iran", "oil")),
        ("Iran; oil, gas", ("Iran", "oil, gas")),
        ("open science", ("open science",)),
        ("['Tehran, Iran', oil]", ("Tehran, Iran", "oil")),
        ("no", ("no",)),
        ("[no, 2024, 1.10, null, ~, '']", ("no", "2024", "1.10")),
        ("[KDE, c++, kde, C]", ("KDE", "c++", "C")),
        ("[[a, b], c]", ("a", "b", "c")),
        ("[{name: a, slug: x}]", ("a",)),
        ("", ()),
        ("[]", ()),
    ],
)
def test_tags_are_read_in_every_form(written: str, tags: tuple[str, ...]) -> None:
    assert value(f"tags: {written}", "tags") == tags


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("jane-doe", ("jane-doe",)),
        ("[jane-doe, 'Doe, Jane']", ("jane-doe", "Doe, Jane")),
        ("Jane Doe", ("Jane Doe",)),
        ("Jane Doe & Ali Reza", ("Jane Doe", "Ali Reza")),
        ("Jane Doe, Ali Reza and Eva van der Meer", ("Jane Doe", "Ali Reza", "Eva van der Meer")),
        ("Jane Doe, Ali Reza, and Wu Li", ("Jane Doe", "Ali Reza", "Wu Li")),
        ("By Jane Doe", ("Jane Doe",)),
        ("Doe, Jane; Reza, Ali", ("Doe, Jane", "Reza, Ali")),
        ("Doe, Jane", ("Doe, Jane",)),
        ("jane-doe, ali", ("jane-doe", "ali")),
        ("Jane Doe, PhD", ("Jane Doe, PhD",)),
        ("Jane Doe, Science Editor", ("Jane Doe, Science Editor",)),
        ("Jane Doe, our correspondent in Lowwater", ("Jane Doe, our correspondent in Lowwater",)),
        ("Simon & Schuster", ("Simon & Schuster",)),
        ("[{name: Jane Doe, email: j@example.org}]", ("Jane Doe",)),
        ("张伟", ("张伟",)),
    ],
)
def test_authors_are_parted_only_where_every_part_is_one(written: str, authors: tuple[str, ...]) -> None:
    assert value(f"authors: {written}", "authors") == authors


@pytest.mark.parametrize(("written", "series"), [("Water, power", ("Water, power",)), ("[a, b]", ("a", "b"))])
def test_a_series_is_named_whole(written: str, series: tuple[str, ...]) -> None:
    assert value(f"series: {written}", "series") == series


@pytest.mark.parametrize("written", ["true", "True", "yes", "on", "'true'", "1"])
def test_a_flag_is_read_in_every_word(written: str) -> None:
    assert value(f"draft: {written}", "draft") is True


@pytest.mark.parametrize("matter", ["draft: maybe", "date: soon", "expires: [2026]", "draft: [true]", "date: 2026-99"])
def test_what_could_publish_a_secret_is_an_error_and_hidden(matter: str) -> None:
    parsed = read(f"---\ntitle: Storm\n{matter}\n---\nBody")
    assert [problem.severity for problem in parsed.problems] == ["error"]
    assert parsed.problems[0].code in ("bad-date", "bad-value")
    assert parsed.article is not None
    assert parsed.article.draft


def test_a_broken_date_is_shown_where_it_stands() -> None:
    problem = read("---\ntitle: Storm\n\ndate: yesterdy\n---\n").problems[0]
    assert problem.message == "`date` is not a date"
    assert problem.label == "expected YYYY-MM-DD or YYYY-MM-DD HH:MM, with an optional offset"
    assert problem.hint == "leave `date` out to use the one in the file name"
    assert (problem.span.line, problem.span.column, problem.span.length) == (4, 7, 8)


@pytest.mark.parametrize(
    ("matter", "code", "name", "fallback"),
    [
        ("date: 2026-03-12 25:00", "bad-date", "draft", False),
        ("updated: soon", "bad-date", "updated", None),
        ("pinned: perhaps", "bad-value", "pinned", False),
        ("priority: high", "bad-value", "priority", 0),
        ("priority: -1", "bad-value", "priority", 0),
        ("kicker: [a, b]", "bad-value", "kicker", ""),
        ("kind: poem", "bad-value", "kind", "story"),
        ("language: english", "bad-value", "language", "en"),
        ("canonical: /elsewhere/", "bad-value", "canonical", ""),
        ("canonical: javascript:alert(1)", "bad-value", "canonical", ""),
        ("slug: 2015/06/storm", "bad-value", "slug", "storm"),
        ("section: [world, sport]", "bad-value", "section", "world"),
        ("tags: [{slug: x}]", "bad-value", "tags", ()),
        ("params: text", "bad-value", "params", {}),
        ("image: {alt: x}", "bad-value", "image", None),
        ("audio: {src: a.mp3, duration: long}", "bad-value", "audio", Audio("a.mp3")),
        ("image: {src: a.png, focus: everywhere}", "bad-value", "image", Image("a.png")),
        ("image: {src: a.png, focus: top bottom}", "bad-value", "image", Image("a.png")),
        ("image: {src: a.png, focus: 101% 0%}", "bad-value", "image", Image("a.png")),
        ("image: {src: a.png, focus: 1% 2% 3%}", "bad-value", "image", Image("a.png")),
        ("corrections: wrong name", "bad-value", "corrections", ()),
        ("corrections: [{date: 2026-03-13}]", "bad-value", "corrections", ()),
    ],
)
def test_what_cannot_be_read_has_a_warning_and_a_fallback(matter: str, code: str, name: str, fallback: Any) -> None:
    parsed = read(f"---\ntitle: Storm\n{matter}\n---\nBody")
    assert codes(parsed) == [("warning", code, 3)]
    assert getattr(parsed.article, name) == fallback


@pytest.mark.parametrize("name", ["date", "expires", "draft", "slug", "url", "image", "tags", "priority", "params"])
@pytest.mark.parametrize("nothing", ["", "~", "null", '""'])
def test_a_field_that_says_nothing_is_not_there(name: str, nothing: str) -> None:
    assert value(f"{name}: {nothing}", name) == getattr(article("---\ntitle: Storm\n---\nBody"), name)


@pytest.mark.parametrize(
    ("written", "image"),
    [
        ("a.png", Image("a.png")),
        ("a b%20c.png", Image("a b%20c.png")),
        ("{src: a.png, alt: '', credit: C}", Image("a.png", "", "", "C")),
        ("{src: a.png, alt: 12, caption: 'x: y', focus: 50% 30.5%}", Image("a.png", "12", "x: y", "", "50% 30.5%")),
        ("{src: a.png, focus: left top}", Image("a.png", focus="0% 0%")),
        ("{src: a.png, focus: Top Right}", Image("a.png", focus="100% 0%")),
        ("{src: a.png, focus: top center}", Image("a.png", focus="50% 0%")),
        ("{src: a.png, focus: 'center, bottom'}", Image("a.png", focus="50% 100%")),
        ("{src: a.png, focus: bottom}", Image("a.png", focus="50% 100%")),
        ("{src: a.png, focus: 20%}", Image("a.png", focus="20% 50%")),
        ("{src: a.png, focus: 20% top}", Image("a.png", focus="20% 0%")),
        ("false", None),
        ("[]", None),
    ],
)
def test_pictures(written: str, image: Image | None) -> None:
    assert value(f"image: {written}", "image") == image


def test_of_several_pictures_the_first_is_used() -> None:
    parsed = read("---\ntitle: Storm\nimage: [a.png, b.png]\n---\nBody")
    assert codes(parsed) == [("warning", "bad-value", 3)]
    assert parsed.article is not None
    assert parsed.article.image == Image("a.png")


@pytest.mark.parametrize(
    ("duration", "seconds"), [("272", 272), ("4:32", 272), ("1:04:32", 3872), ("PT4M32S", 272), ("272.4", 272), ("", 0)]
)
def test_recordings(duration: str, seconds: int) -> None:
    assert value(f"audio:\n  src: a.mp3\n  duration: {duration}", "audio") == Audio("a.mp3", seconds)


def test_corrections() -> None:
    moment = datetime.fromisoformat("2026-03-13T09:00:00+00:00")
    written = "{date: 2026-03-13 09:00, text: The ferry is the Ansel.}"
    expected = (Correction(moment, "The ferry is the Ansel."),)
    assert value(f"corrections: [{written}]", "corrections") == expected
    assert value(f"corrections: {written}", "corrections") == expected


@pytest.mark.parametrize(
    ("written", "slug"),
    [("124062", "124062"), ("caf%c3%a9", "café"), ("a%e2%80%8ab", "a-b"), ("Old_One", "old_one"), ("/storm/", "storm")],
)
def test_slugs(written: str, slug: str) -> None:
    assert value(f"slug: {written}", "slug") == slug


@pytest.mark.parametrize(
    ("written", "url"),
    [("/a/b/", "/a/b/"), ("a/b.html", "/a/b.html"), ("/caf%C3%A9", "/café/"), ("'http://old.example/a?p=1#x'", "/a/")],
)
def test_urls(written: str, url: str) -> None:
    assert value(f"url: {written}", "url") == url
    assert value(f"aliases: [{written}, null]", "aliases") == (url,)


@pytest.mark.parametrize("written", ["/%2e%2e/%2e%2e/x.html", "../../etc", "/a/../../b", "C:/x", '"/a\\\\..\\\\b"'])
def test_a_url_that_leaves_the_output_folder_is_refused(written: str) -> None:
    parsed = read(f"---\ntitle: Storm\nurl: {written}\n---\nBody")
    assert codes(parsed) == [("error", "bad-url", 3)]
    assert parsed.article is not None
    assert parsed.article.url == "/2026/03/12/storm/"


def test_params_are_untouched() -> None:
    expected = {"a": [1, "no", {"b": None}], "c": "2026-03-12"}
    assert value("params: {a: [1, no, {b: ~}], c: 2026-03-12}", "params") == expected


@pytest.mark.parametrize(
    ("matter", "date", "draft"),
    [
        ("published: 2015-06-29 1:00:19 -0400", "2015-06-29T01:00:19-04:00", False),
        ("published: false", None, True),
        ("published: no\ndate: 2016-01-01", "2016-01-01T00:00:00+00:00", True),
        ("published: true", None, False),
        ("published: 2015-06-29\ndate: 2016-01-01", "2016-01-01T00:00:00+00:00", False),
        ("date: 2016-01-01\npublished: 2015-06-29", "2016-01-01T00:00:00+00:00", False),
    ],
)
def test_published_is_a_date_or_a_flag(matter: str, date: str | None, draft: bool) -> None:
    renamed = FrontMatterConfig(rename={"published": "date"})
    found = read(f"---\ntitle: Storm\n{matter}\n---\nBody", "content/storm.md", front_matter=renamed).article
    assert found is not None
    assert (found.date and found.date.isoformat(), found.draft) == (date, draft)
