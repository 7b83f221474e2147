"""What a build may be told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitegen.plain import Record

__all__ = ["BuildOptions"]


class BuildOptions(Record, frozen=True):
    """What a build may be told on the command line; docs/guide/publishing.md says what each option does."""

    output: Path | None = None
    base_url: str | None = None
    now: datetime | None = None
    drafts: bool = False
    future: bool = False
    expired: bool = False
    strict: bool = False
    jobs: int = 1
    clean: bool = False
    dry_run: bool = False
    profile: bool = False
    preview: bool = False

    def visible(self) -> tuple[bool, ...]:
        """The options that decide what a build finds."""
        return self.drafts, self.future, self.expired, self.strict

    def overrides(self) -> dict[str, object]:
        """The settings that options replace."""
        given = {"base_url": self.base_url, "output_dir": self.output and str(self.output)}
        return {key: value for key, value in given.items() if value is not None}
