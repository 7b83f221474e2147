"""A live blog in the reader's browser: what it asks for, what it offers, and that nothing moves by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sitegen.plain import digest
from tests.browser.conftest import Answers
from tests.support.axe import violations
from tests.support.sites import NOW, Site, story

pytestmark = pytest.mark.browser

URL = "/2026/03/12/flood/"
FRAGMENT = f"/fragments/live{URL}"
PAUSE = 31_000
"""Milliseconds in which a page asks once."""
LONGEST = 601_000
ENTRIES = (
    "It rains.\n\n## 8:05 First\n\nOne.\n\n## 8:10 Second {key}\n\nTwo.\n\n## 7:00 The rules {pinned}\n\nStay dry."
)
TEXT = "Something has happened that takes a line or two to tell, on a phone at least.\n"
COUNTED = """window.waits = 0; const wait = window.setTimeout; window.setTimeout = (done, delay, ...rest) => {
    if (delay > 20_000) window.waits += 1;
    return wait(done, delay, ...rest);
};"""
"""Counts the long pauses that the script makes."""
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true }); }"""


@dataclass
class Desk:
    """A live blog that goes on while it is read. `asked` are the conditions of each request for its entries."""

    site: Site
    browser: Browser
    base: str = ""
    entries: str = ENTRIES
    broken: bool = False
    asked: list[str] = field(default_factory=list)

    def publish(self, *more: str, **fields: str) -> None:
        self.entries += "".join(f"\n\n## {headline}\n\n{TEXT}" for headline in more)
        self.site.write("content/flood.md", story("The flood", "2026-03-12 8:00", self.entries, type="live", **fields))
        assert not self.site.build(base_url=self.base).problems

    def read(self, **settings: Any) -> Page:
        window = self.browser.new_context(base_url=self.base, viewport={"width": 390, "height": 700}, **settings)
        page = window.new_page()
        page.set_default_timeout(10_000)
        page.clock.install(time=NOW)
        page.clock.pause_at(NOW + timedelta(hours=1))
        page.add_init_script(COUNTED)
        page.goto(URL)
        return page

    def later(self, page: Page, milliseconds: int = PAUSE) -> None:
        """Lets time go by in the browser, until it has asked and waits again."""
        waits = page.evaluate("waits")
        page.clock.run_for(milliseconds)
        page.wait_for_function("before => waits > before", arg=waits)


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    desk = Desk(Site(tmp_path, theme="", config="[newsletter]\naction = '/subscribe'\n"), browser)

    class Watched(Answers):
        def do_GET(self) -> None:  # noqa: N802 (the library calls it so)
            if self.path == FRAGMENT:
                self._entries()
            else:
                super().do_GET()

        def _entries(self) -> None:
            asked = self.headers["If-None-Match"] or ""
            desk.asked.append(asked)
            data = (tmp_path / "output" / FRAGMENT.strip("/") / "index.html").read_bytes()
            tag = f'"{digest(data)}"'
            status = HTTPStatus.NOT_MODIFIED if asked == tag else HTTPStatus.OK
            status = HTTPStatus.SERVICE_UNAVAILABLE if desk.broken else status
            self._answer(status, data if status == HTTPStatus.OK else b"", "text/html", {"ETag": tag})

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Watched, directory=str(tmp_path / "output"))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        desk.base = f"http://127.0.0.1:{server.server_port}/"
        desk.publish()
        yield desk
        for window in browser.contexts:
            window.close()
        server.shutdown()
        thread.join()


def headlines(page: Page) -> Locator:
    return page.locator(".live-entry .live-title")


def button(page: Page) -> Locator:
    return page.locator(".live-news button")


