"""The YAML that is read line by line gives the tree that the parsers give, or is left to them."""

import os
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.nodes import Node
from sitegen.content.yaml_lines import read_lines
from sitegen.content.yaml_nodes import read_yaml

EXAMPLES = int(os.environ.get("SITEGEN_YAML_EXAMPLES", "1500"))

WORDS = ["a", "b c", "06:30", "http://x.org", "é"]
BLANKS = [" ", "  ", ":", ": ", " :", "::", "#", " #", "# ", ",", ", ", "? ", "- ", "\xa0", "\u202f", "\u200b", "\t"]
SIGNS = ["?", "-", "---", "...", "!", "!t ", "&a ", "&", "*a", "*", "|", ">", "|-", "%", "@", "`", "[", "]", "{", "}"]
QUOTES = ["'", "''", '"', '""', "\\", '\\"', "\\\\", "\\n", "\\x41", "'x'", '"x"', '"x\\"y"', "'x''y'", '"x", ', "'x' "]
OTHERS = ["[]", "[a, b]", "{a: b}", "e\u0301", "\u0301", "\u0338", "😀", "\u2028", "\x85", "\x07", "\ufeff", "\r"]
PIECES = BLANKS + SIGNS + QUOTES + OTHERS + ["~", "<<", "=", "1", ""]
MARKS = [("'", "'"), ('"', '"'), ("[", "]"), ("[a, ", "]"), ("[", ",b]")]
BEFORE = [
    "",
    "t: u\n",
    "k:\n",
    "k: \n\n",
    "k:\n  # x\n",
    "k:\n  i: j\n",
    "k:\n  - f\n",
    "k:\n- f\n",
    "k:\n  i:\n",
    "- f\n",
]
HEADS = ["a: ", "b-c:  ", "- ", "  a: ", "  - ", "a: ", "- ", "  a:  ", "  -   "]
ODD_HEADS = [
    "",
    " ",
    "#",
    "<<: ",
    "'a': ",
    "a b: ",
    "1: ",
    "é: ",
    "? ",
    "a :",
    "- a: ",
    "- - ",
    "a:\t",
    "a:",
    "-",
    "    ",
]
AFTER = [
    "",
    "\n",
    " ",
    "\nt: u",
    "\n\n# x\nt: u",
    "\n- f",
    "\n  - g",
    "\n  i: j",
    "\n - g",
    "\n i: j",
    "\n    - g",
    "\n  l",
]

FRAMES = ["a: {}", "t: u\na:  {} \nt: u", "k:\n  - {}\n  - g", "k: \n- f\n-  {}\nt: u", "# x\n\nk:\n  i: {}\n  i: j"]

words = st.sampled_from(["", *WORDS])
values = st.builds("{}{}{}".format, words, st.sampled_from(PIECES), words | st.sampled_from(PIECES))
anything = values | st.builds(lambda marks, text: text.join(marks), st.sampled_from(MARKS), values)
heads = st.sampled_from(HEADS) | st.sampled_from(ODD_HEADS)
loose = st.builds("{}{}{}{}".format, st.sampled_from(BEFORE), heads, anything | st.just("b"), st.sampled_from(AFTER))
framed = st.builds(str.format, st.sampled_from(FRAMES), anything)
documents = framed | loose


def trees(text: str) -> list[Node | None]:
    """What the C parser and the Python parser make of a text that both can read."""
    found = []
    for fast in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml, "__with_libyaml__", fast)
            found.append(read_yaml(text, 3))
    return found


@settings(max_examples=EXAMPLES)
@given(documents)
def test_what_is_read_is_what_the_parsers_read(text: str) -> None:
    found = read_lines(text, 3)
    assert found is None or trees(text) == [found, found]


USUAL = r"""
# Where and when
title: "Goat \"acquitted\", hedge c:\\ awarded"
slug: a-b_c
date: 2026-11-25T06:30:00+01:00
deck: It's 19:30, no.#1 of a-b [really]?
kicker: 'It''s: so'

summary:
tags:
- open science
-  "c#, c++"
-
authors:
    # who
    - anna-berg

    - 'é 中 😀'
image:
  src: ice.jpg
  alt:
  sizes: [1, 2]
related: [a b, "c, d",'e']
aliases: []
price: "M 3"
"""


def test_usual_front_matter_is_read_without_a_parser() -> None:
    found = read_lines(USUAL, 3)
    assert found is not None
    assert trees(USUAL) == [found, found]


def test_yaml_is_not_loaded_for_usual_front_matter() -> None:
    code = """
import sys
from sitegen.content import Settings, parse
assert parse("content/a.md", sys.stdin.buffer.read(), Settings()).article.title
assert "yaml" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], input=f"---{USUAL}---\n".encode(), check=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "- a",
        "a",
        "a: b\n c",
        "a: b\n- c",
        "a: 'b\n  c'",
        "a: |\n  b",
        "a: b: c",
        "a: b:",
        "a: b # c",
        "a: *b",
        "a: !t b",
        "a: -1",
        "a:\tb",
        'a: "\\n"',
        "a: [b, c: d]",
        "a: [b, [c]]",
        "a: [b, , c]",
        "a: [\n  b]",
        "a:\n  - b\n    - c",
        "a:\n  - b: c",
        "a:\n  b: c\n d: e",
        "a:\n  b:\n    c: d",
        "a:\n  - b\n  c: d",
        "<<: a",
        "'a': b",
        "a : b",
        "? a",
        "--- a",
        "a: \x07",
        "a: \u2028",
        "a: \ufeff",
        f"{'a' * 1025}: b",
    ],
)
def test_what_is_not_certain_is_left_to_the_parsers(text: str) -> None:
    assert read_lines(text) is None
