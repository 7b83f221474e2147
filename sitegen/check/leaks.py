"""Rules for what is not public: no output may hold anything of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ahocorasick_rs import BytesAhoCorasick

from sitegen.check.needles import Needle, simple
from sitegen.check.paper import Paper
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Finding, Rule
from sitegen.errors import Span
from sitegen.site.publication import state

__all__ = ["LEAK", "RULES"]

_FEW = 3
_WORDS = {"draft": "a draft", "scheduled": "scheduled", "expired": "expired", "withdrawn": "withdrawn"}


def leaks(proofs: Proofs) -> Iterator[Finding]:
    """What some output holds of a story that is not public; once for each story, kind of thing and place."""
    told: defaultdict[tuple[str, str, Span], list[str]] = defaultdict(list)
    shown: dict[tuple[str, str, Span], str] = {}
    public = _in_public_texts(proofs)
    for number, urls in _by_needle(proofs).items():
        needle = proofs.needles[number]
        if number in public:
            continue
        place = needle.path, needle.what, _origin(proofs, needle, urls)
        told[place] += urls
        shown.setdefault(place, needle.shown)
    for (path, what, span), urls in told.items():
        yield _finding(proofs.paper, path, what, span, shown[path, what, span], list(dict.fromkeys(urls)))


def _finding(paper: Paper, path: str, what: str, span: Span, shown: str, urls: list[str]) -> Finding:
    article = paper.everything[path]
    pages = ", ".join(f"`{url}`" for url in urls[:_FEW])
    more = f" and {len(urls) - _FEW} more outputs" if len(urls) > _FEW else ""
    message = f"{pages}{more} gives away the {what} of `{path}`, which is {_WORDS[state(article, paper.session.now)]}"
    return Finding(span, message, hint=f"it says `{shown}`")


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
    search = BytesAhoCorasick([proofs.needles[number].form for number in numbers])
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
            return 1 + max(line.find(needle.shown), 0) if needle.form.strip() in simple(line) else 0
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
