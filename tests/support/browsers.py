"""One real browser for all tests of a process: a second one could not be started beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

__all__ = ["browser", "playwright"]

FLAGS = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--autoplay-policy=user-gesture-required",
    "--mute-audio",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, else Playwright's own. No browser: a failure where CI is set, else nothing is tested."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    try:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    except Error as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no browser: {error.message.splitlines()[0]}")
    yield browser
    browser.close()
