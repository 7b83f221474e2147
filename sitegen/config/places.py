"""Where things lie on this machine: the configuration file and the themes that come with sitegen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["CONFIG_FILES", "builtin_themes"]

CONFIG_FILES: Mapping[str, tuple[str, ...]] = {"sitegen.toml": (), "pyproject.toml": ("tool", "sitegen")}
"""Names of configuration files, the first that has it wins, and the keys that lead to our table."""


def builtin_themes() -> Path:
    """The folder of the themes that come with sitegen: inside an installed package, or beside it in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_themes"
    return installed if installed.is_dir() else package.parent / "themes"
