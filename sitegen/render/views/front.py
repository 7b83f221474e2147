"""What templates see of a front: which stories stand where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sitegen.render.views.lens import Lens
from sitegen.site.front import HOME
from sitegen.site.fronts import Banner

__all__ = ["BreakingView", "FrontView", "front_view", "paper_view", "section_view"]


class FrontView:
    """A front, or the paper of a day. Of a front each place is a question of its own."""

    def __init__(self, lens: Lens, place: Callable[[str], Any]) -> None:
        """`place` tells what stands in a place of it."""
        self._lens = lens
        self._place = place

    @property
    def lead(self) -> Any:
        """The story that leads, or None."""
        return self._lens.article(self._place("lead"))

    @property
    def seconds(self) -> list[Any]:
        """Those beside the lead."""
        return self._lens.articles(self._place("secondary"))

    @property
    def river(self) -> list[Any]:
        """More news."""
        return self._lens.articles(self._place("river"))

    @property
    def opinion(self) -> list[Any]:
        """Opinion."""
        return self._lens.articles(self._place("opinion"))

    @property
    def latest(self) -> list[Any]:
        """The newest of all others."""
        return self._lens.articles(self._place("latest"))

    @property
    def strips(self) -> list[tuple[Any, list[Any]]]:
        """Sections with stories of theirs."""
        return [
            (self._lens.group("section", slug), self._lens.articles(stories)) for slug, stories in self._place("strips")
        ]

    def slot(self, name: str) -> list[Any]:
        """The stories in the slot of this name; none if the editor has no such slot."""
        found = self._place(name) if name in _PLACES else self._place("slots").get(name)
        return self._lens.articles((found,) if isinstance(found, str) else found or ())


class BreakingView:
    """A line of news that is breaking."""

    def __init__(self, lens: Lens, banner: Banner) -> None:
        self.story = lens.article(banner.story)
        self.text = banner.text or str(self.story.title if self.story else "")
        url = banner.url if not banner.url.startswith("/") else lens.links.path(banner.url)
        self.url = str(self.story.url) if self.story else url
        self.until = banner.until


def section_view(lens: Lens, slug: str) -> FrontView:
    """Of a section."""
    if slug == HOME:  # the file of this name is that of the front page
        return FrontView(lens, partial(getattr, lens.read("on_front", slug, "")))
    return front_view(lens, slug)


def front_view(lens: Lens, name: str = HOME) -> FrontView:
    """Of the edition's front page, or of a section, by its slug."""
    return FrontView(lens, partial(lens.part, "front", f"{lens.edition}/{name}" if lens.edition else name))


def paper_view(lens: Lens, date: str) -> FrontView:
    """Of the paper of a day (`2026/03/12`)."""
    return FrontView(lens, partial(getattr, lens.read("on_day", date)))


_PLACES = ("lead", "secondary", "opinion", "latest", "river")
