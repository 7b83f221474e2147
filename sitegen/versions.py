"""What the bytes of an output depend on beside the site: this program and the libraries that make HTML."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sitegen.plain import digest

__all__ = ["state_version"]

_LIBRARIES = (
    "babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "nh3", "pygments", "pyyaml", "rcssmin",
    "rjsmin", "tinycss2", "tinytag", "tree-sitter", "tree-sitter-javascript",
)  # fmt: skip


@cache
def state_version() -> str:
    """A digest that changes with the source of sitegen, the version of Python and of each library that shapes an
    output.

    The source itself, not its version number: whoever works on sitegen must never be shown what an older line made.
    """
    package = Path(__file__).parent
    sources = sorted(package.rglob("*.py"))
    parts = [digest(path.read_bytes()) for path in sources if "_themes" not in path.parts]
    parts += [version(name) for name in _LIBRARIES]
    return digest(" ".join([platform.python_version(), *parts]).encode())
