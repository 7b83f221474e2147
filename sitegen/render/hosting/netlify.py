"""`_headers` and `_redirects` (Netlify, "Custom headers" and "Redirects and rewrites"; Cloudflare Pages, the same).

Both hosts read both files, with one difference. Under an old address lies a page that leads on, for hosts that read
nothing. Netlify shows a page that is there unless the status of a rule has a `!`; Cloudflare redirects whatever is
there, and leaves out a rule with a `!`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from sitegen.render.hosting import rules

__all__ = ["headers", "redirects"]


def headers(read: Callable[..., Any]) -> str:
    """The file of headers: a line for a path, then its headers, indented."""
    prefix = _literal(rules.prefix(read))
    below = {f"{prefix}{folder}*": {"Cache-Control": value} for folder, value in rules.cached(read).items()}
    paths = {f"{prefix}/*": rules.everywhere(read), **below}
    return "\n".join(_rule(path, headers) for path, headers in paths.items())


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items()), ""])


def redirects(read: Callable[..., Any]) -> str:
    """The file of redirects: from, to and status, a line each."""
    status = "301" if "cloudflare" in read("config", "hosting").files else "301!"
    return "".join(f"{_literal(old)} {new} {status}\n" for old, new in rules.moved(read))


def _literal(path: str) -> str:
    """A path in which nothing stands for something else, as `*` and `:name` would."""
    return quote(path, safe="/@!$&'()+,;=~-._")
