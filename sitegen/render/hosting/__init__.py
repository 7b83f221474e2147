"""What hosts are told: which headers to send, and where old addresses lead, each in the words of the host.

::

    rules      the headers and redirects themselves
    netlify    `_headers` and `_redirects`, which Cloudflare Pages reads too
    nginx, caddy    pieces of a configuration
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen.render.hosting import caddy, netlify, nginx

__all__ = ["hosting_file"]

_WRITERS: Mapping[str, Callable[[Callable[..., Any]], str]] = {
    "/_headers": netlify.headers,
    "/_redirects": netlify.redirects,
    "/_nginx.conf": nginx.configuration,
    "/_Caddyfile": caddy.configuration,
}


def hosting_file(url: str, read: Callable[..., Any]) -> bytes:
    """The file at a URL, one of those that hosts read."""
    return _WRITERS[url](read).encode()
