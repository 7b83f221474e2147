"""A piece of a Caddyfile, to be imported where the site is served (caddyserver.com, "Caddyfile Concepts")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from sitegen.render.hosting import rules

__all__ = ["configuration"]

_HEAD = """\
# Headers and redirects of {base_url}, written by sitegen. In the block of the site, below its `root`:
#     import /path/to/output/_Caddyfile
"""


def configuration(read: Callable[..., Any]) -> str:
    """The piece. Nobody who asks for it over the web gets it."""
    prefix = rules.prefix(read)
    lines = [*_headers(f"{prefix}/*", rules.everywhere(read))]
    for folder, value in rules.cached(read).items():
        lines += _cache(f"@sitegen_{folder.strip('/')}", f"{prefix}{folder}*", value)
    lines += [f"redir {_quoted(_literal(old))} {_quoted(_plain(new))} 301" for old, new in rules.moved(read)]
    lines.append(f"error {_quoted(f'{prefix}/_Caddyfile')} 404")
    return _HEAD.format(base_url=read("config", "base_url")) + "\n".join([*lines, ""])


def _headers(paths: str, headers: Mapping[str, str]) -> Iterator[str]:
    if headers:
        yield f"header {_quoted(paths)} {{"
        yield from (f"\t{_header(name, value)}" for name, value in headers.items())
        yield "}"


def _header(name: str, value: str) -> str:
    if "{$" in value or "`" in value:
        return f"# {name} is left out: there is no way to write its value"
    return f"{name} {_quoted(_plain(value))}"


def _cache(name: str, paths: str, value: str) -> Iterator[str]:
    yield f"{name} {{"
    yield f"\tpath {_quoted(paths)}"
    yield "\tfile"  # what is not there may come
    yield "}"
    yield f"header {name} Cache-Control {_quoted(value)}"


def _literal(path: str) -> str:
    """A path in which nothing stands for something else; what is not encoded is compared with the decoded URL."""
    return re.sub(r"[*{}%\\`\s]", lambda match: quote(match[0]), path)


def _plain(text: str) -> str:
    """A text in which no braces stand for something else."""
    return re.sub("[{}]", r"\\\g<0>", text)


def _quoted(text: str) -> str:
    return f"`{text}`"
