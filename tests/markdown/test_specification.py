"""Without extensions, typographer and cleaning, the HTML is that of the CommonMark specification, byte for byte."""

from __future__ import annotations

import pytest

from sitegen.config import MarkdownConfig
from sitegen.content.markdown import Markdown
from tests.support.commonmark_spec import Example, examples

BARE = MarkdownConfig(html="allow", typographer=False, extensions=())
EXAMPLES = examples()


def test_the_specification_is_complete() -> None:
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.number))
def test_example(example: Example) -> None:
    assert "".join(map(str, Markdown(BARE).body(example.markdown).segments)) == example.html
