"""What axe-core says of a page."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

__all__ = ["violations"]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """(part) => axe.run(part, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    .then(found => found.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`)))"""


def violations(page: Page, part: str = "html") -> list[str]:
    """What is wrong with a part of it, in the light scheme, then in the dark one."""
    found: list[str] = []
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(RUN, part)
    return found
