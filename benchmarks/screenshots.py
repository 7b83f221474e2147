"""`python -m benchmarks.screenshots`: takes the pictures in docs/images anew, on a phone, a tablet and a desk."""

from __future__ import annotations

import io
import shutil
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.demo import PAGES, ROOT, served

__all__ = ["main"]

SIZES = {390: 844, 768: 1024, 1440: 1080}
"""Widths of windows and their heights, in CSS pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FOLDER = ROOT / "docs" / "images"


def main() -> None:
    """Writes one WebP file for each page, width and colour scheme: `front-390-dark.webp`."""
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path in PAGES.items():
            for width in SIZES:
                for scheme in SCHEMES:
                    file = FOLDER / f"{name}-{width}-{scheme}.webp"
                    _picture(browser, base + path, width, scheme).save(file, "WEBP", quality=82, method=6)
        browser.close()


def _picture(browser: Browser, url: str, width: int, scheme: Literal["light", "dark"]) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    data = page.screenshot()
    page.close()
    return Image.open(io.BytesIO(data))


if __name__ == "__main__":
    main()
