"""What the bytes of an output depend on beside the site: this program and the libraries that make HTML."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

from sitegen.files import read_file
from sitegen.plain import digest

__all__ = ["CARDS", "state_version", "versions_of"]

_LIBRARIES = (
    "babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "nh3", "pillow", "py-svg-hush", "pygments",
    "pystemmer", "pyyaml", "rcssmin", "rjsmin", "stopwordsiso", "tinycss2", "tinytag",
    "tree-sitter", "tree-sitter-javascript",
)  # fmt: skip
CARDS = ("budoux", "fontpkg-source-serif-4", "manimgx-fonts", "manimgx-fonts-cjk", "resvg-py", "uharfbuzz")
"""What shapes cards. One of them is an extra, and need not be there."""


@cache
def state_version() -> str:
    """A digest that changes with the source of sitegen, the version of Python and of each library that shapes an
    output.

    The source itself, not its version number: whoever works on sitegen must never be shown what an older line made.
    """
    sources = sorted(_sources(os.path.dirname(os.path.dirname(__file__))))
    parts = [digest(read_file(path)) for path in sources]
    installed = _installed()
    parts += [installed.get(name) or _version(name) for name in _LIBRARIES]
    parts.append(versions_of(CARDS))
    return digest(" ".join([sys.version, sys.byteorder, *parts]).encode())


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path
            elif entry.name not in ("__pycache__", "_themes") and entry.is_dir():
                yield from _sources(entry.path)


def versions_of(names: Iterable[str]) -> str:
    """The versions of libraries, in one text."""
    installed = _installed()
    return " ".join(f"{name} {installed.get(name, '')}" for name in names)


@cache
def _installed() -> dict[str, str]:
    """Versions by normal name, read from the names of folders (Core metadata, "Recording installed projects"): a tenth
    of the time that it takes to import `importlib.metadata`.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):
                name, dash, version = entry.removesuffix(".dist-info").partition("-")
                if dash and entry.endswith(".dist-info"):
                    found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version)
    return found


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)
