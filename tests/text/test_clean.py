import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.clean import clean, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa", "a"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("über".encode("cp1252"), "über"),
        ("é ".encode() + b"\x93quoted\x94", "é “quoted”"),
        (b"\x81", "\ufffd"),
        ("née".encode("utf-16"), "née"),
    ],
)
def test_any_bytes_become_text(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


def test_the_first_line_that_is_not_utf8_is_known() -> None:
    assert decode(b"a\nb\n\xe9") == ("a\nb\né", 3)
    assert decode(b"a\nb")[1] == 0


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x07b\x00\x7f", "ab"),
        ("\x95 one \x93two\x94", "• one “two”"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\ufeffb", "ab"),
        ("a\x0bb", "a b"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters()))
def test_clean_text_is_normal_fit_for_xml_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in cleaned)
    assert clean(cleaned) == cleaned
