"""Sites are small here, and related stories must be brought up to date as in a large one."""

from __future__ import annotations

import pytest

from sitegen.site.related import lists


@pytest.fixture(autouse=True)
def _few_are_not_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_MANY", 0)
