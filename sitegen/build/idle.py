"""Telling at a glance that there is nothing to do.

Verifying every trace takes time in proportion to the site. So a build that ends without an error leaves a note: what
was asked of it, and a digest of the stamps of every file that it could have looked at or has written. While all of that
is as it was, so is every answer, and a build ends where it began.

The note speaks for a file only if the file was settled when it was taken (`sitegen.files.SETTLED`). It is no more than
a shortcut: whatever differs, even a file that no page knows, means that the traces are verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sitegen.build.report import Report
from sitegen.config import Config, builtin_themes
from sitegen.errors import Problem
from sitegen.files.outputs import folder_name
from sitegen.files.survey import Survey, altered, survey
from sitegen.plain import Record, fingerprint
from sitegen.store import Store
from sitegen.store.database import STATE_FOLDER, read_note
from sitegen.store.versions import state_version

__all__ = ["Glance", "Note", "take_survey"]


def take_survey(site: Path, config: Config) -> Survey:
    """How all looks from outside that a build of the site in this folder could look at."""
    own = (config.path, config.content_dir, config.themes_dir, "templates", "assets", "locale")
    return survey(site, (*own, builtin_themes().as_posix()))


class Note(Record, frozen=True):
    """What a build was asked and what it found, with the conditions under which the next one would find the same."""

    asked: str
    sources: str
    since: datetime
    until: datetime | None
    """The next instant at which the state of some article changes by itself."""
    articles: Mapping[str, int]
    total: int
    next_due: datetime | None
    problems: tuple[Problem, ...]


class Glance(Record, frozen=True):
    """One look at all that a build of this site could look at, taken before it reads any of it."""

    site: Path
    config: Config
    output: str
    """The output folder, as the state knows it."""
    asked: str
    """Settings and options, as one text."""
    sources: Survey

    @classmethod
    def take(cls, site: Path, config: Config, options: Iterable[bool]) -> Glance:
        """Of the site in the folder `site`; `options` are those that decide what a build finds."""
        sources = take_survey(site, config)
        output = folder_name(site, site / config.output_dir)
        return cls(site, config, output, fingerprint((config, tuple(options))), sources)

    def repeats(self, report: Report) -> bool:
        """Whether there is nothing to do; then the report says what the last build found."""
        state = self.site / STATE_FOLDER
        found = read_note(state, state_version(), self.output, Note, lambda note: self._confirms(note, report.now))
        if found is None:
            return False
        note, files = found
        if next(altered(self.site / self.config.output_dir, files), None) is not None:
            return False
        report.repeat(note.articles, note.total, note.next_due, note.problems)
        return True

    def _confirms(self, note: Note, now: datetime | None) -> bool:
        if now is None or (note.asked, note.sources) != (self.asked, self.sources.digest):
            return False
        day = note.since.astimezone(now.tzinfo).date()
        return note.since <= now and day == now.date() and (note.until is None or now < note.until)

    def leave_note(self, store: Store, report: Report, until: datetime | None) -> None:
        """Tell the next build what this one found, unless some file was too young to be known by its stamp."""
        note = None
        if report.now is not None and not report.errors and self.sources.settled:
            found = (report.articles, report.total, report.next_due, report.problems)
            note = Note(self.asked, self.sources.digest, report.now, until, *found)
        store.save_note(f"glance {self.output}", note)
