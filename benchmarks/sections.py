"""The sections of docs/performance.md that commands of their own write: each keeps those of the others."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CHECKING", "DISTRIBUTION", "PREVIEW", "PUBLISHING", "READERS", "with_section", "with_sections_of"]

PREVIEW = "## What an author waits for"
READERS = "## What readers get"
PUBLISHING = "## What publishing one story writes"
CHECKING = "## What checking costs"
DISTRIBUTION = "## What feeds and sitemaps cost"
_ORDER = (PREVIEW, CHECKING, DISTRIBUTION, PUBLISHING, READERS)


def _sections_of(page: str) -> dict[str, str]:
    """Those sections that stand at the end of a page, by their headings."""
    places = {heading: page.find(heading) for heading in _ORDER}
    starts = sorted((place, heading) for heading, place in places.items() if place >= 0)
    ends = [*(place for place, _ in starts[1:]), len(page)]
    return {heading: page[place:end].rstrip() for (place, heading), end in zip(starts, ends, strict=False)}


def with_section(page: str, heading: str, section: str) -> str:
    """The page with this section in place of the one with the same heading."""
    return _put_together(page, {**_sections_of(page), heading: section.rstrip()})


def with_sections_of(page: str, old: Path) -> str:
    """A new page with the sections that the old one has at its end, if there is one."""
    return _put_together(page, _sections_of(old.read_text(encoding="utf-8")) if old.exists() else {})


def _put_together(page: str, sections: dict[str, str]) -> str:
    starts = [place for heading in _ORDER if (place := page.find(heading)) >= 0]
    main = page[: min(starts, default=len(page))].rstrip()
    return "\n\n".join(filter(None, [main, *(sections.get(heading, "") for heading in _ORDER)])) + "\n"
