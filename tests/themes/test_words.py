"""The message catalogues: complete, filled in alike, and nothing in them that no template says."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import chain

import pytest

from sitegen.render.wording import format_day
from tests.support.sites import ROOT

THEMES = [ROOT / "themes" / name for name in ("broadsheet", "tabloid")]
CATALOGUES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "themes/broadsheet/locale").glob("*.toml"))
}
ENGLISH = CATALOGUES["en"]
KINDS = {
    "type_": {"analysis", "opinion", "review", "obituary", "interview", "live"},
    "_title": {"tags", "authors", "corrections", "archive", "404"},
}
"""What templates put a key together from: kinds of stories (`kicker.html`), kinds of pages without a name."""

ALIKE = {
    *("name_comma", "date_time", "copyright", "theme_system", "video", "audio", "newsletter_invitation"),
    *("type_live", "type_interview", "type_opinion", "listen_position", "letter_subject"),
}
"""What some other language says as English does."""

POLICIES = {"masthead", "principles", "corrections_policy", "ethics", "ownership"}
"""What `footer_about.html` takes from a list."""


def _said() -> set[str]:
    """The keys that templates ask for."""
    files = (path for theme in THEMES for path in theme.rglob("*") if path.suffix in (".html", ".txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    plain = chain.from_iterable(re.findall(r'\bt\("(\w+)"[,)]', text) for text in texts)
    return {
        *plain,
        *POLICIES,
        *(f"type_{kind}" for kind in KINDS["type_"]),
        *(f"{kind}_title" for kind in KINDS["_title"]),
    }


def test_there_are_six_languages() -> None:
    assert CATALOGUES.keys() >= {"en", "de", "es", "fr", "ar", "ja"}


def test_every_word_is_said_and_every_word_that_is_said_is_there() -> None:
    assert ENGLISH.keys() == _said()


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_complete_and_in_the_same_order(language: str) -> None:
    words = CATALOGUES[language]
    assert list(words) == list(ENGLISH)
    for key, text in words.items():
        assert text.strip(), key
        assert sorted(re.findall(r"{(\w*)}", text)) == sorted(re.findall(r"{(\w*)}", ENGLISH[key])), key


@pytest.mark.parametrize("language", CATALOGUES.keys() - {"en"})
def test_a_translation_is_one(language: str) -> None:
    same = {key for key, text in CATALOGUES[language].items() if text == ENGLISH[key]}
    assert same <= ALIKE


@pytest.mark.parametrize(
    ("language", "edition", "day"),
    [
        ("en", "Thursday, Mar 12, 2026", "Mar 12"),
        ("de", "Donnerstag, 12. März 2026", "12. März"),
        ("es", "jueves, 12 de marzo de 2026", "12 mar"),
        ("fr", "jeudi 12 mars 2026", "12 mars"),
        ("ar", "الخميس، 12 مارس 2026", "12 مارس"),
        ("ja", "2026年3月12日（木曜日）", "3月12日"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, edition: str, day: str) -> None:
    words = CATALOGUES[language]
    assert format_day(date(2026, 3, 12), words["edition_pattern"], language) == edition
    assert format_day(date(2026, 3, 12), words["day_pattern"], language) == day
