"""`python -m benchmarks.screenshots`: takes the pictures in docs/images anew, on a phone, a tablet and a desk."""

from __future__ import annotations

import io
import shutil
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.demo import NOW, PAGES, ROOT, served
from sitegen.newsletter import Asked, letter

__all__ = ["main"]

SIZES = {390: 844, 768: 1024, 1440: 1080}
"""Widths of windows and their heights, in CSS pixels."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
FOLDER = ROOT / "docs" / "images"


def main() -> None:
    """Writes one WebP file for each page, width and colour scheme: `front-390-dark.webp`; of a letter, all of it."""
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width in SIZES:
            for scheme in SCHEMES:
                for name, path in PAGES.items():
                    page = _window(browser, width, scheme)
                    page.goto(base + path)
                    _save(page, f"{name}-{width}-{scheme}")
                if width < 1000:
                    _save(_letter(browser, base, width, scheme), f"letter-{width}-{scheme}", full_page=True)
        browser.close()


def _letter(browser: Browser, base: str, width: int, scheme: Scheme) -> Page:
    page = _window(browser, width, scheme)  # empty: a page of the site would not allow what styles a letter
    page.set_content(letter(ROOT, Asked("14d", "weekly", now=NOW, base_url=base)).html)
    return page


def _window(browser: Browser, width: int, scheme: Scheme) -> Page:
    return browser.new_page(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)


def _save(page: Page, name: str, *, full_page: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=full_page)))
    picture.save(FOLDER / f"{name}.webp", "WEBP", quality=82, method=6)
    page.close()


if __name__ == "__main__":
    main()
