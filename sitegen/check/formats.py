"""What was found, for programs: JSON, annotations of GitHub Actions, SARIF 2.1.0 and JUnit's XML."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from sitegen import __version__
from sitegen.check.registry import RULES
from sitegen.diagnostics import problem_json
from sitegen.errors import Problem

__all__ = ["WRITERS"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _json(problems: Sequence[Problem]) -> str:
    """As in the report of a build."""
    found = {"version": __version__, "problems": [problem_json(problem) for problem in problems]}
    return json.dumps(found, indent=1, ensure_ascii=False)


def _github(problems: Sequence[Problem]) -> str:
    """Workflow commands (docs.github.com, "Workflow commands for GitHub Actions"): a line for each."""
    return "\n".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    span = problem.span
    place = {
        "file": span.path,
        "line": span.line,
        "col": span.column,
        "endColumn": span.column + span.length if span.length else 0,
        "title": problem.code,
    }
    given = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in place.items() if value)
    return f"::{problem.severity} {given}::{_escaped(_sentence(problem))}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _sentence(problem: Problem) -> str:
    advice = "; ".join(filter(None, (problem.label, problem.hint)))
    return f"{problem.message} ({advice})" if advice else problem.message


def _sarif(problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0 (OASIS Standard, 27 March 2020), one run."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "sitegen", "version": __version__, "rules": [_sarif_rule(code) for code in codes]}
    results = [_sarif_result(problem, codes.index(problem.code)) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _sarif_rule(code: str) -> dict[str, Any]:
    says = RULES[code].says if code in RULES else code
    page = RULES[code].page if code in RULES else "docs/guide/problems.md"
    return {"id": code, "shortDescription": {"text": says}, "help": {"text": f"{says} See {page}."}}


def _sarif_result(problem: Problem, index: int) -> dict[str, Any]:
    span = problem.span
    found: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": _sentence(problem)},
    }
    if span.path:
        region = {"startLine": span.line, "startColumn": span.column or 1} if span.line else {}
        if span.line and span.column and span.length:
            region["endColumn"] = span.column + span.length
        artifact = {"artifactLocation": {"uri": quote(span.path.replace(os.sep, "/"))}}
        found["locations"] = [{"physicalLocation": {**artifact, **({"region": region} if region else {})}}]
    return found


def _junit(problems: Sequence[Problem]) -> str:
    """The form that the XML of JUnit has in most CI systems: a suite, and a case for each file."""
    by_file: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_file[problem.span.path or "site"].append(problem)
    cases = "\n".join(_case(path, some) for path, some in by_file.items())
    counts = f'tests="{len(by_file)}" failures="{len(problems)}"'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    suite = f'<testsuite name="sitegen check" {counts}>\n{cases}\n</testsuite>'
    return f"{head}\n<testsuites {counts}>\n{suite}\n</testsuites>"


def _case(path: str, problems: Sequence[Problem]) -> str:
    failures = "\n".join(_failure(problem) for problem in problems)
    return f'<testcase name={quoteattr(path)} classname="sitegen">\n{failures}\n</testcase>'


def _failure(problem: Problem) -> str:
    given = f"message={quoteattr(problem.message)} type={quoteattr(problem.code)}"
    return f"<failure {given}>{escape(f'{problem.span}: {problem.severity}: {_sentence(problem)}')}</failure>"


WRITERS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
}
"""By the name of the format."""
