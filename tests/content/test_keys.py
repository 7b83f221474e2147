"""Keys: ours, misspelt ones, and those of other systems."""

from typing import Any

import pytest

from sitegen.config import FrontMatterConfig
from sitegen.content import Settings
from sitegen.content.fields import check_settings
from tests.support.reading import article, codes, read


def imported(matter: str, *, path: str = "content/2026-03-12-storm.md", **config: Any) -> Any:
    return read(f"---\ntitle: Storm\n{matter}\n---\nBody", path, front_matter=FrontMatterConfig(**config))


@pytest.mark.parametrize(
    ("matter", "hint"),
    [
        ("drafft: true", "did you mean `draft`?"),
        ("Title: x", "did you mean `title`?"),
        ("layout: post", "`[front_matter]` in the configuration can rename it or pass it on"),
        ("image: {source: a.png}", "did you mean `src`?"),
        ("name: x", "`[front_matter]` in the configuration can rename it or pass it on"),
    ],
)
def test_an_unknown_key_is_an_error_with_a_suggestion(matter: str, hint: str) -> None:
    parsed = read(f"---\ntitle: Storm\n{matter}\n---\nBody")
    assert ("error", "unknown-key", 3) in codes(parsed)
    assert parsed.problems[0].hint == hint


def test_declared_keys_pass_to_the_theme_untouched() -> None:
    matter = "layout: post\ngeo: {lat: 1.5, tags: [no, {a: ~}]}"
    for extra in (("layout", "geo"), ("*",)):
        parsed = imported(matter, extra=extra)
        assert parsed.problems == ()
        assert parsed.article.extra == {"layout": "post", "geo": {"lat": 1.5, "tags": ["no", {"a": None}]}}


@pytest.mark.parametrize("matter", ["published: false", "status: draft", "private: true", "visibility: private"])
def test_what_another_system_keeps_back_stays_back(matter: str) -> None:
    assert imported(matter, extra=("*",)).article.draft


def test_a_misspelt_guard_is_named_even_where_any_key_passes() -> None:
    assert codes(imported("drafft: true", extra=("*",))) == [("warning", "unknown-key", 3)]
    assert codes(imported("drafft: true\ndata: a", extra=("drafft", "*"))) == []


def test_foreign_names_are_read_as_ours() -> None:
    parsed = imported("topics: a, b\npermalink: /old/", rename={"topics": "tags", "permalink": "url"})
    assert (parsed.article.tags, parsed.article.url, parsed.problems) == (("a", "b"), "/old/", ())
    assert parsed.article.lines == "title 2 tags 3 url 4"


def test_our_own_name_goes_before_a_foreign_one() -> None:
    for matter in ("topics: a\ntags: b", "tags: b\ntopics: a"):
        assert imported(matter, rename={"topics": "tags"}).article.tags == ("b",)


def test_of_two_keys_the_last_holds() -> None:
    parsed = read("---\ntitle: a\nkicker: b\nkicker: c\ntitle: Storm\n---\nBody")
    assert parsed.article is not None
    assert (parsed.article.kicker, parsed.article.title) == ("c", "Storm")
    assert codes(parsed) == [("warning", "duplicate-key", 4), ("warning", "duplicate-key", 5)]


def test_two_answers_to_whether_it_is_public_are_an_error() -> None:
    parsed = read("---\ntitle: a\ndraft: true\ndraft: false\n---\nBody")
    assert codes(parsed) == [("error", "duplicate-key", 4)]
    assert parsed.article is not None
    assert parsed.article.draft


def test_a_paragraph_with_a_colon_is_no_key() -> None:
    parsed = read("---\ntitle: Storm\nThe harbour master said it twice: nobody sails\n---\nBody")
    assert parsed.article is not None
    assert codes(parsed) == [("warning", "bad-front-matter", 3)]


def test_folders_give_defaults() -> None:
    defaults = (("content/wire", {"authors": ["wire"], "noindex": True}), ("content/wire/sport", {"authors": "desk"}))
    config = FrontMatterConfig(defaults=defaults)
    for path, authors, noindex in (
        ("content/wire/2026-03-12-a.md", ("wire",), True),
        ("content/wire/sport/2026-03-12-a.md", ("desk",), True),
        ("content/wires/2026-03-12-a.md", (), False),
    ):
        found = article("---\ntitle: a\n---\nBody", path, front_matter=config)
        assert (found.authors, found.noindex) == (authors, noindex)
    own = article("---\ntitle: a\nauthors: jane\n---\nBody", "content/wire/2026-03-12-a.md", front_matter=config)
    assert own.authors == ("jane",)
    assert own.lines == "title 2 authors 3"


def test_a_wrong_default_is_reported_once_and_at_the_configuration() -> None:
    config = FrontMatterConfig(defaults=(("content", {"drafft": True, "pinned": "perhaps"}),), rename={"a": "tgas"})
    assert article("# Storm", front_matter=config).title == "Storm"
    problems = check_settings(Settings(front_matter=config))
    assert [(problem.code, problem.span.path) for problem in problems] == [
        ("unknown-key", "sitegen.toml"),
        ("bad-value", "sitegen.toml"),
        ("unknown-key", "sitegen.toml"),
    ]
    assert problems[2].hint == "did you mean `tags`?"
    assert check_settings(Settings()) == ()
