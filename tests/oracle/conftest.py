from __future__ import annotations

import pytest

from tests.oracle.small import pools_that_few_stories_fill


@pytest.fixture(autouse=True)
def _pools_that_few_stories_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    pools_that_few_stories_fill(monkeypatch.setattr)
