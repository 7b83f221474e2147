"""What templates see of the icons of a site."""

from __future__ import annotations

from sitegen.plain import Record

__all__ = ["IconLink", "icon_links"]


class IconLink(Record, frozen=True):
    """An icon: its `rel`, `url`, `sizes` as in HTML, and media `type`."""

    rel: str
    url: str
    sizes: str
    type: str


def icon_links(root: str) -> list[IconLink]:
    """Those that pages tell of. Telephones find the others in the manifest."""
    return [
        IconLink("icon", f"{root}favicon.ico", "48x48", "image/x-icon"),
        IconLink("icon", f"{root}icon-192.png", "192x192", "image/png"),
        IconLink("apple-touch-icon", f"{root}apple-touch-icon.png", "180x180", "image/png"),
    ]
