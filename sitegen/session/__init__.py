"""The engine over the files of one site at one instant: everything wired together."""

from __future__ import annotations

from sitegen.session.session import Session

__all__ = ["Session"]
