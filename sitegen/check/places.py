"""Where the links of a text stand: it is rendered again with a resolver that refuses what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache, partial
from unicodedata import normalize
from urllib.parse import quote

from msgspec.structs import replace

from sitegen.check.paper import Paper
from sitegen.check.scan import Scanner
from sitegen.config import MarkdownConfig
from sitegen.content.article import Article
from sitegen.content.frontmatter import body_text
from sitegen.content.links import Link
from sitegen.content.markdown import Markdown
from sitegen.errors import Problem, Span
from sitegen.site.links import Linker, find_file, local_path
from sitegen.site.queries import file_at

__all__ = ["draft_problems", "places"]


def places(
    paper: Paper, path: str, targets: Collection[str], message: Callable[[str], str]
) -> Iterator[tuple[str, Span]]:
    """Where a text leads to any of these; without a line where a build tells of it anyway."""
    targets = _named(paper, path, targets)
    if not targets:
        return
    article, scanner = paper.session.site.articles[path], Scanner(paper.config.base_url)
    linker = Linker(paper.session.engine.read, path, article.url)
    refused: dict[str, str] = {}
    known = set[str]()

    def resolve(href: str) -> Link:
        link = linker(href)
        target = scanner.local(link.url, article.url)
        if link.problem:
            known.add(target)
            return link
        if target not in targets:
            return link
        refused[message(target)] = target
        return replace(link, problem=message(target))

    for problem in _rendered(paper, article, resolve):
        if problem.message in refused:
            yield refused[problem.message], problem.span
    yield from ((target, Span(path)) for target in known.intersection(targets))


def _named(paper: Paper, path: str, targets: Collection[str]) -> set[str]:
    """Those of which a file has the last part: a link that all pages have is in the text of none."""
    text = normalize("NFC", paper.session.files.load(path).decode(errors="replace")).lower()
    return {target for target in targets if any(form in text for form in _last(target))}


def _last(target: str) -> tuple[str, str]:
    """The anchor, or the last part of the path, as it may be written."""
    name = (target.partition("#")[2] or target.rstrip("/").rpartition("/")[2]).lower()
    return name, quote(name).lower()


def _rendered(paper: Paper, article: Article, resolve: Callable[[str], Link]) -> tuple[Problem, ...]:
    """What is wrong in the text of an article, if this settles its links."""
    text, first_line = body_text(paper.session.files.load(article.path))
    markdown = _markdown(paper.config.markdown, article.language or paper.config.language)
    shortcodes = paper.session.engine.read("shortcodes")
    return markdown.body(
        text, path=article.path, first_line=first_line, title=article.title, resolve=resolve, shortcodes=shortcodes
    ).problems


@lru_cache(maxsize=16)
def _markdown(options: MarkdownConfig, language: str) -> Markdown:
    return Markdown(options, language)


def draft_problems(paper: Paper) -> Iterator[Problem]:
    """What a build would say of the texts that it leaves out for now: drafts, and stories that wait.

    They may lead to one another.
    """
    for path in paper.unpublished:
        article = paper.articles.get(path)
        if article is not None:
            yield from _rendered(paper, article, _lenient(paper, article))


def _lenient(paper: Paper, article: Article) -> Callable[[str], Link]:
    linker, site = Linker(paper.session.engine.read, article.path, article.url), paper.session.site

    def resolve(href: str) -> Link:
        path = normalize("NFC", local_path(href))
        found = find_file(partial(file_at, site), article.path, path, site.config.content_dir)
        return Link(href) if path and found else linker(href)

    return resolve
