"""What can be told of a site without building it."""

from __future__ import annotations

__all__: list[str] = []
