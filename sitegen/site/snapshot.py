"""The site at one instant: what is public, in order, and by section, tag, author, series and day.

Built anew for every build from the metadata of all articles; everything that the rest of sitegen may know about "the
site" is a question to this snapshot. It is plain lookup tables: no method changes it.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from unicodedata import normalize

from msgspec.structs import replace

from sitegen.config import Config, Profile
from sitegen.content.article import Article
from sitegen.files import folders_above
from sitegen.site.publication import Allow, is_public
from sitegen.text.slugs import slugify

__all__ = ["GROUP_KINDS", "Group", "Site", "make_site", "names_of"]

GROUP_KINDS = ("section", "tag", "author", "series")
_FOLDERS = {"section": "/", "tag": "/tags/", "author": "/authors/", "series": "/series/"}


@dataclass(frozen=True, slots=True)
class Group:
    """A section, tag, author or series: its stories newest first, and what is known of it beside them."""

    kind: str
    slug: str
    title: str
    stories: tuple[str, ...] = ()
    profile: Profile | None = None
    article: str | None = None
    """Path of the Markdown file that describes it, if there is one."""

    @property
    def url(self) -> str:
        return f"{_FOLDERS[self.kind]}{self.slug}/"


@dataclass(frozen=True, eq=False)
class Site:
    """The snapshot. Paths of files are the keys of articles; orders are total (instant, then URL)."""

    config: Config
    now: datetime
    articles: Mapping[str, Article]
    """The public ones, with the groups they are in and their neighbours in time."""
    hidden: frozenset[str]
    """Paths of the files below the content folder that are not public."""
    stories: tuple[str, ...]
    """Newest first; undated ones last."""
    pages: tuple[str, ...]
    groups: Mapping[str, Mapping[str, Group]]
    """By kind, then by slug, in the order in which they are listed."""
    slugs: Mapping[str, Mapping[str, str]]
    """By kind, from every spelling to the slug of its group."""
    days: Mapping[str, tuple[str, ...]]
    """`2026/03/12` to stories, newest first; newest day first."""
    media: Mapping[str, str] = field(default_factory=dict)
    """Path of every file that is copied, to its URL."""

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Public stories by what a writer may call them (id, slug, path below the content folder), newest first."""
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for path in self.stories:
            article = self.articles[path]
            below = normalize("NFC", path.removeprefix(self.config.content_dir + "/"))
            for name in (article.id, article.slug, below, below.removesuffix(".md")):
                names[name][path] = None
        return {name: tuple(paths) for name, paths in names.items() if name}

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Every path below the content folder, by its Unicode normal form (NFC), in which links are compared."""
        return {normalize("NFC", path): path for path in (*self.hidden, *self.media, *self.articles)}

    def again(self, config: Config, now: datetime, articles: Mapping[str, Article]) -> Site:
        """The same snapshot at another instant, its articles with other texts."""
        same = dataclasses.replace(self, config=config, now=now, articles=articles)
        same.__dict__.update({name: self.__dict__[name] for name in ("by_name", "files") if name in self.__dict__})
        return same

    def named(self, name: str) -> tuple[str, ...]:
        """The public stories that `name` (an id, a slug or a path) can mean, newest first."""
        return self.by_name.get(name.removeprefix(self.config.content_dir + "/"), ())

    def url_of(self, path: str) -> str | None:
        """Where a file of the content folder went; None if it is not public."""
        article = self.articles.get(path)
        if article is None:
            return self.media.get(path)
        if article.kind in ("story", "page", "withdrawn"):
            return article.url
        return next((group.url for group in self.groups[article.kind].values() if group.article == path), None)


def make_site(
    config: Config,
    articles: Iterable[Article],
    media: Sequence[str],
    now: datetime,
    allow: Allow | None = None,
    unusable: Iterable[str] = (),
) -> Site:
    """The snapshot at `now`. `unusable` are the paths of Markdown files that could not be read, and so may be secret;
    `media` those of all other files below the content folder.
    """
    shown, hidden = {}, set(unusable)
    for article in articles:
        if is_public(article, now, allow or Allow()):
            shown[article.path] = article
        else:
            hidden.add(article.path)
    copied = _media(config, media, shown, hidden)
    stories = _in_order(article for article in shown.values() if article.kind == "story")
    merged = {kind: _groups(kind, config, shown, stories) for kind in GROUP_KINDS}
    slugs = {kind: slugs for kind, (_, slugs) in merged.items()}
    return Site(
        config=config,
        now=now,
        articles=_placed(shown, stories, slugs),
        hidden=frozenset(hidden.union(media).difference(copied)),
        stories=stories,
        pages=tuple(sorted(path for path, article in shown.items() if article.kind == "page")),
        groups={kind: groups for kind, (groups, _) in merged.items()},
        slugs=slugs,
        days=_days(shown, stories),
        media=copied,
    )


def _placed(
    shown: Mapping[str, Article], stories: Sequence[str], slugs: Mapping[str, Mapping[str, str]]
) -> dict[str, Article]:
    """The articles with what the site knows of each; an article that knows it already stays the same object."""
    later = dict(zip(stories[1:], stories, strict=False))
    earlier = dict(pairwise(stories))
    return {path: _filled(article, earlier.get(path), later.get(path), slugs) for path, article in shown.items()}


def _filled(
    article: Article, earlier: str | None, later: str | None, slugs: Mapping[str, Mapping[str, str]]
) -> Article:
    if article.kind != "story":
        return article
    sections = _slugs_of(slugs["section"], (article.section,) if article.section else ())
    tags = _slugs_of(slugs["tag"], article.tags)
    authors = _slugs_of(slugs["author"], article.authors)
    series = _slugs_of(slugs["series"], article.series)
    known = (article.sections, article.tag_slugs, article.author_slugs, article.series_slugs)
    if known == (sections, tags, authors, series) and article.earlier == earlier and article.later == later:
        return article
    return replace(
        article,
        sections=sections,
        tag_slugs=tags,
        author_slugs=authors,
        series_slugs=series,
        earlier=earlier,
        later=later,
    )


def _slugs_of(slugs: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    """The slugs of names, each once."""
    return tuple(dict.fromkeys([slugs[name] for name in names])) if names else ()


def _in_order(articles: Iterable[Article]) -> tuple[str, ...]:
    by_url = sorted(articles, key=lambda article: article.url)
    dated = [article for article in by_url if article.date is not None]
    dated.sort(key=lambda article: article.date.timestamp() if article.date else 0.0, reverse=True)
    return tuple(article.path for article in [*dated, *(article for article in by_url if article.date is None)])


_NAMES: Mapping[str, Callable[[Article], tuple[str, ...]]] = {
    "section": lambda article: (article.section,) if article.section else (),
    "tag": attrgetter("tags"),
    "author": attrgetter("authors"),
    "series": attrgetter("series"),
}


def names_of(kind: str, article: Article) -> tuple[str, ...]:
    """The names of groups of this kind in the front matter of an article, as written."""
    return _NAMES[kind](article)


def _groups(
    kind: str, config: Config, articles: Mapping[str, Article], stories: Iterable[str]
) -> tuple[dict[str, Group], dict[str, str]]:
    """Merged by slug, under the commonest spelling; the first in the alphabet where two are as common.

    Also the slug of every spelling.
    """
    files = {_file_slug(path): path for path, article in articles.items() if article.kind == kind}
    profiles = _profiles(kind, config)
    slugs = _slugs_by_title(profiles, {slug: articles[path].title for slug, path in files.items()})
    members: defaultdict[str, dict[str, None]] = defaultdict(dict)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names = _NAMES[kind]
    for story in stories:
        for name in names(articles[story]):
            slug = slugs.get(name) or slugs.setdefault(name, slugify(name))
            members[slug][story] = None
            spellings[slug][name] += 1
    groups = {}
    for slug in {**profiles, **dict.fromkeys(sorted({*members, *files}))}:
        profile, file = profiles.get(slug), files.get(slug)
        spelt = min(spellings[slug].items(), key=lambda pair: (-pair[1], pair[0]), default=(slug, 0))[0]
        title = (articles[file].title if file else "") or (profile.name if profile else "") or spelt
        groups[slug] = Group(kind, slug, title, tuple(members[slug]), profile, file)
    return groups, slugs


def _file_slug(path: str) -> str:
    return slugify(path.rpartition("/")[2].removesuffix(".md"))


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


def _days(articles: Mapping[str, Article], stories: Iterable[str]) -> dict[str, tuple[str, ...]]:
    days: defaultdict[str, list[str]] = defaultdict(list)
    for path in stories:
        date = articles[path].date
        if date is not None:
            days[f"{date.year:04}/{date.month:02}/{date.day:02}"].append(path)
    return {day: tuple(days[day]) for day in sorted(days, reverse=True)}


def _media(config: Config, media: Iterable[str], shown: Mapping[str, Article], hidden: Iterable[str]) -> dict[str, str]:
    """Files in a bundle go with its page, and share its fate; the others keep their path."""
    root = config.content_dir
    indexes = (path for path in (*hidden, *shown) if path.endswith("/index.md") and path != f"{root}/index.md")
    bundles = {path.removesuffix("/index.md"): path for path in indexes}
    urls = {}
    for path in media:
        owner = next((bundles[folder] for folder in folders_above(path) if folder in bundles), None)
        if owner is None:
            urls[path] = path.removeprefix(root)
        elif owner in shown and shown[owner].kind != "withdrawn":
            urls[path] = shown[owner].url.rpartition("/")[0] + path.removeprefix(owner.removesuffix("/index.md"))
    return urls
