"""What kind of thing is at a URL."""

from __future__ import annotations

import mimetypes

from sitegen.urls import output_file

__all__ = ["media_type"]

_TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript",
    ".md": "text/markdown",
}
"""What some systems do not know, or know otherwise."""


def media_type(url: str) -> str:
    """The media type of what is at a URL of the site, without a character set."""
    name = output_file(url)
    suffix = name[name.rfind(".") :].lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
