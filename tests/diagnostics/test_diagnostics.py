"""How problems look on a screen, to the last blank."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import line_reader, printable, render, summary
from sitegen.errors import Problem, Severity, Span


def problem(span: Span, label: str = "", hint: str = "", severity: Severity = "error") -> Problem:
    return Problem(severity, "some-code", "something is wrong", span, label, hint)


def shown(line: str | None, column: int = 1, length: int = 1, number: int = 1, label: str = "") -> list[str]:
    rows = render([problem(Span("a.md", number, column, length), label)], lambda *_: line).split("\n")
    return rows[3:]


def test_the_layout() -> None:
    found = Problem(
        "error",
        "bad-date",
        "`date` is not a date",
        Span("content/world/storm.md", 4, 7, 8),
        "expected YYYY-MM-DD or YYYY-MM-DD HH:MM, with an optional offset",
        "leave `date` out to use the one in the file name",
    )
    lines = {("content/world/storm.md", 4): "date: yesterdy"}
    text = render([found], lambda path, line: lines.get((path, line)))
    assert f"{text}\n{summary([found])}" == dedent("""\
        error: `date` is not a date
          --> content/world/storm.md:4:7
           |
         4 | date: yesterdy
           |       ^^^^^^^^ expected YYYY-MM-DD or YYYY-MM-DD HH:MM, with an optional offset
           = help: leave `date` out to use the one in the file name
        1 error in 1 file; the output folder was left as it was""")


def test_problems_come_in_order_of_place_and_once() -> None:
    first, second = problem(Span("a.md", 2, 1)), problem(Span("b.md"), severity="warning")
    assert render([second, first, second], lambda *_: "x") == dedent("""\
        error: something is wrong
          --> a.md:2:1
           |
         2 | x
           | ^

        warning: something is wrong
          --> b.md""")


@pytest.mark.parametrize(
    ("span", "rows"),
    [
        (Span("a.md"), ["  --> a.md", "   = label", "   = help: hint"]),
        (Span(""), ["   = label", "   = help: hint"]),
        (Span("gone.md", 7, 3), ["  --> gone.md:7:3", "   = label", "   = help: hint"]),
        (Span("a.md", 120), ["    --> a.md:120", "     |", " 120 | text", "     = label", "     = help: hint"]),
    ],
)
def test_what_is_not_known_is_left_out(span: Span, rows: list[str]) -> None:
    text = render([problem(span, "label", "hint")], lambda path, _: "text" if path == "a.md" else None)
    assert text.split("\n")[1:] == rows


def test_carets_stand_under_tabs_wide_characters_and_marks() -> None:
    assert shown("\ttitle:\tx", 9) == [" 1 |     title:    x", "   |               ^"]
    assert shown("日本: x", 5) == [" 1 | 日本: x", "   |       ^"]
    assert shown("日本: x", 1, 2) == [" 1 | 日本: x", "   | ^^^^"]
    assert shown("e\u0301e\u0301x", 5) == [" 1 | e\u0301e\u0301x", "   |   ^"]


def test_carets_stay_on_the_line() -> None:
    assert shown("abc", 2, 50) == [" 1 | abc", "   |  ^^"]
    assert shown("abc", 9, 2) == [" 1 | abc", "   |    ^"]
    assert shown("", 1, 0) == [" 1 |", "   | ^"]


def test_long_lines_are_cut_around_the_caret() -> None:
    for column in (1, 50, 150_000, 299_999):
        text, carets = shown("ab" * 150_000, column, 3)
        assert len(text) <= len(" 1 | ") + 102
        assert text[carets.index("^")] == "ab"[(column - 1) % 2]
    text, carets = shown("x" * 500, 100, 400)
    assert len(carets) <= len(text)


def test_nothing_in_a_file_can_play_tricks_on_the_terminal() -> None:
    text = render([problem(Span("a\x1b.md", 1, 1), "\x1b[2J", "\u202e")], lambda *_: "\x1b]0;x\x07\r\u2066\udc80")
    assert not {character for character in text if unicodedata.category(character) in ("Cc", "Cs")} - {"\n"}
    assert printable("a\nb\u2028c") == "a\ufffdb\ufffdc"


def test_colour_only_adds_colour() -> None:
    found = [problem(Span("a.md", 1, 2), "label", "hint"), problem(Span("b.md"), severity="warning")]
    coloured = render(found, lambda *_: "text", colour=True)
    assert "\x1b[1;31merror" in coloured
    assert "\x1b[1;33mwarning" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(found, lambda *_: "text")


def test_the_summary_counts() -> None:
    error, warning = problem(Span("a.md", 1)), problem(Span("a.md", 2), severity="warning")
    other = problem(Span("b.md", 2), severity="warning")
    assert summary([error, warning, warning, other], "") == "1 error and 2 warnings in 2 files"
    assert summary([warning, other]) == "2 warnings in 2 files"
    assert summary([problem(Span(""))], "") == "1 error"
    assert summary([]) == "no problems"


def test_lines_are_read_from_the_first_folder_that_has_the_file(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntw\xff\n")
    (tmp_path / "b.md").write_text("b\n", encoding="utf-8")
    read = line_reader(tmp_path / "site", tmp_path)
    assert [read("a.md", number) for number in range(5)] == [None, "one", "tw\ufffd", "", None]
    assert (read("b.md", 1), read("c.md", 1), read("\0", 1)) == ("b", None, None)


@given(st.text(), st.integers(0, 300), st.integers(0, 300))
def test_any_line_can_be_shown(line: str, column: int, length: int) -> None:
    line = line.replace("\n", "")
    rows = shown(line, column, length, label="here")
    assert len(rows) == 2
    assert rows[1].endswith("here")
