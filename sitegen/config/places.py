"""Where things lie on this machine: the configuration file and the themes that come with sitegen."""

from __future__ import annotations

from pathlib import Path

__all__ = ["NAMES", "builtin_themes"]

NAMES = ("sitegen.toml", "pyproject.toml")
"""The configuration file: the first of these that exists and speaks of sitegen."""


def builtin_themes() -> Path:
    """The folder of the themes that come with sitegen: inside an installed package, or beside it in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_themes"
    return installed if installed.is_dir() else package.parent / "themes"
