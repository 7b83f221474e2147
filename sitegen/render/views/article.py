"""What templates see of a story or a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from sitegen.content.article import Audio, Correction
from sitegen.content.body import Heading, Picture, Segments, Shortcode, calls
from sitegen.render.views.audio import AudioView
from sitegen.render.views.image import ImageView, image_view
from sitegen.render.views.lens import Lens
from sitegen.render.views.live import LiveView
from sitegen.text.language import direction
from sitegen.text.words import reading_minutes

__all__ = ["ArticleView"]


class _Field:
    """An attribute that is one field of the article's front matter."""

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, view: ArticleView | None, owner: type) -> Any:
        return self if view is None else view._lens.part("article", view.path, self._name)


class ArticleView:
    """A story or a page."""

    def __init__(self, lens: Lens, path: str) -> None:
        self._lens = lens
        self.path = path

    def _field(self, name: str) -> Any:
        return self._lens.part("article", self.path, name)

    def _body(self, name: str) -> Any:
        return self._lens.part("body", self.path, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArticleView) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    title = _Field("Headline, plain text.")
    deck = _Field("Standfirst, plain text; may be empty.")
    kicker = _Field("Overline; may be empty.")
    dateline = _Field("Place; may be empty.")
    type = _Field("`news`, `analysis`, `opinion`, `live` …")
    kind = _Field("`story` or `page`; `withdrawn` if only a notice is left.")
    date = _Field("When it was published, with offset; None if undated.")
    updated = _Field("Last substantive change; None if there was none.")
    expires = _Field("When it will be withdrawn; None if never.")
    draft = _Field("True in a preview that shows drafts.")
    withdrawn = _Field(
        "Since when it is withdrawn, and why: `date` and `text`, which may be missing; None if it is not."
    )
    canonical = _Field("Where it was published first, if elsewhere; else empty.")
    translation = _Field("Key that joins translations; may be empty.")
    noindex = _Field("True if search engines should leave it out.")
    pinned = _Field("True if an editor pinned it.")
    priority = _Field("1 is most important; 0 if nobody said.")
    params = _Field("Free for the theme.")
    extra = _Field("Front matter that an imported archive carries along.")
    id = _Field("Permanent identity; may be empty.")
    homepage = _Field("Of an author or tag: a page elsewhere; may be empty.")

    @property
    def url(self) -> str:
        """For links within the site."""
        return self._lens.links.path(self._field("url"))

    @property
    def absolute_url(self) -> str:
        """With scheme and host."""
        return self._lens.links.absolute(self._field("url"))

    @property
    def title_html(self) -> Markup:
        """Headline with its emphasis."""
        return Markup(self._field("title_html"))

    @property
    def deck_html(self) -> Markup:
        """Standfirst with its emphasis."""
        return Markup(self._field("deck_html"))

    @property
    def summary(self) -> str:
        """For lists and feeds: the summary, else the deck, else how the body begins."""
        return str(self._field("summary") or self._field("deck") or self._body("excerpt"))

    @property
    def language(self) -> str:
        """BCP 47 tag."""
        return str(self._field("language") or self._lens.read("config", "language"))

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    @property
    def translations(self) -> list[ArticleView]:
        """The same story in other languages."""
        known = self._lens.read("translations", self.path) if self.translation else ()
        found: list[ArticleView] = self._lens.articles(path for _, path in known if path != self.path)
        return found

    @property
    def section(self) -> Any:
        """The section, or None."""
        slugs = self._field("sections")
        return self._lens.group("section", slugs[0]) if slugs else None

    @property
    def tags(self) -> list[Any]:
        """Its tags, as listed."""
        return [self._lens.group("tag", slug) for slug in self._field("tag_slugs")]

    @property
    def authors(self) -> list[Any]:
        """Its authors, as listed."""
        return [self._lens.group("author", slug) for slug in self._field("author_slugs")]

    @property
    def series(self) -> list[Any]:
        """The series it is part of."""
        return [self._lens.series(self.path, slug) for slug in self._field("series_slugs")]

    @property
    def image(self) -> ImageView | None:
        """The lead picture, or None."""
        image = self._field("image")
        found: ImageView | None = image_view(self._lens, image, self.path, self.language) if image else None
        return found

    @property
    def audio(self) -> AudioView | None:
        """The recording, or None."""
        audio = self._field("audio") or self._narration()
        return AudioView(self._lens, self.path, audio) if audio else None

    def _narration(self) -> Audio | None:
        """The recording that was made of it, if it says what the story says now."""
        if not self._lens.read("config", "audio").command:
            return None
        file = str(self._lens.read("narration", self.path))
        return Audio(quote(file.removeprefix(self._lens.read("config", "content_dir")))) if file else None

    @property
    def corrections(self) -> Sequence[Correction]:
        """Each with `date` and `text`, as listed."""
        return tuple(self._field("corrections") or ())

    @property
    def words(self) -> int:
        """Length of the body in words."""
        return int(self._body("words"))

    @property
    def minutes(self) -> int:
        """Reading time in minutes, at least 1; 0 without a body."""
        return reading_minutes(self.words)

    @property
    def toc(self) -> Sequence[Heading]:
        """Headings of the body, each with `level`, `id`, `text`."""
        return tuple(self._body("toc"))

    @property
    def body(self) -> Markup:
        """The text, safe HTML."""
        return self._show(self._body("segments"), feed=False)

    @property
    def feed_body(self) -> Markup:
        """The text as feed readers can show it."""
        return self._show(self._body("segments"), feed=True)

    def _show(self, segments: Segments, feed: bool) -> Markup:
        if len(segments) == 1 and isinstance(segments[0], str):
            return Markup(segments[0])
        return Markup("").join(self._show_one(segment, feed) for segment in segments)

    def _show_one(self, segment: str | Shortcode | Picture, feed: bool) -> Markup:
        if isinstance(segment, str):
            return Markup(segment)
        if isinstance(segment, Picture):
            return self._lens.show_picture(segment, self, feed)
        return self._lens.show_shortcode(segment, self._show(segment.inner, feed), self, feed)

    @property
    def live(self) -> LiveView | None:
        """The entries of a live blog, or None if this is none."""
        return LiveView(self._lens, self.path, self._show) if self.type == "live" and self.kind == "story" else None

    @property
    def earlier(self) -> Any:
        """The story before it in time, or None."""
        return self._lens.article(self._field("earlier"))

    @property
    def later(self) -> Any:
        """The story after it in time, or None."""
        return self._lens.article(self._field("later"))

    def related(self, count: int | None = None) -> list[ArticleView]:
        """Stories to read next, best first; `[related] count` of them unless `count` says otherwise. None of them has
        a card in the text already.
        """
        limit = self._lens.read("config", "related").count if count is None else count
        cards = self._cards()
        found = self._lens.read("related", self.path, limit + len(cards))
        return self._lens.articles([path for path in found if path not in cards][:limit])

    def _cards(self) -> frozenset[str]:
        """Paths of the stories that shortcodes in the text show."""
        names = {call.parameters["ref"] for call in calls(self._body("segments")) if "ref" in call.parameters}
        return frozenset(path for name in sorted(names) if (path := self._lens.read("named", name)))
