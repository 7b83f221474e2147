"""What a session finds out about the site as a whole, so that the next one need not if only texts have changed.

To make the snapshot and its routes, every article has to be loaded. But an editor who mends a sentence changes neither:
then the snapshot of the last session stands, and articles are loaded one by one as somebody asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.errors import Problem
from sitegen.plain import Record, fingerprint
from sitegen.session.reading import Content
from sitegen.session.remembered import Remembered
from sitegen.site.partners import partner_changes
from sitegen.site.publication import Allow, is_public, next_change, state
from sitegen.site.routes import Route
from sitegen.site.sitemaps import news_changes
from sitegen.site.snapshot import Site

__all__ = ["Asked", "Public", "Standing", "articles_again", "asked_of", "take_stock"]

_FROM_SITE = ("sections", "tag_slugs", "author_slugs", "series_slugs", "earlier", "later")
"""Fields of an article that the snapshot fills in."""
_NAMES = {
    "published": "published",
    "draft": "drafts",
    "scheduled": "scheduled",
    "expired": "expired",
    "withdrawn": "withdrawn",
}


class Asked(Record, frozen=True):
    """Stands for all that a snapshot is made from beside the articles, the instant and what is shown of them."""

    config: str
    """For the configuration."""
    files: str
    """For which files there are."""


class Standing(Record, frozen=True):
    """True while the same is asked of the same files, but for the texts of articles, from `since` until `until`."""

    asked: Asked
    allow: Allow
    """What was shown beside what readers may see."""
    hidden: bool
    """Whether there are articles that readers may not see: only then that matters."""
    served: str
    """Stands for the routes of the theme."""
    since: datetime
    until: datetime | None
    """The next instant at which an article changes its state by itself, ceases to be news, or is too old for a feed."""
    next_due: datetime | None
    """The same, of stories and pages."""
    counts: Mapping[str, int]
    """How many stories and pages are in each state; of withdrawn ones only if there are some."""
    told: Mapping[str, tuple[Problem, ...]]
    """What is odd about articles, by path."""
    problems: tuple[Problem, ...]
    """What is wrong between articles, and with their routes."""
    looked: datetime | None = None
    """When it was last found to be true."""
    fronts: datetime | None = None
    """The next instant at which something on a front begins or ends to count. The site stays what it is."""

    def holds(self, asked: Asked, allow: Allow, now: datetime) -> bool:
        """Whether it is true at the instant `now`, texts aside."""
        same = self.asked == asked and (self.allow == allow or not self.hidden)
        return same and self.since <= now and (self.until is None or now < self.until)

    @property
    def next_change(self) -> datetime | None:
        """The next instant at which a story, a page or something on a front comes or goes by itself."""
        return min(filter(None, (self.next_due, self.fronts)), default=None)

    @property
    def ends(self) -> datetime | None:
        """The next instant at which a build finds something else, whatever the files say."""
        return min(filter(None, (self.until, self.fronts)), default=None)

    def at(self, now: datetime, fronts: datetime | None) -> Standing:
        """The same at a later instant, after which the next change on a front is that of `fronts`."""
        return replace(self, looked=now, fronts=fronts)

    def with_texts_of(self, content: Content) -> Standing:
        """The same, with what is odd about the articles that were read anew."""
        told = {**self.told, **{path: read.problems for path, read in content.fresh.items()}}
        return replace(self, told={path: problems for path, problems in told.items() if problems})


def asked_of(config: Config, content: Content) -> Asked:
    """What stands for this configuration and these files."""
    return Asked(fingerprint(config), content.names)


def take_stock(
    asked: Asked,
    allow: Allow,
    theme: Iterable[Route],
    content: Content,
    problems: Iterable[Problem],
    site: Site,
) -> Standing:
    """What is true of a snapshot that was made of this content, with a theme that has these routes."""
    now = site.now.astimezone(UTC)  # as in `next_change`
    stories = [article for article in content.articles if article.kind in ("story", "page", "withdrawn")]
    ends = next_change(content.articles, now), news_changes(stories, now), partner_changes(site.editions[""])
    counts: Counter[str] = Counter(state(article, now) for article in stories)
    return Standing(
        asked=asked,
        allow=allow,
        hidden=not all(is_public(article, now, Allow()) for article in content.articles),
        served=fingerprint(tuple(theme)),
        since=site.now,
        until=min(filter(None, ends), default=None),
        next_due=next_change(stories, now),
        counts={name: counts[key] for key, name in _NAMES.items() if key in counts or key != "withdrawn"},
        told=content.told,
        problems=tuple(problems),
    )


class Public(Mapping[str, Article]):
    """The public articles of the last session, but for those that are `changed`; each is loaded when asked for."""

    def __init__(
        self, paths: Mapping[str, object], before: Remembered, changed: Mapping[str, Article] | None = None
    ) -> None:
        self._paths = paths
        self._before = before
        self._changed = changed or {}

    def __getitem__(self, path: str) -> Article:
        if path in self._changed:
            return self._changed[path]
        article = self._before[path].article if path in self._paths else None
        if article is None:
            raise KeyError(path)
        return article

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def articles_again(public: Mapping[str, object], content: Content) -> Public | None:
    """The `public` articles of the last session as they are now; None if more than their texts has changed."""
    if len(content.marks) < len(content.stories) or not all(path in public for path in content.fresh):
        return None
    changed = {path: _with_text(content.before[path].article, read.article) for path, read in content.fresh.items()}
    articles = {path: article for path, article in changed.items() if article is not None}
    if len(articles) < len(changed):
        return None
    return Public(public, content.before, articles)


def _with_text(old: Article | None, new: Article | None) -> Article | None:
    """The old article with the text of the new one; None if something else is different too."""
    if old is None or new is None:
        return None
    filled = replace(new, **{name: getattr(old, name) for name in _FROM_SITE})
    return filled if replace(filled, text=old.text) == old else None
