"""The site at one instant: what is public, in order, and by section, tag, author, series and day.

Built anew for every build from the metadata of all articles; everything that the rest of sitegen may know about "the
site" is a question to this snapshot. It is plain lookup tables: no method changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise
from unicodedata import normalize

from msgspec import field
from msgspec.structs import replace

from sitegen.config import Config, config_of, home_of
from sitegen.content.article import Article
from sitegen.files import folders_above
from sitegen.plain import Record
from sitegen.site.groups import GROUP_KINDS, Group, make_groups
from sitegen.site.narrations import narrated, story_of
from sitegen.site.publication import Allow, is_public

__all__ = ["INDEX", "Site", "make_site"]

INDEX = "index.md"
"""The article of the folder that it lies in."""
_LOOKED_UP = ("by_name", "by_translation", "files", "narrations")


class Site(Record, frozen=True, dict=True, eq=False, weakref=True):
    """The snapshot. Paths of files are the keys of articles; orders are total (instant, then URL).

    A site in several languages has an edition in each, which is a snapshot too: that of the stories of one language.
    """

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
    key: str = ""
    """Of an edition (`sitegen.config.languages`)."""
    others: tuple[str, ...] = ()
    """Of an edition, the stories of all other ones, newest first."""
    translated: Mapping[str, Site] = field(default_factory=dict)
    """The editions by key, that of the site's own language first; none in a site of one language."""

    @property
    def editions(self) -> Mapping[str, Site]:
        """The editions by key. A site of one language is its only one."""
        return self.translated or {self.key: self}

    @property
    def home(self) -> str:
        """The URL of the front page."""
        return home_of(self.key)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Public stories by what a writer may call them (id, slug, path below the content folder), newest first, those
        of other editions last.
        """
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for path in (*self.stories, *self.others):
            article = self.articles[path]
            below = normalize("NFC", path.removeprefix(self.config.content_dir + "/"))
            for name in (article.id, article.slug, below, below.removesuffix(".md")):
                names[name][path] = None
        return {name: tuple(paths) for name, paths in names.items() if name}

    @cached_property
    def by_translation(self) -> Mapping[str, Mapping[str, str]]:
        """Public stories and pages by the key that they share, then by language: the site's own first, then as they are
        listed in the configuration. Of two in one language, the first by path.
        """
        places = {key: place for place, key in enumerate(self.editions)}
        keyed = [self.articles[path] for path in (*self.stories, *self.pages) if self.articles[path].translation]

        def place(article: Article) -> tuple[int, bool, str, str]:
            foreign = article.language != self.config.language
            return places.get(article.edition, 0), foreign, article.language, article.path

        keyed.sort(key=place)
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for article in keyed:
            found[article.translation].setdefault(article.language, article.path)
        return found

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Every path below the content folder, by its Unicode normal form (NFC), in which links are compared."""
        return {normalize("NFC", path): path for path in (*self.hidden, *self.media, *self.articles)}

    def file_at(self, name: str) -> str | None:
        """The file with this path (in NFC), or else `index.md` in the folder with this path; None if there is none."""
        return self.files.get(name) or self.files.get(f"{name}/{INDEX}")

    @cached_property
    def narrations(self) -> Mapping[str, tuple[str, ...]]:
        """The public recordings that were made of stories, by the path of the story."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.media:
            story = story_of(self.config, path)
            if story is not None:
                found[story].append(path)
        return {story: tuple(files) for story, files in found.items()}

    def again(self, config: Config, now: datetime, articles: Mapping[str, Article]) -> Site:
        """The same snapshot at another instant, its articles with other texts."""
        translated = {
            key: edition.again(config_of(config, key), now, articles) for key, edition in self.translated.items()
        }
        same = replace(self, config=config, now=now, articles=articles, translated=translated)
        same.__dict__.update({name: self.__dict__[name] for name in _LOOKED_UP if name in self.__dict__})
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
        groups = self.editions.get(article.edition, self).groups[article.kind]
        return next((group.url for group in groups.values() if group.article == path), None)


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
    shown, hidden, instant = {}, set(unusable), now.astimezone(UTC)  # as in `next_change`
    for article in articles:
        if is_public(article, instant, allow or Allow()):
            shown[article.path] = article
        else:
            hidden.add(article.path)
    copied = _media(config, media, shown, hidden)
    whole = Site(
        config=config,
        now=now,
        articles=shown,
        hidden=frozenset(hidden.union(media).difference(copied)),
        stories=_in_order(article for article in shown.values() if article.kind == "story"),
        pages=tuple(sorted(path for path, article in shown.items() if article.kind == "page")),
        groups={},
        slugs={},
        days={},
        media=copied,
    )
    editions = {key: _edition(whole, key) for key in ("", *config.languages)}
    placed = _placed(shown, editions)
    editions = {key: replace(edition, articles=placed) for key, edition in editions.items()}
    main = editions[""]
    if not config.languages:
        return main
    return replace(main, stories=whole.stories, pages=whole.pages, others=(), translated=editions)


def _edition(whole: Site, key: str) -> Site:
    """The edition with this key, out of a snapshot without groups."""
    config, articles = config_of(whole.config, key), whole.articles
    stories, pages, others = whole.stories, whole.pages, whole.others
    if config.languages:
        stories = tuple(path for path in whole.stories if articles[path].edition == key)
        others = tuple(path for path in whole.stories if articles[path].edition != key)
        pages = tuple(path for path in whole.pages if articles[path].edition == key)
    merged = {kind: make_groups(kind, key, config, articles, stories) for kind in GROUP_KINDS}
    return replace(
        whole,
        config=config,
        stories=stories,
        pages=pages,
        groups={kind: groups for kind, (groups, _) in merged.items()},
        slugs={kind: slugs for kind, (_, slugs) in merged.items()},
        days=_days(articles, stories),
        key=key,
        others=others,
    )


def _placed(shown: Mapping[str, Article], editions: Mapping[str, Site]) -> dict[str, Article]:
    """The articles with what the site knows of each; an article that knows it already stays the same object."""
    later: dict[str, str] = {}
    earlier: dict[str, str] = {}
    for edition in editions.values():
        later.update(zip(edition.stories[1:], edition.stories, strict=False))
        earlier.update(pairwise(edition.stories))
    return {
        path: _filled(article, earlier.get(path), later.get(path), editions[article.edition].slugs)
        for path, article in shown.items()
    }


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
    if len(names) == 1:  # most often
        return (slugs[names[0]],)
    return tuple(dict.fromkeys([slugs[name] for name in names])) if names else ()


def _in_order(articles: Iterable[Article]) -> tuple[str, ...]:
    by_url = sorted(articles, key=lambda article: article.url)
    dated = [article for article in by_url if article.date is not None]
    dated.sort(key=lambda article: article.date.timestamp() if article.date else 0.0, reverse=True)
    return tuple(article.path for article in [*dated, *(article for article in by_url if article.date is None)])


def _days(articles: Mapping[str, Article], stories: Iterable[str]) -> dict[str, tuple[str, ...]]:
    days: defaultdict[date, list[str]] = defaultdict(list)
    for path in stories:
        instant = articles[path].date
        if instant is not None:
            days[instant.date()].append(path)
    return {f"{day.year:04}/{day.month:02}/{day.day:02}": tuple(days[day]) for day in sorted(days, reverse=True)}


def _media(config: Config, media: Iterable[str], shown: Mapping[str, Article], hidden: Iterable[str]) -> dict[str, str]:
    """Files in a bundle go with its page, and share its fate; so do recordings of stories; the others keep their path.

    Of a page in several languages, they go with that of the site's own, if it is public.
    """
    root = config.content_dir
    names = (INDEX, *(f"index.{key}.md" for key in (config.language, *config.languages)))
    places = {name: place for place, name in enumerate(names if config.languages else names[:1])}
    indexes = [(path.rpartition("/"), path) for path in (*hidden, *shown)]
    known = [(path not in shown, places[name], folder, path) for (folder, _, name), path in indexes if name in places]
    bundles: dict[str, str] = {}
    for _, _, folder, path in sorted(known):
        bundles.setdefault(folder, path)
    bundles.pop(root, None)
    urls = {}
    for path in media:
        story = story_of(config, path)
        if story is not None:
            if story in shown and narrated(shown[story]):
                urls[path] = path.removeprefix(root)
            continue
        owner = next((bundles[folder] for folder in folders_above(path) if folder in bundles), None)
        if owner is None:
            urls[path] = path.removeprefix(root)
        elif owner in shown and shown[owner].kind != "withdrawn":
            urls[path] = shown[owner].url.rpartition("/")[0] + path.removeprefix(owner.rpartition("/")[0])
    return urls
