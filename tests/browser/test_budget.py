"""How much a reader's browser has to fetch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser


def test_a_story_is_there_after_six_requests(reader: Reader) -> None:
    """The page, its style sheet, its script, its icon, its picture, and what is true of today."""
    page = reader.open("about:blank", width=390)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(reader.base))

    page.on("request", note)
    page.goto(PAGES["story"])
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 6, asked
