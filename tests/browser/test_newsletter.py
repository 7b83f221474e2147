"""The newsletter form, and the dialog that invites to it once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

STORY = PAGES["story"]
READ_ON = """() => {
    const { top, height } = document.querySelector(".article-body").getBoundingClientRect();
    scrollBy(0, top + height / 2 - innerHeight / 3 + performance.now() % 50);
    return document.querySelector("dialog.overlay").open;
}"""
"""Scrolls to where half the story is read and about there, as a reader does, until the dialog is open."""

NEXT_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def _fill(form: Locator, address: str) -> None:
    form.get_by_label("E-mail address").fill(address)
    form.get_by_label("Yes, send it to me.").check()
    form.get_by_role("button", name="Sign up").click()


def test_without_script_the_form_is_posted(reader: Reader) -> None:
    page = reader.open(STORY, java_script_enabled=False)
    form = page.locator("main .newsletter form")
    expect(form.get_by_label("Yes, send it to me.")).not_to_be_checked()
    expect(form.get_by_label("E-mail address")).to_have_attribute("autocomplete", "email")
    _fill(form, "reader@test.example")
    expect(page).to_have_url(f"{reader.base}subscribe")
    expect(page.locator("p")).to_have_text("{'email': ['reader@test.example'], 'consent': ['yes']}")


def test_success_and_failure_are_said_in_words(reader: Reader) -> None:
    page = reader.open(STORY)
    form = page.locator("main .newsletter form")
    _fill(form, "nobody@test.example")
    expect(form.get_by_role("status")).to_have_text("That did not work. Please try again in a moment.")
    expect(form.get_by_label("E-mail address")).to_have_value("nobody@test.example")
    assert "503" in reader.errors.pop()
    _fill(form, "reader@test.example")
    expect(form.get_by_role("status")).to_have_text("Thank you. Please look in your inbox and confirm.")


def _invited(reader: Reader) -> tuple[Page, Locator]:
    page = reader.open(STORY)
    page.wait_for_function(READ_ON)
    return page, page.get_by_role("dialog", name="Newsletter")


def test_nobody_is_invited_on_arrival(reader: Reader) -> None:
    page = reader.open(STORY)
    page.wait_for_load_state("networkidle")
    expect(page.locator("dialog.overlay")).to_be_hidden()


def test_the_invitation_closes_once_and_for_all(reader: Reader) -> None:
    page, dialog = _invited(reader)
    expect(dialog.locator(":focus")).to_have_count(1)
    before = page.evaluate("scrollY")
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator("dialog.overlay")).to_be_hidden()
    expect(page.locator("dialog :focus")).to_have_count(0)
    assert page.evaluate("scrollY") == before
    page.goto(PAGES["recorded story"])
    page.evaluate("() => { document.querySelector('dialog').showModal = () => { document.title = 'asked again' } }")
    page.wait_for_function("() => performance.now() > 2200")
    page.evaluate(READ_ON)
    page.evaluate(NEXT_FRAMES)
    assert page.title() != "asked again"


def test_the_keyboard_stays_in_the_dialog_until_escape_and_the_form_in_it_works(reader: Reader) -> None:
    page, dialog = _invited(reader)
    for _ in range(6):
        page.keyboard.press("Tab")
        expect(page.locator("main :focus, header :focus, footer :focus")).to_have_count(0)
    _fill(dialog.locator(".newsletter form"), "reader@test.example")
    expect(dialog.get_by_role("status")).to_have_text("Thank you. Please look in your inbox and confirm.")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.overlay")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('newsletter')") == "sent"


def test_who_listens_is_not_interrupted(reader: Reader) -> None:
    page = reader.open(PAGES["recorded story"])
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".listen-time")).to_contain_text("0:02")
    page.evaluate(READ_ON)
    page.evaluate(NEXT_FRAMES)
    expect(page.locator("dialog.overlay")).to_be_hidden()
