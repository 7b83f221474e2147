"""axe-core finds nothing, on any kind of page, on a phone and on a desk, in either colour scheme."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES
from tests.support.axe import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(reader: Reader, path: str) -> None:
    page = reader.open(path)
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert violations(page) == []


def test_axe_finds_nothing_in_the_player_on_a_phone(reader: Reader) -> None:
    page = reader.open(PAGES["recorded story"], width=320)
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".listen-bar")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_in_the_invitation(reader: Reader) -> None:
    page = reader.open(PAGES["story"])
    page.evaluate("document.querySelector('dialog').append(document.querySelector('.newsletter').cloneNode(true))")
    page.evaluate("document.querySelector('dialog').showModal()")
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_around_an_enlarged_picture(reader: Reader, width: int) -> None:
    page = reader.open(PAGES["story"], width=width)
    page.get_by_role("button", name="Enlarge the picture: A pier under waves").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
