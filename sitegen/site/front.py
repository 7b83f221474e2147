"""What stands where on a front: what its editor wants, then what rules find. No story stands twice; any number of
stories, even none, makes a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from sitegen.plain import Record
from sitegen.site.pages import stories_of_page
from sitegen.site.snapshot import Site
from sitegen.text.slugs import slugify

__all__ = ["HOME", "Choice", "Front", "Order", "by_importance", "front_of", "paper_of"]

HOME = "home"
"""What the front page is called among the fronts; the others are called as their sections are."""
_PLACES = {"lead": 1, "secondary": 3, "opinion": 4, "latest": 7, "river": 6}
"""How many stories there are in the places that rules fill."""
_STRIP = 4
_PLENTY = 1000
"""Of stories in one place: more than anybody will choose."""
_DAYS_OF_PRIORITY = 30
"""An editor's priority fades: a lead that nobody replaced must not stay a lead for a year."""

_NEVER = datetime.max.replace(tzinfo=UTC)


class Choice(Record, frozen=True, array_like=True):
    """Stories that an editor wants: what they have in common, as kind and name, and how many there may be."""

    wanted: tuple[tuple[str, str], ...]
    limit: int | None = None


class Order(Record, frozen=True, array_like=True):
    """The slot of this name, as its editor wants it at this instant."""

    slot: str
    choices: tuple[Choice, ...] = ()
    limit: int | None = None

    @property
    def size(self) -> int | None:
        """How many stories it takes; None: as many as are chosen."""
        if self.slot == "lead":
            return 1
        if self.limit is None and any(choice.limit is None for choice in self.choices):
            return _PLACES.get(self.slot, 1)
        return self.limit


class Front(Record, frozen=True):
    """Paths of stories by place, most important first."""

    lead: str | None = None
    secondary: tuple[str, ...] = ()
    river: tuple[str, ...] = ()
    opinion: tuple[str, ...] = ()
    strips: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Slug of a section and its stories, in the order of the navigation."""
    latest: tuple[str, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = {}
    """What the editor chose for places that rules do not fill, by their names."""


def front_of(site: Site, section: str, orders: Iterable[Order] = ()) -> Front:
    """The front of a section, or the front page (""), at this instant: first the orders, then rules."""
    desk = _Desk(site, orders)
    return _section(desk, section) if section else _home(desk)


def paper_of(site: Site, date: str) -> Front:
    """The paper of a day (`2026/03/12`): what led, then each section with all of its stories; `latest` are in none.

    It is in what order they stand that editors say, and not the clock: an old paper stays as it is.
    """
    day = site.days.get(date, ())
    news = sorted((path for path in day if site.articles[path].type != "opinion"), key=partial(_rank, site))
    desk, stories = _Desk(site, ()), tuple(dict.fromkeys((*news, *day)))
    lead = desk.take((path for path in news if site.articles[path].image), 1) or desk.take(stories, 1)
    strips = (
        (slug, desk.take((path for path in stories if slug in site.articles[path].sections), None))
        for slug in site.groups["section"]
    )
    return Front(
        lead=lead[0] if lead else None,
        strips=tuple((slug, stories) for slug, stories in strips if stories),
        latest=desk.take(stories, None),
    )


class _Desk:
    """One front while it is made: which stories have a place already."""

    def __init__(self, site: Site, orders: Iterable[Order]) -> None:
        self.site = site
        self._used: set[str] = set()
        self._orders = {order.slot: order for order in orders}
        self._chosen = {name: self._choose(order) for name, order in self._orders.items()}

    def take(self, paths: Iterable[str], count: int | None) -> tuple[str, ...]:
        """The first of them that have no place yet."""
        taken = tuple(islice((path for path in paths if path not in self._used), count))
        self._used.update(taken)
        return taken

    def _choose(self, order: Order) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        for choice in order.choices:
            room = _PLENTY if order.size is None else order.size - len(found)
            limit = room if choice.limit is None else min(choice.limit, room)
            found += self.take(_matching(self.site, choice), limit)
        return found

    def fill(self, slot: str, *rules: Iterable[str]) -> tuple[str, ...]:
        """What was chosen for a slot, filled up by the first rule, then by the next."""
        found = self._chosen.get(slot, ())
        order = self._orders.get(slot)
        size = _PLACES[slot] if order is None or order.limit is None else order.size or 0
        for rule in rules:
            found += self.take(rule, max(0, size - len(found)))
        return found

    @property
    def others(self) -> Mapping[str, tuple[str, ...]]:
        """What was chosen for places that rules do not fill."""
        return {name: stories for name, stories in self._chosen.items() if name not in _PLACES}


def _home(desk: _Desk) -> Front:
    """Pinned stories first, then those with a priority, then the newest."""
    site = desk.site
    news = by_importance(site, (path for path in site.stories if site.articles[path].type != "opinion"))
    lead = desk.fill("lead", (path for path in news if site.articles[path].image), news)
    return Front(
        lead=lead[0] if lead else None,
        secondary=desk.fill("secondary", news),
        opinion=desk.fill("opinion", (path for path in site.stories if site.articles[path].type == "opinion")),
        latest=desk.fill("latest", site.stories),
        river=desk.fill("river", news),
        strips=tuple(
            (group.slug, stories)
            for group in site.groups["section"].values()
            if (stories := desk.take(group.stories, _STRIP))
        ),
        slots=desk.others,
    )


def _section(desk: _Desk, slug: str) -> Front:
    """The newest story leads, and the others follow; the other places are the editor's."""
    group = desk.site.groups["section"].get(slug)
    stories = stories_of_page(group.stories, desk.site.config.page_size, None) if group else ()
    lead = desk.fill("lead", stories)
    return Front(
        lead=lead[0] if lead else None,
        secondary=desk.fill("secondary"),
        opinion=desk.fill("opinion"),
        river=desk.fill("river"),
        latest=(*desk.fill("latest"), *desk.take(stories, None)),
        slots=desk.others,
    )


def _matching(site: Site, choice: Choice) -> Iterator[str]:
    """The stories that a choice may mean, the newest first."""
    kinds = dict(choice.wanted)
    if "story" in kinds:
        return iter(site.named(kinds["story"])[:1])
    tests = [_TESTS.get(kind, _in_group)(site, kind, name) for kind, name in choice.wanted]
    return (path for path in site.stories if all(test(path) for test in tests))


def _in_group(site: Site, kind: str, name: str) -> Callable[[str], bool]:
    group = site.groups[kind].get(site.slugs[kind].get(name) or slugify(name))
    return frozenset(group.stories if group else ()).__contains__


def _of_type(site: Site, kind: str, name: str) -> Callable[[str], bool]:
    return lambda path: site.articles[path].type == name


_TESTS = {"type": _of_type}


def by_importance(site: Site, stories: Iterable[str]) -> list[str]:
    """These stories, pinned ones first, then those with a priority; of equal rank as they came."""
    newest = (site.articles[site.stories[0]].date if site.stories else None) or _NEVER
    return sorted(stories, key=partial(_rank, site, newest=newest))


def _rank(site: Site, path: str, newest: datetime | None = None) -> tuple[bool, int]:
    """Lower is more important. Beside a story as new as the `newest`, a priority counts only while it is young."""
    article = site.articles[path]
    faded = newest is not None and not (article.date and (newest - article.date).days < _DAYS_OF_PRIORITY)
    return not article.pinned, 9 if faded else article.priority or 9
