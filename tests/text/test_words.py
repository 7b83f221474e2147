import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.words import count_words, cut, reading_minutes

DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("— * —", 0),
        ("The ferry-boat didn't sail.", 4),
        ("At 3.5 km, wait", 4),
        ("日本語のテスト", 4),
        ("NHKは日本", 3),
        ("Été à Québec", 3),
        ("שלום עולם", 2),
        ("हिन्दी में", 2),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(st.sampled_from("aB1_-.,'  \n\t\x1c\x85\u00a0\u2028é²—’日本ก") | st.characters(), max_size=40))
def test_words_are_what_stands_between_blanks_and_holds_a_letter_or_digit(text: str) -> None:
    dense = [character for character in text if DENSE.match(character)]
    words = "".join(" " if DENSE.match(character) else character for character in text).split()
    assert count_words(text) == sum(any(c.isalnum() for c in word) for word in words) + (len(dense) + 1) // 2


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (230, 1), (690, 3)])
def test_reading_time_is_in_whole_minutes(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one two, three", 10, "one two…"),
        ("one two three", 8, "one two…"),
        ("日本語のテスト", 4, "日本語…"),
        ("abcdefghijkl", 5, "abcd…"),
    ],
)
def test_a_text_is_cut_after_a_word(text: str, limit: int, short: str) -> None:
    assert cut(text, limit) == short


@given(st.text(), st.integers(1, 50))
def test_a_cut_text_is_never_too_long(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
