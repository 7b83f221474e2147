"""One YAML on every machine, with or without the C library."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.nodes import Items, Node, Scalar, Table, UnreadableError, plain
from sitegen.content.yaml_nodes import read_yaml, same_everywhere

INDICATORS = ["a", "b: ", "a:", "- ", " ", "[", "]", "{", "}", ",", "'", "#", " #", "|", ">", ":", "::", " : ", "="]
BLOCKS = ["\n", "\n", "\n\n", "\n  ", "\n ", "|-\n  x", "|2\n", "|+", ">-\n", "---", "...", "? ", "?", "<<: ", "\x22"]
ANCHORS = ["%YAML 1.1\n", "&a ", "*a", "!t ", "!", "%", "@", "`", "~", "null", "12", "12:30", "http://x"]
CHARACTERS = ["é", "中", "😀", "\xa0", "\t", "\u2028", "\x85", "\x07", "\\", "\\n", "\\x41", "\\u00e9", "\\ud800"]
PIECES = INDICATORS + BLOCKS + ANCHORS + CHARACTERS


def both(text: str) -> list[Any]:
    """What the C parser and the Python parser make of it; None for a refusal."""
    return [outcome(text, fast) for fast in (True, False)]


def outcome(text: str, fast: bool) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", fast)
        try:
            return shape(read_yaml(text))
        except UnreadableError:
            return None


def shape(tree: Node | None) -> Any:
    """Everything but the places of empty values, about which the parsers differ."""
    if isinstance(tree, Scalar):
        return tree.text, tree.bare, tree.place if tree.text else None
    if isinstance(tree, Items):
        return [shape(item) for item in tree.items]
    return {entry.key: (entry.place, shape(entry.value)) for entry in tree.entries} if tree else ()


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_both_parsers_agree(text: str) -> None:
    fast, slow = both(text)
    assert fast == slow


@pytest.mark.parametrize(
    "text",
    ["title:\tStorm", "a: b\n\tc: d", "a: [really?, b]", "a: !t b", "a: |#\n", 'a: "\\ud800"', "a: [b:]", "a: x\x07y"],
)
def test_both_parsers_agree_about_the_known_differences(text: str) -> None:
    fast, slow = both(text)
    assert fast == slow


@pytest.mark.parametrize("text", ["title: Storm", "title: Why?\ntags: [x, y]\nurl: http://x.org", "title: Is it? Yes!"])
def test_usual_text_goes_to_the_fast_parser(text: str) -> None:
    assert same_everywhere(text)


def test_a_tab_counts_as_a_blank() -> None:
    tree = read_yaml("title:\tStorm\ntags:\n\t- a")
    assert tree is not None
    assert plain(tree) == {"title": "Storm", "tags": ["a"]}


def test_places_are_those_of_the_file() -> None:
    tree = read_yaml("title: Storm\n\ndate:  'x'", first_line=4)
    assert isinstance(tree, Table)
    assert [(*entry.place, *entry.value.place) for entry in tree.entries] == [(4, 1, 5, 4, 8, 5), (6, 1, 4, 6, 8, 3)]


def test_values_for_a_theme_are_what_json_would_read() -> None:
    text = 'a: [1, -2.5, true, no, null, ~, "1", 012, 1_000, 2026-03-12, 12:30, 1e3, .inf, 99999999999999999999]'
    tree = read_yaml(text)
    assert tree is not None
    assert plain(tree)["a"] == [
        1, -2.5, True, "no", None, None, "1", "012", "1_000", "2026-03-12", "12:30", 1000.0, ".inf", "9" * 20,
    ]  # fmt: skip


def test_aliases_stand_for_what_they_name() -> None:
    tree = read_yaml("a: &x [1, 2]\nb: *x")
    assert tree is not None
    assert plain(tree)["b"] == [1, 2]


def test_nothing_is_nothing() -> None:
    assert read_yaml("") is None
    assert read_yaml("# only a comment\n") is None
