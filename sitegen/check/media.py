"""Rules for picture files and whatever else lies beside stories."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.paper import Paper
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Finding, Rule
from sitegen.content.article import Article
from sitegen.content.images import RATIOS, Facts
from sitegen.content.images.crops import crop_box
from sitegen.errors import Span

__all__ = ["PRINTED", "RULES"]

_LEAST_SHARE = 0.5
"""Of the width that is wanted: a crop may have that much less than the whole."""


def _images(paper: Paper) -> Iterator[tuple[Article, str, Facts]]:
    """Every story with an image that is known, its file and what it is."""
    for article in paper.articles.values():
        path = paper.file_of(article, article.image.src) if article.image else ""
        facts = paper.picture(path) if path else None
        if article.kind == "story" and facts is not None and not facts.fault:
            yield article, path, facts


def _small(paper: Paper) -> Iterator[Finding]:
    least = paper.config.check.image_width
    for article, path, facts in _images(paper):
        copy = paper.copy(article.path) if facts.still and _too_small(facts, article, least) else None
        if copy is not None:
            message = f"`{path}` has {facts.width} × {facts.height} pixels; {_too_small(facts, article, least)}"
            hint = "search engines show no large preview of a smaller one"
            yield copy.finding(copy.inner("image", "src"), message, hint=hint)


def _too_small(facts: Facts, article: Article, least: int) -> str:
    """What is too small of a picture; empty if nothing is."""
    if facts.width < least:
        return f"the image of a story needs {least} across"
    focus = article.image.focus if article.image else ""
    for ratio in RATIOS:
        left, _, right, _ = crop_box((facts.width, facts.height), ratio, focus)
        if right - left < least * _LEAST_SHARE:
            return f"cropped to {ratio}, only {right - left} are left across"
    return ""


def _uncredited(paper: Paper) -> Iterator[Finding]:
    for article, path, facts in _images(paper):
        if article.image is None or article.image.credit or facts.credit:
            continue
        copy = paper.copy(article.path)
        if copy is not None:
            message = f"nobody says whose picture `{path}` is"
            yield copy.finding(copy.inner("image", "src"), message, hint="give the image a `credit`")


def _orphans(proofs: Proofs) -> Iterator[Finding]:
    """Files at the top of the content folder are for machines: `robots.txt`, keys of search engines, icons."""
    paper = proofs.paper
    top = paper.config.content_dir.count("/") + 1
    known = proofs.used_files | paper.named_by_unpublished | paper.shown_by_public | paper.named_by_settings
    known = known.union(*paper.session.site.narrations.values())
    for path in paper.session.site.media:
        if path.count("/") > top and path not in known:
            hint = "remove it, or begin its name with `_`"
            yield Finding(Span(path), "no page shows this file, or links to it", hint=hint)


RULES: tuple[Rule[Paper], ...] = (
    Rule(code="small-image", severity="warning", says="The image of a story is too small for its crops.", find=_small),
    Rule(
        code="missing-credit",
        severity="warning",
        says="Neither the story nor the file says whose picture it is.",
        find=_uncredited,
    ),
)
PRINTED = (Rule(code="orphan-media", severity="warning", says="No page shows a file, or links to it.", find=_orphans),)
