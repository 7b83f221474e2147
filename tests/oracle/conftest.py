"""Sites are small here, and related stories must be brought up to date as in a large one."""

from __future__ import annotations

import pytest

from sitegen.site.related import lists, pools


@pytest.fixture(autouse=True)
def _pools_that_few_stories_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lists, pools):
        monkeypatch.setattr(module, "enough", lambda settings: min(settings.count, 3) + 1)
    monkeypatch.setattr(pools, "_SLACK", 1)
