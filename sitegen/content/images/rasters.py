"""Drawings as pixels (resvg, with no font of the machine: others would not have it)."""

from __future__ import annotations

from typing import Any

import resvg_py

__all__ = ["drawn", "resvg"]


def resvg() -> str:
    """The version of what draws: another one may draw otherwise."""
    return f"resvg {resvg_py.__version__} {resvg_py.__resvg_version__}"


def drawn(svg: str, **options: Any) -> bytes:
    """A drawing as PNG; `options` are those of `resvg_py.svg_to_bytes`. Raises `ValueError`."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, **options))
