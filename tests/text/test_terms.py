"""What a text is about, and what tells that it is a copy of another."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.terms import letters

PLAIN = st.text(st.characters(exclude_characters="`~[]{}<(:"), max_size=200)


@given(PLAIN, st.booleans())
def test_letters_are_what_is_left_without_all_else(text: str, many: bool) -> None:
    text += "".join(map(chr, range(0x2190, 0x21C0))) if many else ""
    wanted = "".join(character for character in text if character.isalnum())
    wanted = wanted.translate(str.maketrans(string.ascii_uppercase, string.ascii_lowercase))
    assert letters(text).decode("utf-8", "surrogatepass") == wanted


def test_letters_are_those_that_readers_see() -> None:
    assert letters("[Read](https://a.example/b) *this*,\n<b class='x'>it’s</b> {{< map >}}") == b"readthisits"
