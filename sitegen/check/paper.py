"""The whole site at one instant, as rules see it that look at more than one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from msgspec import field

from sitegen.check.copy import Copy
from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.content.images import Facts
from sitegen.content.nodes import UnreadableError
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.session import Session
from sitegen.site.links import find_file, local_path
from sitegen.site.publication import state

__all__ = ["Paper"]

_TARGET = regex(r"""\]\(<?([^\s)>]+)|\bsrc=["']?([^\s"'>]+)""")
_WRITTEN = frozenset(["story", "page", "withdrawn"])
_AT_WORK = frozenset(["draft", "scheduled", "published"])


class Paper(Record, frozen=True, dict=True):
    """A session that has been opened and read, and its files for whoever needs their texts."""

    session: Session
    dictionary: frozenset[str] = frozenset()
    _copies: dict[str, Copy | None] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """The settings of the site."""
        return self.session.config

    @cached_property
    def everything(self) -> Mapping[str, Article]:
        """By path, all stories and pages, whatever their state."""
        return {article.path: article for article in self.session.content.articles if article.kind in _WRITTEN}

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """By path, the stories and pages that somebody may still work on: drafts too, but not what has expired."""
        now = self.session.now
        return {path: article for path, article in self.everything.items() if state(article, now) in _AT_WORK}

    @cached_property
    def unpublished(self) -> Mapping[str, Article]:
        """By path, the stories and pages that no reader may see."""
        public = self.session.site.articles
        return {path: article for path, article in self.everything.items() if path not in public}

    def copy(self, path: str) -> Copy | None:
        """One of these files; None if it cannot be read any more."""
        if path not in self._copies:
            self._copies[path] = self._opened(path)
        return self._copies[path]

    def copies(self, paths: Iterable[str] | None = None) -> Iterable[Copy]:
        """Some of them; all that somebody may still work on if no paths are given."""
        return filter(None, map(self.copy, self.articles if paths is None else paths))

    def _opened(self, path: str) -> Copy | None:
        try:
            copy = Copy(self.everything[path], self.session.files.load(path), self.config, self.dictionary)
            copy.parts  # noqa: B018 (so that what cannot be read is known now)
        except (OSError, UnreadableError):
            return None
        return copy

    def sources(self, article: Article) -> list[str]:
        """The files that the front matter of an article names, as written."""
        image, audio = article.image, article.audio
        named = (image.src if image else "", audio.src if audio else "", audio.transcript if audio else "")
        return [src for src in named if src]

    def file_of(self, article: Article, src: str) -> str:
        """The path of the file that an article names, public or not; empty if there is none."""
        name = local_path(src)
        look: Callable[[str], tuple[str, str | None] | None] = self._file_at
        found = find_file(look, article.path, name, self.config.content_dir) if name else None
        return found[0] if found else ""

    def _file_at(self, name: str) -> tuple[str, str | None] | None:
        path = self.session.site.file_at(name)
        return None if path is None else (path, None)

    @cached_property
    def named_by_unpublished(self) -> frozenset[str]:
        """Files that unpublished stories show or link to, by their paths."""
        named = set[str]()
        for path, article in self.unpublished.items():
            copy, srcs = self.copy(path), self.sources(article)
            srcs += [one or other for one, other in _TARGET.findall(copy.body)] if copy else []
            named.update(self.file_of(article, src) for src in srcs if src)
        return frozenset(named - {""})

    @cached_property
    def shown_by_public(self) -> frozenset[str]:
        """Files that public stories show, by their paths."""
        session, named = self.session, set[str]()
        for article in session.site.articles.values():
            named.update(self.file_of(article, src) for src in self.sources(article))
        return frozenset(named.union(*session.shown.values()))

    @cached_property
    def named_by_settings(self) -> frozenset[str]:
        """Pictures of the publisher, of authors and of tags, by their paths."""
        config = self.config
        profiles = (*config.authors.values(), *config.tags.values())
        names = (config.publisher.logo, *(profile.image for profile in profiles))
        return frozenset(f"{config.content_dir}/{name.lstrip('/')}" for name in names if name)

    def picture(self, path: str) -> Facts | None:
        """What is known of a public picture; None if it is no such file."""
        known = path in self.session.site.media and path in self._pictures
        return self.session.engine.read("picture", path) if known else None

    @cached_property
    def _pictures(self) -> frozenset[str]:
        from sitegen.site.pictures import picture_files

        return frozenset(picture_files(self.session.site))
