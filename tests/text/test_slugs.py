import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.slugs import MAX_BYTES, decode_once, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Storm hits the coast!", "storm-hits-the-coast"),
        ("  Don’t  panic — yet ", "dont-panic-yet"),
        ("open science", "open-science"),
        ("KDE", "kde"),
        ("c++", "c-plus-plus"),
        ("C", "c"),
        ("C#", "c-sharp"),
        ("C/C++", "c-c-plus-plus"),
        (".net", "dot-net"),
        ("net", "net"),
        ("node.js", "node-js"),
        ("gnu/linux", "gnu-linux"),
        ("#vote", "vote"),
        ("mod_perl", "mod_perl"),
        ("O*NET", "o-net"),
        ("../../etc", "etc"),
        ("שלום עולם", "שלום-עולם"),
        ("中文标题：测试", "中文标题-测试"),
        ("हिन्दी में", "हिन्दी-में"),
        ("می\u200cخواهم", "میخواهم"),
        ("e\u0301te\u0301", "été"),
        ("124062", "124062"),
        ("21-32-00", "21-32-00"),
    ],
)
def test_a_text_becomes_one_part_of_a_url(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_texts_without_letters_keep_apart() -> None:
    assert slugify("<*>")
    assert slugify("<*>") != slugify("???")
    assert slugify("") == ""


def test_long_texts_are_cut_at_a_character_and_keep_apart() -> None:
    first, second = slugify("語" * 200), slugify("語" * 201)
    assert first != second
    assert len(first.encode()) <= MAX_BYTES
    assert first.startswith("語" * 80)


@given(st.text())
def test_a_slug_is_safe_and_its_own_slug(text: str) -> None:
    slug = slugify(text)
    assert slug or not text
    assert len(slug.encode()) <= MAX_BYTES
    assert slugify(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    assert not set(slug) & set(" ./\\?#%:<>\"'")


@given(st.from_regex(r"[a-zA-Z0-9_]+([- ][a-zA-Z0-9_]+)*", fullmatch=True))
def test_usual_words_are_joined_as_any_are(text: str) -> None:
    assert slugify(text) == slugify(f"{text}!")


@pytest.mark.parametrize(
    ("written", "read"),
    [("a%e2%80%8ab", "a\u200ab"), ("%25e2", "%e2"), ("%ff", "%ff"), ("100%", "100%"), ("%2e%2e", "..")],
)
def test_an_encoded_name_is_decoded_once(written: str, read: str) -> None:
    assert decode_once(written) == read
