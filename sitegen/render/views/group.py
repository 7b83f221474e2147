"""What templates see of a section, tag, author or series."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from sitegen.config import Profile
from sitegen.content.article import Image, ProfileLink
from sitegen.content.markdown import inline, plain
from sitegen.plain import Plain
from sitegen.render.views.image import image_view
from sitegen.render.views.lens import Lens

__all__ = ["GroupView", "PartView", "SeriesView", "part_views"]


class GroupView:
    """A section, tag, author or series."""

    def __init__(self, lens: Lens, kind: str, slug: str) -> None:
        self._lens = lens
        self.kind = kind
        self.slug = slug

    @property
    def _known(self) -> dict[str, Plain]:
        found: dict[str, Plain] = self._lens.read("group", self.kind, self.slug)
        return found

    @property
    def title(self) -> str:
        """Its name for readers."""
        return str(self._known["title"])

    name = title

    @property
    def url(self) -> str:
        """Of its page; empty if it has none."""
        url = self._known["url"]
        return self._lens.links.path(url) if url else ""

    @property
    def absolute_url(self) -> str:
        """Of its page, with scheme and host; empty if it has none."""
        url = self._known["url"]
        return self._lens.links.absolute(url) if url else ""

    @property
    def feed_url(self) -> str:
        """Of its feed; empty if it has none."""
        has_one = self.kind in self._lens.read("config", "feeds").groups and self._known["url"]
        return self._lens.links.path(f"{self._known['url']}feed.xml") if has_one else ""

    @property
    def _article(self) -> Any:
        """The Markdown file that describes it, or None: then its table in the configuration does, if there is one."""
        return self._lens.article(self._known["article"])

    @property
    def _profile(self) -> Profile:
        found: Profile = self._known["profile"] or Profile()
        return found

    @property
    def description(self) -> str:
        """What it is about, plain text; may be empty."""
        article = self._article
        if article:
            return str(article.summary) if self._is_ours(article) else ""
        return plain(self._profile.bio, self._lens.read("config", "language"))

    bio = description

    @property
    def description_html(self) -> Markup:
        """What it is about, safe HTML; may be empty."""
        article, bio = self._article, self._profile.bio
        if article:
            return Markup((article.body or article.deck_html) if self._is_ours(article) else "")
        return Markup(f"<p>{inline(bio, self._lens.read('config', 'language'))}</p>") if bio else Markup("")

    def _is_ours(self, article: Any) -> bool:
        """Whether a file is in the language of this edition; what is said in another one is not shown."""
        edition = self._lens.edition
        return not edition or self._lens.part("article", article.path, "edition") == edition

    @property
    def homepage(self) -> str:
        """A page elsewhere; may be empty."""
        article = self._article
        return str(article.homepage) if article else self._profile.url

    @property
    def byline(self) -> str:
        """Of an author: `staff`, `guest` or `wire`; else empty."""
        return str(self._known.get("byline", ""))

    @property
    def beat(self) -> str:
        """Of an author: what they write about; may be empty."""
        article = self._article
        if article:
            return str(self._of_file("beat")) if self._is_ours(article) else ""
        return self._profile.beat

    @property
    def email(self) -> str:
        """Of an author: where readers can write to; may be empty."""
        return str(self._of_file("email")) if self._article else self._profile.email

    @property
    def links(self) -> list[ProfileLink]:
        """Of an author: pages elsewhere, each with `title` and `url`."""
        if self._article:
            return list(self._of_file("links"))
        return [ProfileLink(title, url) for title, url in self._profile.links.items()]

    def _of_file(self, field: str) -> Any:
        return self._lens.part("article", self._known["article"], field)

    @property
    def image(self) -> Any:
        """A portrait or picture, or None."""
        article, src = self._article, self._profile.image
        if article or not src:
            return article and article.image
        language = self._lens.read("config", "language")
        return image_view(self._lens, Image(f"/{src.lstrip('/')}"), "", language)

    @property
    def params(self) -> Plain:
        """Free for the theme."""
        article = self._article
        return article.params if article else self._profile.params

    @property
    def count(self) -> int:
        """How many stories it has."""
        return int(self._lens.read("count", self.kind, self.slug))

    def latest(self, count: int) -> list[Any]:
        """Its newest stories."""
        return self._lens.articles(self._lens.read("newest", self.kind, self.slug, count))

    @property
    def contents(self) -> list[PartView]:
        """Of a series, all its parts in order; none of any other group."""
        return part_views(self._lens, self._lens.read("parts", self.slug)) if self.kind == "series" else []


class PartView:
    """A part of a series: its `number` and its `story`."""

    def __init__(self, lens: Lens, path: str, number: int, title: str) -> None:
        self._title = title
        self.number = number
        self.story = lens.article(path)

    @property
    def title(self) -> str:
        """What the part is called: its own title, else the headline of the story."""
        return self._title or str(self.story.title)

    @property
    def title_html(self) -> Markup:
        """The same with its emphasis."""
        return escape(self._title) if self._title else Markup(self.story.title_html)


def part_views(lens: Lens, parts: Iterable[tuple[str, int, str]]) -> list[PartView]:
    """Views of parts of a series: story, number and title of each."""
    return [PartView(lens, *part) for part in parts]


class SeriesView(GroupView):
    """A series, seen from one of its parts."""

    def __init__(self, lens: Lens, path: str, slug: str) -> None:
        super().__init__(lens, "series", slug)
        self._path = path

    @property
    def part(self) -> int:
        """Number of this part."""
        return int(self._place()[0])

    @property
    def parts(self) -> int:
        """How many parts there are so far, or the highest number of one."""
        return int(self._place()[1])

    @property
    def previous(self) -> Any:
        """The part before, or None."""
        return self._lens.article(self._place()[2])

    @property
    def next(self) -> Any:
        """The part after, or None."""
        return self._lens.article(self._place()[3])

    def _place(self) -> Any:
        return self._lens.read("part", self._path, self.slug)
