"""What templates see of a letter to readers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sitegen.config import NewsletterConfig
from sitegen.plain import Record
from sitegen.render.views.lens import Lens
from sitegen.site.letters import LetterChoice
from sitegen.text.periods import Period

__all__ = ["LetterSection", "LetterView"]


class LetterSection(Record, frozen=True):
    """A `section` of the paper (None: of no section) and its `stories` in a letter, the most important first."""

    section: Any
    stories: list[Any]


class LetterView:
    """A letter: what was published in a period."""

    def __init__(self, lens: Lens, name: str, period: Period) -> None:
        self._lens = lens
        self._period = period
        self.name = name
        self.since = period.since
        self.until = period.until

    @cached_property
    def _choice(self) -> LetterChoice:
        found: LetterChoice = self._lens.read("letter_choice", self._period.after.isoformat(), self.until.isoformat())
        return found

    @property
    def stories(self) -> list[Any]:
        """All stories of the period, newest first."""
        return self._lens.articles(self._choice.stories)

    @property
    def lead(self) -> Any:
        """The most important of them."""
        return self._lens.article(self._choice.lead)

    @property
    def sections(self) -> list[LetterSection]:
        """The others by section, in the order of the navigation."""
        return [
            LetterSection(self._lens.group("section", slug) if slug else None, self._lens.articles(paths))
            for slug, paths in self._choice.sections
        ]

    @property
    def _settings(self) -> NewsletterConfig:
        found: NewsletterConfig = self._lens.read("config", "newsletter")
        return found

    @property
    def web_url(self) -> str:
        """Where it can be read in a browser."""
        return self._settings.web_url.replace("{name}", self.name) or self._lens.links.absolute(self._lens.home)

    @property
    def unsubscribe_url(self) -> str:
        """Where readers leave; empty if nobody says."""
        return self._settings.unsubscribe_url.replace("{name}", self.name)
