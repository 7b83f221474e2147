"""Sections, tags, authors and series: which there are, what they are called, and which stories are in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter

from msgspec import field

from sitegen.config import Config, Profile, home_of
from sitegen.content.article import Article
from sitegen.plain import Record
from sitegen.site.series import Parts, parts_in_order
from sitegen.text.slugs import slugify

__all__ = ["GROUP_KINDS", "Group", "make_groups", "names_of"]

GROUP_KINDS = ("section", "tag", "author", "series")
_FOLDERS = {"section": "/", "tag": "/tags/", "author": "/authors/", "series": "/series/"}


class Group(Record, frozen=True):
    """A section, tag, author or series: its stories newest first, and what is known of it beside them."""

    kind: str
    slug: str
    title: str
    stories: tuple[str, ...] = ()
    profile: Profile | None = None
    article: str | None = None
    """Path of the Markdown file that describes it, if there is one."""
    home: str = "/"
    """The URL of the front page of its edition."""
    parts: Parts = field(default_factory=dict)
    """Of a series, its stories in order."""
    byline: str = ""
    """Of an author: `staff`, `guest` or `wire`."""

    @property
    def has_page(self) -> bool:
        """Whether it has a page. Guests and agencies are named under their stories, and that is all."""
        return self.byline not in ("guest", "wire")

    @property
    def url(self) -> str:
        """Empty if it has no page."""
        if not self.has_page:
            return ""
        return f"{self.home[:-1]}{_FOLDERS[self.kind]}{self.slug}/"


_NAMES: Mapping[str, Callable[[Article], tuple[str, ...]]] = {
    "section": lambda article: (article.section,) if article.section else (),
    "tag": attrgetter("tags"),
    "author": attrgetter("authors"),
    "series": attrgetter("series"),
}


def names_of(kind: str, article: Article) -> tuple[str, ...]:
    """The names of groups of this kind in the front matter of an article, as written."""
    return _NAMES[kind](article)


def make_groups(
    kind: str, edition: str, config: Config, articles: Mapping[str, Article], stories: Iterable[str]
) -> tuple[dict[str, Group], dict[str, str]]:
    """Merged by slug, under the commonest spelling; the first in the alphabet where two are as common.

    Also the slug of every spelling. `config` is that of the edition with this key, and so are the `stories`; of another
    language than the site's own, groups without stories are left out, unless the edition itself names them; and so is
    a series of which nothing is public yet.
    """
    files = _files(kind, edition, config, articles)
    profiles = _profiles(kind, config)
    slugs = _slugs_by_title(profiles, {slug: articles[path].title for slug, path in files.items()})
    bylines = _bylines(profiles, edition, config, articles) if kind == "author" else {}
    members, spellings = _members(kind, articles, stories, slugs)
    groups = {}
    for slug in {**profiles, **dict.fromkeys(sorted({*members, *files}))}:
        profile, file = profiles.get(slug), files.get(slug)
        given = (articles[file].title if file else "") or (profile.name if profile else "")
        groups[slug] = Group(
            kind=kind,
            slug=slug,
            title=given or _commonest(spellings.get(slug, {})) or slug,
            stories=members.get(slug, ()),
            profile=profile,
            article=file,
            home=home_of(edition),
            parts=parts_in_order(slug, slugs, articles, members.get(slug, ())) if kind == "series" else {},
            byline=bylines.get(slug, "staff") if kind == "author" else "",
        )
    if kind == "series":
        groups = {slug: group for slug, group in groups.items() if group.stories}
    elif edition:
        own = _named_by(kind, edition, config) | {slug for slug, path in files.items() if articles[path].edition}
        groups = {slug: group for slug, group in groups.items() if group.stories or slug in own}
    return groups, slugs


def _members(
    kind: str, articles: Mapping[str, Article], stories: Iterable[str], slugs: dict[str, str]
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[str, int]]]:
    """The stories of groups by slug, in the order in which they are given, and how often each spelling is used.

    The slugs of spellings that have none yet are added.
    """
    named: defaultdict[str, list[str]] = defaultdict(list)
    names, stories = _NAMES[kind], tuple(stories)
    for story in stories:
        for name in names(articles[story]):
            named[name].append(story)
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, found in named.items():
        slug = slugs.get(name) or slugs.setdefault(name, slugify(name))
        spellings[slug][name] = len(found)
    members = {slug: tuple(dict.fromkeys(named[name])) for slug, (name, *_) in spellings.items()}
    if mixed := {slug: spelt for slug, spelt in spellings.items() if len(spelt) > 1}:
        place = {story: number for number, story in enumerate(stories)}
        for slug, spelt in mixed.items():
            merged = {*chain.from_iterable(named[name] for name in spelt)}
            members[slug] = tuple(sorted(merged, key=place.__getitem__))
    return members, spellings


def _commonest(spelt: Mapping[str, int]) -> str:
    return min(spelt.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))[0]


def _files(kind: str, edition: str, config: Config, articles: Mapping[str, Article]) -> dict[str, str]:
    """By slug, the Markdown files that describe groups."""
    return {_file_slug(article, config): article.path for article in _describing(kind, edition, articles)}


def _describing(kind: str, edition: str, articles: Mapping[str, Article]) -> list[Article]:
    """The files that describe groups, those that win last: of a person also that in the site's own language."""
    editions = ("", edition) if kind == "author" else (edition,)
    found = [article for article in articles.values() if article.kind == kind and article.edition in editions]
    return sorted(found, key=lambda article: article.edition)


def _bylines(
    profiles: Mapping[str, Profile], edition: str, config: Config, articles: Mapping[str, Article]
) -> dict[str, str]:
    """What authors are, by slug, of those who are not on the staff: the same in every language."""
    files = (article for article in _describing("author", edition, articles) if article.byline)
    return {
        **{slug: profile.byline for slug, profile in profiles.items() if profile.byline != "staff"},
        **{_file_slug(article, config): article.byline for article in files},
    }


def _named_by(kind: str, edition: str, config: Config) -> set[str]:
    """The slugs of the groups that the table of an edition names."""
    own = config.languages[edition]
    named = {"section": [section.slug for section in own.sections], "tag": own.tags, "author": own.authors}
    return set(map(slugify, named.get(kind, ())))


def _file_slug(article: Article, config: Config) -> str:
    """Of a site in several languages, the name of the file may hold one."""
    name = article.path.rpartition("/")[2].removesuffix(".md")
    return article.slug if config.languages else slugify(name)


def _profiles(kind: str, config: Config) -> dict[str, Profile]:
    """What the configuration says of groups, in its order."""
    if kind == "section":
        return {section.slug: Profile(name=section.title, bio=section.description) for section in config.sections}
    described = {"tag": config.tags, "author": config.authors}.get(kind, {})
    return {slugify(id): profile for id, profile in described.items()}


def _slugs_by_title(profiles: Mapping[str, Profile], titles: Mapping[str, str]) -> dict[str, str]:
    """A byline may give a name where the profile is filed under an id: both mean the same person."""
    named = [(profile.name, slug) for slug, profile in profiles.items()] + [
        (name, slug) for slug, name in titles.items()
    ]
    return {name: slug for name, slug in named if name}
