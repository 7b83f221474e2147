"""From a site to its outputs."""

from __future__ import annotations

from sitegen.build.building import build
from sitegen.build.options import BuildOptions

__all__ = ["BuildOptions", "build"]
