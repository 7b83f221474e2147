"""The web manifest of an edition (W3C, Web Application Manifest): its name, and its icons."""

from __future__ import annotations

import json
from typing import Any

from sitegen.config import IconsConfig
from sitegen.content.images import ICONS, Icon
from sitegen.render.views import SiteView

__all__ = ["manifest"]


def manifest(site: SiteView, settings: IconsConfig) -> str:
    """The file. It asks for nothing but what a bookmark on the first page of a telephone needs."""
    icons = [_listed(f"{site.root_url}{name}", icon) for name, icon in ICONS.items() if icon.purpose]
    known: dict[str, Any] = {
        "name": site.title,
        "description": site.tagline,
        "lang": site.language,
        "dir": site.direction,
        "start_url": site.url,
        "scope": site.url,
        "display": "minimal-ui",
        "background_color": settings.background,
        "theme_color": settings.colour,
        "icons": icons,
    }
    return json.dumps({name: value for name, value in known.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _listed(url: str, icon: Icon) -> dict[str, str]:
    return {"src": url, "sizes": f"{icon.size}x{icon.size}", "type": "image/png", "purpose": icon.purpose}
