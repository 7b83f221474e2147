"""What templates see of the page that is being made."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from sitegen.plain import Record
from sitegen.render.views.card import CardView, card_of
from sitegen.render.views.front import FrontView, front_view, paper_view, section_view
from sitegen.render.views.group import PartView, part_views
from sitegen.render.views.lens import Lens
from sitegen.render.views.translation import Alternate, TranslationView, alternates_of, translations_of
from sitegen.render.wording import format_day, open_graph_locale
from sitegen.site.pages import number_url
from sitegen.site.routes import Route, feed_url
from sitegen.text.language import direction
from sitegen.text.words import cut

__all__ = ["Corrected", "DateLink", "FeedLink", "NearDate", "PageView", "Pager"]

_ARTICLES = ("story", "page", "withdrawn", "live")
_GROUPS = ("section", "tag", "author", "series")
_FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
_DESCRIPTION = 200
"""Characters that search engines and other sites show at most, about."""
_ARCHIVES = {"year": "y", "month": "MMMM y", "day": "long"}


class Pager(Record, frozen=True):
    """Ways through a list: `number` of this page (None: the index), URLs of its neighbours (empty: there is none)."""

    number: int | None
    older: str
    newer: str
    first: str


class Corrected(Record, frozen=True):
    """A correction in the log: when it was made, what it says, and the `story` (or page) that it stands in."""

    date: datetime.datetime
    text: str
    story: Any


class DateLink(Record, frozen=True):
    """A month or a day of an archive: its first day, its `title` in the page's language, its number of stories."""

    date: datetime.date
    title: str
    url: str
    count: int


class NearDate(Record, frozen=True):
    """The archive beside an archive: its first day, its `title` in the page's language, its `url`."""

    date: datetime.date
    title: str
    url: str


class FeedLink(Record, frozen=True):
    """A feed that a page tells readers' programs of: what it is called, its media `type`, its `url`."""

    title: str
    type: str
    url: str


