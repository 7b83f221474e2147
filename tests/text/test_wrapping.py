from __future__ import annotations

import pytest

from sitegen.text.wrapping import wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("  outer  blanks ", ["outer", "blanks"]),
        ("12345678 90", ["12345678", "90"]),
        ("https://host.example/a-long-address x", ["https://host.example/a-long-address", "x"]),
        ("first\n\nsecond one", ["first", "", "second", "one"]),
        ("潮が遅れた朝のこと", ["潮が遅れ", "た朝のこ", "と"]),
        ("潮が遅れた。朝", ["潮が遅れ", "た。朝"]),
        ("潮が「遅れた」", ["潮が「遅", "れた」"]),
        ("日 e\u0301te\u0301s x", ["日 e\u0301te\u0301s", "x"]),
    ],
)
def test_lines_are_as_wide_as_they_may_be(text: str, lines: list[str]) -> None:
    assert wrap(text, 8).split("\n") == lines
