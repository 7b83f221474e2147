"""Every requirement of those who read feeds, sitemaps, structured data and robots.txt has a test that bears its id."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.docs.pages import GUIDE, ROOT

FAMILIES = {"ns": 12, "sm": 6, "ld": 15, "f": 18, "r": 5}
"""News sitemaps, sitemaps, structured data (JSON-LD), feeds, robots.txt: each is counted from 1."""
_IDS = re.compile(r"(?<![a-z0-9])(ns|sm|ld|f|r)(\d+)(?:_to_\1(\d+))?(?![a-z0-9])")


def held() -> set[str]:
    """The ids in the names and docstrings of all tests."""
    return {
        id
        for file in (ROOT / "tests").rglob("test_*.py")
        for text in _said(file.read_text("utf-8"))
        for id in _ids(text)
    }


def _said(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name
            yield (ast.get_docstring(node) or "").lower()


def _ids(text: str) -> Iterator[str]:
    for family, first, last in _IDS.findall(text.replace("_", " ").replace(" to ", "_to_")):
        yield from (f"{family}{number}" for number in range(int(first), int(last or first) + 1))


def test_every_requirement_has_a_test() -> None:
    wanted = {f"{family}{number}" for family, last in FAMILIES.items() for number in range(1, last + 1)}
    assert wanted - held() == set()


def test_the_guide_names_no_requirement_that_nobody_holds() -> None:
    guide = (GUIDE / "distribution.md").read_text(encoding="utf-8")
    told = {id for words in re.findall(r"\(([A-Z0-9, ]+)\)", guide) for id in _ids(words.lower())}
    assert told
    assert told - held() == set()