class PageView:
    """The page itself: where it is, what it is called, and the stories that it lists."""

    def __init__(self, lens: Lens, route: Route) -> None:
        self._lens = lens
        self._route = route
        self.kind = route.kind
        self.article = lens.article(str(route.subject[0])) if route.kind in _ARTICLES else None
        self.subject = lens.group(str(route.subject[0]), str(route.subject[1])) if route.kind in _GROUPS else None

    @property
    def url(self) -> str:
        """For links within the site."""
        return self._lens.links.path(self._route.url)

    @property
    def absolute_url(self) -> str:
        """With scheme and host."""
        return self._lens.links.absolute(self._route.url)

    @property
    def canonical(self) -> str:
        """The URL that search engines should keep: where it was published first, else this page's own."""
        return (self.article.canonical if self.article else "") or self.absolute_url

    @property
    def title(self) -> str:
        """Plain text; empty where only the theme knows what to call it (404, tags, authors, corrections)."""
        subject = self.article or self.subject
        if subject:
            return str(subject.title)
        if self.kind in _ARCHIVES:
            return format_day(self._first_day, _ARCHIVES[self.kind], self.language)
        return str(self._lens.read("config", "title")) if self.kind == "front" else ""

    @property
    def description(self) -> str:
        """Plain text, cut after a word; may be empty."""
        if self.article:
            return cut(str(self.article.summary), _DESCRIPTION)
        if self.subject:
            return cut(str(self.subject.description), _DESCRIPTION)
        return str(self._lens.read("config", "tagline")) if self.kind == "front" else ""

    @property
    def card(self) -> CardView | None:
        """The picture that stands for the page where it is shared; None if there is none."""
        return card_of(self._lens, self.article, self.subject)

    @property
    def language(self) -> str:
        """BCP 47 tag: the article's, else the site's."""
        return str(self.article.language if self.article else self._lens.read("config", "language"))

    @property
    def locale(self) -> str:
        """The language as Open Graph tells it: `fr_FR`."""
        return open_graph_locale(self.language)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    @property
    def noindex(self) -> bool:
        """True if search engines should leave it out."""
        if self.kind == "live" or self._lens.read("config", "preview"):
            return True
        return bool(self.article.noindex) if self.article else self.kind in ("404", "redirect", "fragment")

    @property
    def feeds(self) -> list[FeedLink]:
        """The feeds of the site, that of the section, tag, author or series, or of the live blog, and the podcast."""
        site = str(self._lens.read("config", "title"))
        settings = self._lens.read("config", "feeds")
        urls = {name: self._lens.links.path(feed_url(self._lens.home, name)) for name in settings.formats}
        found = [FeedLink(site, _FEEDS[name], url) for name, url in urls.items()]
        if self.subject and self.subject.feed_url:
            found.append(FeedLink(f"{self.subject.title} – {site}", _FEEDS["rss"], self.subject.feed_url))
        live = self.article.live if self.article else None
        if live:
            found.append(FeedLink(f"{self.title} – {site}", _FEEDS["rss"], live.feed_url))
        if settings.podcast.enable and not self._lens.edition:
            show = settings.podcast
            found.append(FeedLink(show.title or site, _FEEDS["rss"], self._lens.links.path(show.path)))
        return found

    @property
    def date(self) -> datetime.date | None:
        """For the masthead: the story's own day, the newest story of a list, the edition on the front page."""
        if self.kind in ("front", "fragment"):
            day: datetime.date = self._lens.read("today")
            return day
        listed = self._by_date() if self.kind == "series" else self.items
        article = self.article or next(iter(listed), None) or next(iter(self._newest()), None)
        return article.date.date() if article and article.date else None

    def _by_date(self) -> list[Any]:
        """The stories that it lists and that have a date, newest first."""
        return sorted((item for item in self.items if item.date), key=lambda item: item.date, reverse=True)

    def _newest(self) -> list[Any]:
        # Only where no list says otherwise; a page of its own does not change whenever a story is published.
        return self._lens.articles(self._lens.read("newest", "all", "", 1)) if self.kind in ("tags", "authors") else []

    @property
    def items(self) -> list[Any]:
        """The stories that this page lists, newest first; of a series, the first part first."""
        if self.kind in ("month", "day") or (self.kind == "year" and self._lens.read("config", "archives") == "year"):
            return self._lens.articles(self._lens.read("of_day", self._route.subject[0]))
        if self.kind == "archive" or self.subject:
            return self._lens.articles(self._lens.read("page", *self._route.subject))
        return []

    @property
    def parts(self) -> list[PartView]:
        """Of a series: the parts that this page lists, in order."""
        if self.kind != "series":
            return []
        _, slug, number = self._route.subject
        return part_views(self._lens, self._lens.read("page_parts", slug, number))

    @property
    def front(self) -> FrontView | None:
        """What stands where on the front page, on the first page of a section, or in the paper of a day; None on any
        other page.
        """
        if self.kind == "section" and self._route.subject[2] is None:
            return section_view(self._lens, str(self._route.subject[1]))
        if self.kind == "day":
            return paper_view(self._lens, str(self._route.subject[0]))
        return front_view(self._lens) if self.kind == "front" else None

    @property
    def pager(self) -> Pager:
        """Ways to the neighbouring pages of the list."""
        if self.kind != "front" and len(self._route.subject) != 3:
            return Pager(None, "", "", "")
        kind, slug, number = self._route.subject or ("all", "", None)
        if number is None:
            last = self._lens.read("pages", kind, slug)
            return Pager(None, self._page(last) if last else "", "", self._page(1) if last else "")
        here = int(number)
        # The number after the last one is a redirect to the index, so this page need not know whether it is the last.
        return Pager(here, self._page(here - 1) if here > 1 else "", self._page(here + 1), self._page(None))

    def _page(self, number: int | None) -> str:
        index = re.sub(r"page/\d+/$", "", self._route.url)
        return self._lens.links.path(number_url(index, number))

    @property
    def dates(self) -> Sequence[DateLink]:
        """In an archive: its months or days that have stories, newest first."""
        if self.kind not in ("year", "month") or self._lens.read("config", "archives") == self.kind:
            return ()
        form = "MMMM" if self.kind == "year" else "long"
        return [
            DateLink(_day(text), format_day(_day(text), form, self.language), self._archive(text), count)
            for text, count in self._lens.read("dates_in", self._route.subject[0])
        ]

    @property
    def earlier(self) -> NearDate | None:
        """Of an archive: the day, month or year before this one that has stories."""
        return self._beside(0)

    @property
    def later(self) -> NearDate | None:
        """The one after it."""
        return self._beside(1)

    def _beside(self, place: int) -> NearDate | None:
        form = _ARCHIVES.get(self.kind)
        text = self._lens.read("dates_beside", self._route.subject[0])[place] if form else None
        return (
            NearDate(_day(text), format_day(_day(text), str(form), self.language), self._archive(text))
            if text
            else None
        )

    def _archive(self, date: str) -> str:
        return self._lens.links.path(f"{self._lens.home}{date}/")

    @property
    def translations(self) -> list[TranslationView]:
        """The page in each of its languages, itself among them; none if it has but one."""
        return translations_of(self._lens, self._route, self.article)

    @property
    def alternates(self) -> list[Alternate]:
        """The same for search engines, with the page that serves for all other languages."""
        return alternates_of(self._lens, self._route, self.article)

    @property
    def corrections(self) -> Sequence[Corrected]:
        """In the log of corrections: all of them, the newest first."""
        if self.kind != "corrections":
            return ()
        stories = {path: self._lens.article(path) for path, _ in self._lens.read("corrected")}
        told = ((stories[path], stories[path].corrections[number]) for path, number in self._lens.read("corrected"))
        return [Corrected(each.date, each.text, story) for story, each in told]

    @property
    def _first_day(self) -> datetime.date:
        return _day(str(self._route.subject[0]))

    @property
    def target(self) -> str:
        """Where a redirect leads, with scheme and host."""
        return self._lens.links.absolute(str(self._route.subject[0]))


def _day(text: str) -> datetime.date:
    year, month, day = (*map(int, text.split("/")), 1, 1)[:3]
    return datetime.date(year, month, day)
