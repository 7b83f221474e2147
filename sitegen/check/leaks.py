"""Rules for what is not public: no output may hold anything of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape

from msgspec import Struct, field

from sitegen.check.needles import Needle, automaton, simple
from sitegen.check.paper import Paper
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Finding, Rule
from sitegen.errors import Span
from sitegen.regex import regex
from sitegen.site.publication import state

__all__ = ["LEAK", "RULES"]

_FEW = 3
_TAG = regex("<[^<>]*>")
_WORDS = {"draft": "a draft", "scheduled": "scheduled", "expired": "expired", "withdrawn": "withdrawn"}


_Place = tuple[str, str, str, int]
"""The story that is given away, how, and where from: a file and a line."""


class _Told(Struct):
    """What is told of one place: the first of what was found there, and all outputs that have any of it."""

    shown: str
    span: Span
    urls: dict[str, None] = field(default_factory=dict)


def leaks(proofs: Proofs) -> Iterator[Finding]:
    """What some output holds of a story that is not public; once for each story, kind of thing and place."""
    told: dict[_Place, _Told] = {}
    public = _in_public_texts(proofs)
    for number, urls in _by_needle(proofs).items():
        if number not in public:
            needle = proofs.needles[number]
            span = _origin(proofs, needle, urls)
            place = needle.path, needle.what, span.path, span.line
            told.setdefault(place, _Told(needle.shown, span)).urls.update(dict.fromkeys(urls))
    for (path, what, *where), found in told.items():
        if what != "slug" or (path, "URL", *where) not in told:  # a URL ends in the slug
            yield _finding(proofs.paper, path, what, found)


def _finding(paper: Paper, path: str, what: str, found: _Told) -> Finding:
    article, urls = paper.everything[path], list(found.urls)
    pages = ", ".join(f"`{url}`" for url in urls[:_FEW])
    more = f" and {len(urls) - _FEW} more" if len(urls) > _FEW else ""
    verb = "gives" if len(urls) == 1 else "give"
    message = f"{pages}{more} {verb} away the {what} of `{path}`, which is {_WORDS[state(article, paper.session.now)]}"
    return Finding(found.span, message, hint=f"it says `{found.shown}`")


def _by_needle(proofs: Proofs) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for url, numbers in sorted(proofs.leaks.items()):
        for number in numbers:
            found[number].append(url)
    return dict(sorted(found.items()))


def _in_public_texts(proofs: Proofs) -> set[int]:
    """Phrases that a public story has in its own text too: background, or a letter to readers that comes each week."""
    numbers = [number for number in _by_needle(proofs) if proofs.needles[number].what == "text"]
    if not numbers:
        return set()
    search = automaton([proofs.needles[number].form for number in numbers])
    paper, found = proofs.paper, set[int]()
    for copy in paper.copies([path for path in paper.session.site.articles if path in paper.everything]):
        if copy.article.kind != "withdrawn":
            hay = b"|".join(map(simple, (copy.prose, copy.article.deck, copy.article.summary)))
            found.update(numbers[match] for match, _, _ in search.find_matches_as_indexes(hay, overlapping=True))
    return found


def _origin(proofs: Proofs, needle: Needle, urls: list[str]) -> Span:
    """The line that says it, if one does as a whole."""

    def column(line: str) -> int:
        if not needle.exact:
            read = simple(unescape(line)) + simple(unescape(_TAG.sub(" ", line)))
            return 1 + max(line.find(needle.shown), 0) if needle.form.strip() in read else 0
        return line.find(needle.shown) + 1

    span = proofs.origins.of(column, urls)
    return span if span.path != needle.path else Span("")


def _leaked_files(paper: Paper) -> Iterator[Finding]:
    """A file outside of a story's folder is published by itself, whether or not its story is."""
    shown = paper.shown_by_public
    for path, article in paper.unpublished.items():
        if state(article, paper.session.now) == "expired":
            continue
        for key, named in (("image", article.image), ("audio", article.audio)):
            file = paper.file_of(article, named.src) if named else ""
            if file and file in paper.session.site.media and file not in shown:
                copy = paper.copy(path)
                span = copy.inner(key, "src") if copy else Span(path)
                message = f"`{file}` is published already, and only this story shows it"
                yield Finding(span, message, hint="keep the file in the folder of its story")


LEAK = Rule(code="leak", severity="error", says="An output gives away a story that is not public.", find=leaks)
RULES = (
    Rule(
        code="leaked-file", severity="error", says="The picture of a story that is not public is.", find=_leaked_files
    ),
)
