"""`_headers`: what hosts that read it (Netlify, Cloudflare Pages) send with each file.

It depends on settings and templates only, so it stays the same while stories come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen.config import SecurityConfig, home_of
from sitegen.render.policy import site_policy
from sitegen.urls import Links

__all__ = ["headers_file"]

_ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=60"
_CACHED: Mapping[str, str] = {"assets/*": _FOR_EVER, "cards/*": _FOR_EVER, "fragments/*": _BRIEFLY}
"""A page is asked for again each time, which is what hosts do by themselves."""


def headers_file(read: Callable[..., Any]) -> bytes:
    """The file: a line for a path, then its headers, indented."""
    security: SecurityConfig = read("config", "security")
    policy = {"Content-Security-Policy": site_policy(read)} if security.policy else {}
    prefix = Links(read("config", "base_url")).prefix
    rules = {"/*": {**policy, **_ALWAYS, **security.extra}}
    rules |= {f"/{path}": {"Cache-Control": value} for path, value in _CACHED.items()}
    homes = [home_of(key) for key, _, _ in read("editions") if key]
    rules |= {f"{home}fragments/*": {"Cache-Control": _BRIEFLY} for home in homes}
    return "\n".join(_rule(prefix + path, headers) for path, headers in rules.items()).encode()


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items() if value), ""])
