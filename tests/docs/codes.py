"""The codes of problems, found in the source: what reports carry and others' scripts look for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import sitegen

__all__ = ["codes_in_source"]

_SOURCE = Path(sitegen.__file__).parent
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_REPORTERS = {"Problem", "Fault", "Flaw", "add", "report", "warn", "_fault", "_report", "_warning"}
"""What takes a code as an argument that is not named. Their other arguments are sentences, places or severities."""


def codes_in_source() -> set[str]:
    """Every code; one that is put together when the program runs has a `*`."""
    found: set[str] = set()
    for file in sorted(_SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found.update(_codes(node))
    return found


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.keyword) and node.arg == "code":
        yield from _texts(node.value)
    if isinstance(node, ast.Assign) and any(isinstance(name, ast.Name) and name.id == "code" for name in node.targets):
        yield from _texts(node.value)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "code":
        yield from _texts(node.value)
    if isinstance(node, ast.Call) and _name(node.func) in _REPORTERS:
        # "unreadable" is the one word among them; any other word alone is a severity.
        yield from (text for part in node.args for text in _texts(part) if "-" in text or text == "unreadable")
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and _is_sentence(node.elts[1]):
        yield from (text for text in _texts(node.elts[0]) if "-" in text)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(" ") > 1


def _texts(node: ast.expr | None) -> Iterator[str]:
    """The codes that an expression can be."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        if _CODE.fullmatch(text.replace("*", "x")):
            yield text
