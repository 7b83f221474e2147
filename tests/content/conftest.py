from collections.abc import Callable
from typing import Any

import pytest

from sitegen.content import Parsed, Settings, parse


@pytest.fixture
def read() -> Callable[..., Parsed]:
    """Parse one file: its text (or bytes), its path, and whatever settings differ from the usual."""

    def read(text: str | bytes, path: str = "content/2026-03-12-storm.md", **settings: Any) -> Parsed:
        return parse(path, text.encode() if isinstance(text, str) else text, Settings(**settings))

    return read
