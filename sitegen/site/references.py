"""What is named and does not exist: pictures, recordings, stories, groups of stories; and names that fall together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from sitegen.content.article import Article
from sitegen.errors import Problem, Span, did_you_mean
from sitegen.regex import regex
from sitegen.site.groups import names_of
from sitegen.site.icons import icon_problems
from sitegen.site.links import find_file, local_path
from sitegen.site.partners import partner_problems
from sitegen.site.queries import file_at
from sitegen.site.series import part_of
from sitegen.site.snapshot import Site
from sitegen.text.slugs import slugify

__all__ = ["reference_problems"]

_SEPARATORS = regex(r"[\s_-]+")


def reference_problems(site: Site) -> Iterator[Problem]:
    """Warnings, in no particular order."""
    for article in site.articles.values():
        if article.image or article.audio:
            yield from _missing_files(site, article)
        if article.related:
            yield from _missing_stories(site, article)
    for edition in site.editions.values():
        for kind in ("tag", "author", "section"):
            yield from _merged_names(edition, kind)
        yield from _same_parts(edition)
    yield from _translated_twice(site)
    yield from icon_problems(site)
    yield from partner_problems(site.editions[""])


def _translated_twice(site: Site) -> Iterator[Problem]:
    """Stories that say that they are a translation of which there is one already."""
    articles = (site.articles[path] for path in (*site.stories, *site.pages))
    for article in (article for article in articles if article.translation):
        first = site.by_translation[article.translation][article.language]
        if first != article.path:
            message = f"`{first}` is the translation `{article.translation}` in `{article.language}` already"
            hint = "give one of them another `translation` or `language`"
            yield _warning("same-translation", message, article, "translation", hint)


def _same_parts(site: Site) -> Iterator[Problem]:
    """Parts of a series that have the number of another one, of which they are no translation."""
    for slug, series in site.groups["series"].items():
        first: dict[int, str] = {}
        for path, article in ((path, site.articles[path]) for path in series.parts):
            said = part_of(slug, site.slugs["series"], article)
            other = first.setdefault(said.number, path) if said.number else path
            translated = article.translation and article.translation == site.articles[other].translation
            if other != path and not translated:
                message = f"`{other}` is part {said.number} of `{series.title}` already"
                hint = "give one of them another `part`; until then the older one comes first"
                yield Problem("warning", "same-part", message, Span(path, *said.place), hint=hint)


def _merged_names(site: Site, kind: str) -> Iterator[Problem]:
    """Names that have one address although they differ by more than case and blanks: `gnu/linux` and `GNU Linux`."""
    by_slug: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, slug in site.slugs[kind].items():
        if slugify(name) == slug:  # else it is a name that a profile gives
            by_slug[slug].setdefault(" ".join(_SEPARATORS.sub(" ", name.casefold()).split()), name)
    for names in by_slug.values():
        first, *others = names.values()
        for name in others:
            articles = (article for article in site.articles.values() if article.edition == site.key)
            where = next(article for article in articles if name in names_of(kind, article))
            message = f"the {kind}s `{first}` and `{name}` have the same address, so they are one"
            yield _warning("merged-names", message, where, f"{kind}s", "spell them alike, or rename one of them")


def _missing_files(site: Site, article: Article) -> Iterator[Problem]:
    image, audio = article.image, article.audio
    named = [("image", "image", image.src if image else ""), ("audio", "audio", audio.src if audio else "")]
    if audio and not audio.transcript.endswith("/"):  # else it is the address of a page
        named.append(("transcript", "audio", audio.transcript))
    for what, key, src in named:
        if src and not _elsewhere(src) and not _is_public(site, article, src):
            hint = "paths count from the folder of the article, then from the content folder"
            yield _warning(f"missing-{what}", f"there is no file `{src}`", article, key, hint)


def _is_public(site: Site, article: Article, src: str) -> bool:
    path = local_path(src) or src
    found = find_file(lambda name: file_at(site, name), article.path, path, site.config.content_dir)
    return found is not None and found[1] is not None


def _elsewhere(src: str) -> bool:
    try:
        return bool(urlsplit(src).netloc)
    except ValueError:
        return False


def _missing_stories(site: Site, article: Article) -> Iterator[Problem]:
    for name in article.related:
        if not site.named(name):
            hint = did_you_mean(name, site.by_name, "give an id, a slug or a path below the content folder")
            yield _warning("unknown-story", f"no published story is called `{name}`", article, "related", hint)


def _warning(code: str, message: str, article: Article, key: str, hint: str) -> Problem:
    return Problem("warning", code, message, Span(article.path, article.line(key)), hint=hint)
