"""A piece of a configuration for nginx, to be included where the site is served (nginx.org, `ngx_http_core_module`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.render.hosting import rules

__all__ = ["configuration"]

_HEAD = """\
# Headers and redirects of {base_url}, written by sitegen. In the `server` block of the site:
#     include /path/to/output/_nginx.conf;
"""


def configuration(read: Callable[..., Any]) -> str:
    """The piece. Nobody who asks for it over the web gets it."""
    prefix, headers = rules.prefix(read), rules.everywhere(read)
    inside = [*_headers(headers)]
    for folder, value in rules.cached(read).items():
        # A block with headers of its own forgets those around it.
        inside += _block(f"location ^~ {_quoted(f'{prefix}{folder}')}", [*_headers(headers), *_cache(value)])
    inside += [f"location = {_quoted(old)} {{ return 301 {_target(new)}; }}" for old, new in rules.moved(read)]
    inside.append(f"location = {_quoted(f'{prefix}/_nginx.conf')} {{ return 404; }}")
    lines = _block(f"location ^~ {_quoted(f'{prefix}/')}", inside) if prefix else inside
    return _HEAD.format(base_url=read("config", "base_url")) + "\n".join([*lines, ""])


def _block(name: str, inside: list[str]) -> list[str]:
    return [f"{name} {{", *(f"    {line}" for line in inside), "}"]


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    for name, value in headers.items():
        if "$" in value:
            yield f"# {name} is left out: nginx takes `$` for the beginning of a variable, whatever stands before it"
        else:
            yield f"add_header {name} {_quoted(value)} always;"


def _cache(value: str) -> Iterator[str]:
    yield f"add_header Cache-Control {_quoted(value)};"  # not `always`: what is not there may come


def _target(url: str) -> str:
    return _quoted(url.replace("$", "%24"))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
