"""axe-core finds nothing, on any kind of page, in either colour scheme."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    .then(found => found.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`)))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(reader: Reader, scheme: Any) -> None:
    page = reader.open("/", color_scheme=scheme)
    for path in [*PAGES.values(), "/2026/03/09/zayt/"]:
        page.goto(path)
        page.evaluate(AXE)
        assert page.evaluate(RUN) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_player_and_on_a_phone(reader: Reader, scheme: Any) -> None:
    page = reader.open(PAGES["recorded story"], width=320, color_scheme=scheme)
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".listen-bar")).to_be_visible()
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
