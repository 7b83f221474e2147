"""Questions, answers that are remembered, and traces that say which of them stand."""

from __future__ import annotations

__all__: list[str] = []