def hide(page: Page, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_without_script_the_newest_stands_first_below_what_is_pinned(desk: Desk) -> None:
    page = desk.read(java_script_enabled=False)
    expect(page.locator(".kicker")).to_have_text("Live")
    expect(headlines(page)).to_have_text(["The rules", "Second", "First"])
    expect(page.get_by_role("navigation", name="Key events").get_by_role("link")).to_have_text(["Second"])
    expect(page.locator(".live-state")).to_contain_text("Live Updated Mar 12, 2026, 8:10")
    page.get_by_role("navigation", name="Key events").get_by_role("link").click()
    expect(page).to_have_url(f"{desk.base.rstrip('/')}{URL}#0810-second")


def test_a16_new_entries_are_offered_and_nothing_moves_until_the_reader_wants_it(desk: Desk) -> None:
    page = desk.read()
    page.evaluate(SHIFTS)
    desk.publish("8:20 Third", "8:25 Fourth", "8:15 Late")
    desk.later(page)
    expect(button(page)).to_have_text("3 new updates")
    expect(page.locator(".live-news")).to_have_attribute("aria-live", "polite")
    expect(headlines(page)).to_have_text(["The rules", "Second", "First"])
    assert page.evaluate("window.shifted") == 0
    button(page).click()
    expect(headlines(page)).to_have_text(["The rules", "Fourth", "Third", "Late", "Second", "First"])
    expect(button(page)).to_have_count(0)
    expect(page.locator("h2:focus")).to_contain_text("Fourth")
    desk.publish("8:30 Fifth")
    desk.later(page)
    expect(button(page)).to_have_text("1 new update")


def test_it_asks_only_for_what_has_changed(desk: Desk) -> None:
    page = desk.read()
    for _ in range(3):
        desk.later(page)
    assert desk.asked[0] == ""
    assert all(desk.asked[1:])
    assert len(desk.asked) == 3
    expect(button(page)).to_have_count(0)


def test_an_entry_that_is_taken_back_is_not_offered_any_more(desk: Desk) -> None:
    page = desk.read()
    before = desk.entries
    desk.publish("8:20 Third")
    desk.later(page)
    expect(button(page)).to_have_text("1 new update")
    desk.entries = before
    desk.publish()
    desk.later(page)
    expect(button(page)).to_have_count(0)


def test_nothing_is_asked_while_nobody_looks(desk: Desk) -> None:
    page = desk.read()
    hide(page, True)
    page.clock.run_for(10 * PAUSE)
    assert desk.asked == []
    hide(page, False)
    desk.later(page, 1)
    assert len(desk.asked) == 1


def test_a_host_in_trouble_is_asked_less_and_less_often(desk: Desk) -> None:
    page = desk.read()
    desk.broken = True
    desk.later(page)
    page.clock.run_for(PAUSE)
    assert len(desk.asked) == 1
    for wait in (PAUSE, 4 * PAUSE, 8 * PAUSE, 16 * PAUSE):
        desk.later(page, wait)
    assert len(desk.asked) == 5
    desk.broken = False
    desk.publish("8:20 Third")
    desk.later(page, LONGEST)
    expect(button(page)).to_have_text("1 new update")
    desk.later(page)


@pytest.mark.parametrize("more", [(), ("8:40 Last",)])
def test_when_it_has_ended_it_says_so_and_asks_no_more(desk: Desk, more: tuple[str, ...]) -> None:
    page = desk.read()
    desk.publish(*more, closed="2026-03-12 08:45")
    page.clock.run_for(PAUSE)
    if more:
        button(page).click()
        expect(headlines(page)).to_have_text(["The rules", "Last", "Second", "First"])
    expect(page.locator(".live-state")).to_contain_text("This live blog has ended.")
    page.clock.run_for(LONGEST)
    hide(page, True)
    hide(page, False)
    page.clock.run_for(LONGEST)
    assert len(desk.asked) == 1


def test_one_that_has_ended_asks_for_nothing(desk: Desk) -> None:
    desk.publish(closed="2026-03-12 08:45")
    page = desk.read()
    page.clock.run_for(10 * PAUSE)
    assert desk.asked == []
    expect(page.locator(".kicker")).to_have_count(0)
    expect(page.locator(".live-state")).to_contain_text("This live blog has ended. Mar 12, 2026, 8:45")


def test_axe_finds_nothing(desk: Desk) -> None:
    page = desk.read()
    desk.publish("8:20 Third")
    desk.later(page)
    expect(button(page)).to_be_visible()
    page.clock.resume()
    assert violations(page) == []
