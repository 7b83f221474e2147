"""Input and expected HTML, feature by feature: the files in `fixtures/`.

A file may begin with lines `key: value` for the configuration: `language`, `html`, `extensions`, `typographer`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown_it.utils import read_fixture_file

from sitegen.config import MarkdownConfig
from sitegen.content.markdown import Markdown
from tests.markdown.shown import SHORTCODES, show

FIXTURES = Path(__file__).parent / "fixtures"
CASES = [
    pytest.param(path, *case[2:], id=f"{path.stem}:{case[1]}")
    for path in sorted(FIXTURES.glob("*.md"))
    for case in read_fixture_file(path)
]


def settings(path: Path) -> tuple[MarkdownConfig, str]:
    """What the first lines of a fixture file say: options, and the language."""
    given: dict[str, Any] = {}
    for line in path.read_text("utf-8").splitlines():
        key, colon, value = line.partition(": ")
        if not colon:
            break
        given[key] = tuple(value.split()) if key == "extensions" else value
    language = given.pop("language", "en")
    return MarkdownConfig(**given), language


@pytest.mark.parametrize(("path", "text", "expected"), CASES)
def test_fixture(path: Path, text: str, expected: str) -> None:
    options, language = settings(path)
    body = Markdown(options, language).body(text, doc_id="story", title="The title", shortcodes=SHORTCODES)
    # Of the versions of Pygments in use, some write quotes in code as they are and some as entities.
    assert show(body).replace("&quot;", '"') == expected.replace("&quot;", '"')
