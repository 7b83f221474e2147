"""What templates see of the other languages of a page, and of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.config import home_of
from sitegen.plain import Record
from sitegen.render.views.lens import Lens
from sitegen.render.wording import name_of_language, open_graph_locale
from sitegen.site.routes import Route
from sitegen.site.sitemaps import alternates
from sitegen.text.language import direction

__all__ = ["Alternate", "TranslationView", "alternates_of", "editions_of", "translations_of"]

_IN_ALL = ("front", "section", "author", "tags", "authors", "search", "corrections")
"""Kinds of pages that are the same page in each edition; other lists are of words, which need not be."""


class TranslationView(Record, frozen=True):
    """A page in one of its languages. `current` is true of the page itself."""

    language: str
    name: str
    """What the language is called in itself."""
    direction: str
    url: str
    absolute_url: str
    current: bool

    @property
    def locale(self) -> str:
        """The language as Open Graph tells it: `fr_FR`."""
        return open_graph_locale(self.language)


class Alternate(Record, frozen=True):
    """For search engines: a language tag, or `x-default`, and the absolute URL of the page for it."""

    language: str
    url: str


def editions_of(lens: Lens) -> list[TranslationView]:
    """The front page of each edition; none in a site of one language."""
    found = lens.read("editions")
    return [_view(lens, tag, home_of(key), name, current=key == lens.edition) for key, tag, name in found]


def translations_of(lens: Lens, route: Route, article: Any) -> list[TranslationView]:
    """The page in each of its languages, itself among them; none if it has but one."""
    if article is not None:
        return list(_of_article(lens, article))
    numbered = route.subject[2:] not in ((), (None,))
    found = [] if numbered or route.kind not in _IN_ALL else list(_of_list(lens, route))
    return found if len(found) > 1 else []


def _of_article(lens: Lens, article: Any) -> Iterator[TranslationView]:
    known = lens.read("translations", article.path) if article.translation else ()
    names = {tag: name for _, tag, name in lens.read("editions")} if known else {}
    for tag, path in known:
        url = lens.part("article", path, "url")
        yield _view(lens, tag, url, names.get(tag, ""), current=path == article.path)


def _of_list(lens: Lens, route: Route) -> Iterator[TranslationView]:
    below = route.url.removeprefix(lens.home)
    for key, tag, name in lens.read("editions"):
        url = home_of(key) + below
        if key == lens.edition or lens.read("served", url):
            yield _view(lens, tag, url, name, current=key == lens.edition)


def _view(lens: Lens, tag: str, url: str, name: str, *, current: bool) -> TranslationView:
    path, absolute = lens.links.path(url), lens.links.absolute(url)
    return TranslationView(tag, name or name_of_language(tag), direction(tag), path, absolute, current)


def alternates_of(lens: Lens, route: Route, article: Any) -> list[Alternate]:
    """What search engines are told of the languages of a page: each page that they may keep, and which serves for all
    other languages. None if there is but one, or if they should not keep this one.
    """
    if article is not None and (not article.translation or not _is_kept(lens, article.path)):
        return []
    if article is None:
        pages = [(page.language, page.absolute_url) for page in translations_of(lens, route, None)]
    else:
        known = [(tag, path) for tag, path in lens.read("translations", article.path) if _is_kept(lens, path)]
        pages = [(tag, lens.links.absolute(lens.part("article", path, "url"))) for tag, path in known]
    return [Alternate(tag, url) for tag, url in alternates(pages)]


def _is_kept(lens: Lens, path: str) -> bool:
    return not lens.part("article", path, "noindex") and not lens.part("article", path, "canonical")
