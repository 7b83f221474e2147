"""What would give an unpublished story away: words and names that no output may hold.

Texts are compared as bytes in a simple form: ASCII letters small, everything but letters and digits one blank. So
neither marks, quotes nor line ends part what belongs together, and a phrase is found whole words only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from posixpath import basename
from typing import Protocol

from sitegen.check.copy import Copy
from sitegen.check.paper import Paper
from sitegen.content.article import Article
from sitegen.files import folders_above
from sitegen.plain import Record
from sitegen.regex import regex
from sitegen.site.snapshot import Site
from sitegen.urls import Links

__all__ = ["Automaton", "Needle", "automaton", "needles", "simple"]

_TITLE_WORDS, _SURE_WORDS, _TITLE_LETTERS, _TITLE_BYTES = 3, 5, 16, 30
_NAME_LETTERS = 8
_SLUG_LETTERS, _SLUG_HYPHENS = 12, 2
_URL_LETTERS = 12
_PHRASE, _PHRASE_LETTERS = 8, 30
"""Words in a row, and their letters, that two writers do not put down by chance."""
_UNPARTED, _RUN = 48, 16
"""Bytes of a word that is none, since the script does not part words; and how many of its characters count as one."""
_MOST = 100_000
"""Phrases that are looked for; of a larger archive of drafts only some of each text."""
_TABLE = bytes(code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256))
_PUNCTUATION = regex(rb"\xe2\x80[\x80-\xbf]|\xc2[\xa0-\xbf]")


def simple(text: str | bytes) -> bytes:
    """The form in which texts are compared, with a blank at each end."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if not data.isascii():
        data = _PUNCTUATION.sub(b" ", data)
    return b" " + b" ".join(data.translate(_TABLE).split()) + b" "


class Needle(Record, frozen=True):
    """One thing that gives the story at `path` away, and in which way."""

    path: str
    what: str
    shown: str
    """As a person writes it."""
    form: bytes
    """As it is looked for."""
    exact: tuple[bytes, ...] = ()
    """What must stand there to the letter, any of these; empty: the form is enough."""


class Automaton(Protocol):
    """Finds all needles at once."""

    def find_matches_as_indexes(self, haystack: bytes, overlapping: bool = False) -> list[tuple[int, int, int]]:
        """The number of each needle that is found, with the places where it begins and ends."""


def automaton(forms: list[bytes]) -> Automaton:
    """One that finds these (A. V. Aho, M. J. Corasick, "Efficient string matching", 1975)."""
    from ahocorasick_rs import BytesAhoCorasick  # here, because it is slow to load, and most sites have no secrets

    return BytesAhoCorasick(forms)


def needles(paper: Paper) -> tuple[Needle, ...]:
    """All of them, each form once."""
    known = _public(paper)
    withdrawn = [article for article in paper.session.site.articles.values() if article.kind == "withdrawn"]
    secret = [*paper.unpublished.values()]
    names = (needle for article in secret for needle in _names(paper, article, known))
    texts = {article.path: _texts(paper, article) for article in (*secret, *withdrawn)}
    step = 1 + sum(map(len, texts.values())) // _MOST
    phrases = (needle for path, text in texts.items() for needle in _phrases(path, text, step))
    return tuple({needle.form: needle for needle in chain(phrases, names) if needle.form not in known.forms}.values())


class _Public(Record, frozen=True):
    """What everybody may know, so that it gives nothing away."""

    forms: frozenset[bytes]
    names: str
    """All URLs, ids and names of files, in one text."""


def _public(paper: Paper) -> _Public:
    site = paper.session.site
    titles = (article.title for article in site.articles.values())
    groups = (group.title for by_slug in site.groups.values() for group in by_slug.values())
    forms = frozenset(map(simple, chain(titles, groups, (paper.config.title, paper.config.tagline))))
    ids = (article.id for article in site.articles.values())
    return _Public(forms, "\n".join(chain(paper.session.routes, ids, paper.session.site.media)))


def _names(paper: Paper, article: Article, known: _Public) -> Iterator[Needle]:
    title = simple(article.title)
    if not title.isascii() and len(title) >= _TITLE_BYTES:  # perhaps of a script that does not part words
        yield Needle(article.path, "title", article.title, title.strip())
    elif title.count(b" ") > _TITLE_WORDS and len(title) >= _TITLE_LETTERS:
        # "The state of play" is in many texts, but with a capital only where it is a title.
        few = title.count(b" ") <= _SURE_WORDS
        exact = tuple(form.encode() for form in (article.title, escape(article.title))) if few else ()
        yield Needle(article.path, "title", article.title, title, exact)
    if len(article.url) >= _URL_LETTERS and article.url not in paper.session.routes:
        yield _exactly(article, "URL", article.url, _written(paper, article.url))
    slug = article.slug
    if len(slug) >= _SLUG_LETTERS and slug.count("-") >= _SLUG_HYPHENS and slug not in known.names:
        yield _exactly(article, "slug", slug, (slug,))
    if len(article.id) >= _NAME_LETTERS and article.id not in known.names:
        yield _exactly(article, "id", article.id, (article.id,))
    for path in _files(paper.session.site, article):
        stem = basename(path).rpartition(".")[0]
        if len(stem) >= _NAME_LETTERS and f"/{stem}." not in known.names:
            yield Needle(
                article.path, "file", basename(path), simple(stem), (f"/{stem}.".encode("utf-8", "surrogatepass"),)
            )


def _exactly(article: Article, what: str, name: str, exact: Iterable[str]) -> Needle:
    written = tuple(text.encode("utf-8", "surrogatepass") for text in exact)
    return Needle(article.path, what, name, simple(name), written)


def _written(paper: Paper, url: str) -> Iterator[str]:
    """A URL of the site as pages write it: after a mark, so that it is no end of another one."""
    links = Links(paper.config.base_url)
    yield links.absolute(url)
    yield from (f"{mark}{path}" for mark in "\"'(>= " for path in dict.fromkeys((links.path(url), url)))


def _files(site: Site, article: Article) -> Iterator[str]:
    """The files that lie in the folder of a story and share its fate."""
    folder = article.path.removesuffix("/index.md") if article.bundle else ""
    if folder:
        yield from (path for path in site.hidden if folder in folders_above(path) and not path.endswith(".md"))


def _texts(paper: Paper, article: Article) -> list[bytes]:
    """The words of a story, with a gap between its parts that no phrase has."""
    image = article.image
    lines = [article.deck, article.summary, *((image.alt or "", image.caption) if image else ())]
    copy: Copy | None = paper.copy(article.path)
    parts = [*lines, *(copy.prose.split("\n\n") if copy else ())]
    return [word for part in parts for word in (*simple(part).split(), b"")]


def _phrases(path: str, words: list[bytes], step: int) -> Iterator[Needle]:
    for at in range(0, len(words), step):
        if len(words[at]) >= _UNPARTED:
            yield from _runs(path, words[at].decode("utf-8", "replace"))
            continue
        some = words[at : at + _PHRASE]
        form = b" " + b" ".join(some) + b" "
        if len(some) == _PHRASE and all(some) and len(form) >= _PHRASE_LETTERS:
            yield Needle(path, "text", form.decode("utf-8", "replace").strip(), form)


def _runs(path: str, word: str) -> Iterator[Needle]:
    for at in range(0, len(word) - _RUN + 1, _RUN // 4):
        run = word[at : at + _RUN]
        yield Needle(path, "text", run, run.encode("utf-8", "surrogatepass"))
