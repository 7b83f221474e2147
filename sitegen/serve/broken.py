"""A site that cannot be looked at."""

from __future__ import annotations

from sitegen.errors import Problem, SitegenError, SiteProblems, Span
from sitegen.files import ChangedWhileReading

__all__ = ["BROKEN", "told"]

BROKEN = (SiteProblems, SitegenError, OSError, ChangedWhileReading)
"""What is raised then."""


def told(broken: Exception) -> list[Problem]:
    """Why it cannot."""
    if isinstance(broken, SiteProblems):
        return list(broken.problems)
    if isinstance(broken, SitegenError):
        return [broken.problem]
    return [Problem("error", "unreadable", f"the site cannot be read: {broken}", Span(""))]
