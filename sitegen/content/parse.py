"""One Markdown file to its article: the front matter, and what the path and the body say where it is silent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sitegen.content.article import Article, Parsed
from sitegen.content.fields import Fields, default_fields, read_fields
from sitegen.content.formats import read_entries
from sitegen.content.frontmatter import Split, split
from sitegen.content.headlines import TitleSource, first_heading, inline_text
from sitegen.content.live import Coverage, last_entry
from sitegen.content.nodes import NOWHERE, Place, UnreadableError
from sitegen.content.notes import Notes
from sitegen.content.paths import PathFacts, read_path
from sitegen.content.permalinks import url_of
from sitegen.content.settings import Settings
from sitegen.content.terms import likeness
from sitegen.errors import did_you_mean
from sitegen.plain import fingerprint
from sitegen.text.clean import clean
from sitegen.text.dates import zone
from sitegen.text.language import nearest_tag, normal_tag
from sitegen.text.slugs import slugify

__all__ = ["parse"]


def parse(path: str, data: bytes, settings: Settings) -> Parsed:
    """Read one file. Never raises for what is in it: a file that cannot be used comes back without an article."""
    notes = Notes(path)
    like = None
    try:
        parts = _opened(data, notes)
        article = _article(path, parts, settings, notes) if parts else None
        if article is not None and parts and article.kind == "story":
            like = likeness(article, parts.body, settings)
    except UnreadableError as error:
        notes.warn("bad-front-matter", error.message, error.place, label="this file is left out", hint=error.hint)
        article = None
    return Parsed(article, tuple(notes.problems), like)


def _opened(data: bytes, notes: Notes) -> Split | None:
    """Front matter and body; None if there is nothing in the file. Raises `UnreadableError`."""
    if len(data) < 2 or data.isspace():
        notes.warn("empty-file", "this file is empty", hint="it is left out")
        return None
    parts = split(data)
    _note_oddities(parts, notes)
    return parts


def _article(path: str, parts: Split, settings: Settings, notes: Notes) -> Article:
    languages = (settings.language, *settings.languages) if settings.languages else ()
    facts = read_path(path, settings.content_dir, zone(settings.zone), languages)
    given = default_fields(path, facts.kind, settings)
    own = read_fields(read_entries(parts), facts.kind, settings, notes)
    found = facts.values() | given.values | own.values
    title, source = _title(found.pop("title", ""), parts, facts, notes)
    _check(found, own, settings, notes)
    if found.get("type") == "live":
        found["updated"] = _last_change(found, parts.body, settings)
    language = found["language"] = found.get("language") or normal_tag(facts.language) or settings.language
    found["withdrawn"] = found.pop("withdrawn", None) or None
    if settings.languages:
        found["edition"] = _edition(language, own, settings, notes)
        found.setdefault("translation", clean(facts.inner))
    series = found.pop("series", ())
    found["url"] = url_of(facts.inner, found, facts.bundle, settings)
    plain_title, title_html = inline_text(title, language)
    plain_deck, deck_html = inline_text(found.pop("deck", ""), language)
    article = Article(
        path=path,
        title=plain_title,
        title_html=title_html,
        title_from=source,
        deck=plain_deck,
        deck_html=deck_html,
        extra=given.extra | own.extra,
        bundle=facts.bundle,
        series=tuple([part.series for part in series]),
        parts=tuple([part for part in series if part.number or part.title]),
        has_body=bool(parts.body) and not parts.body.isspace(),
        lines=" ".join([f"{name} {place.line}" for name, place in own.places.items()]),
        text=fingerprint((parts.body_line, parts.body)),
        **found,
    )
    return _notice(article) if article.withdrawn and article.kind in ("story", "page") else article


_ON_THE_NOTICE = (
    "path", "title", "title_html", "title_from", "date", "expires", "draft", "withdrawn", "slug", "url", "aliases",
    "language", "check", "bundle", "lines", "text",
)  # fmt: skip


def _notice(article: Article) -> Article:
    """What is left of a story that was withdrawn: from here on, nothing knows what else it said."""
    kept = {name: getattr(article, name) for name in _ON_THE_NOTICE}
    return Article(kind="withdrawn", noindex=True, has_body=False, **kept)


def _note_oddities(parts: Split, notes: Notes) -> None:
    if parts.odd:
        hint = "it is read as Windows-1252; save the file as UTF-8"
        notes.warn("bad-encoding", "this line is not UTF-8", Place(parts.odd), hint=hint)
    if parts.format == "headers":
        place = Place(parts.matter_line, 1)
        hint = "put a line `---` above the first and below the last of them"
        notes.warn("no-fence", "these lines look like front matter, but no `---` is around them", place, hint=hint)


def _title(written: str, parts: Split, facts: PathFacts, notes: Notes) -> tuple[str, TitleSource]:
    if written:
        return written, "field"
    heading = first_heading(parts.body)
    if heading:
        return heading, "heading"
    notes.warn("no-title", "there is no title", hint=f"it is called `{facts.headline}` after its file")
    return facts.headline, "name"


def _edition(language: str, own: Fields, settings: Settings, notes: Notes) -> str:
    """The key of the edition for a language; that of the site's own one where no other serves."""
    known = (settings.language, *settings.languages)
    nearest = nearest_tag(language, known)
    if not nearest:
        hint = did_you_mean(language, known, f"`[languages.{language}]` in the configuration makes one")
        message = f"there is no edition in `{language}`, so this stands in that of the site's own language"
        notes.warn("unknown-language", message, own.places.get("language", NOWHERE), hint=hint)
    return "" if nearest == settings.language else nearest


def _last_change(found: dict[str, Any], body: str, settings: Settings) -> datetime | None:
    """Of a live blog: the time of its newest entry, unless the front matter says a later one."""
    date = found.get("date")
    entry = last_entry(body, Coverage(date and date.date(), zone(settings.zone)))
    return max(filter(None, (found.get("updated"), entry)), default=None)


def _check(found: dict[str, Any], own: Fields, settings: Settings, notes: Notes) -> None:
    if found["kind"] == "story" and not found["date"] and not found.get("draft"):
        hint = "add `date:`, or begin the name of the file with YYYY-MM-DD-"
        notes.warn("no-date", "this story has no date", hint=hint)
    section = own.values.get("section")
    if section and settings.sections and slugify(section) not in settings.sections:
        hint = did_you_mean(section, settings.sections)
        notes.warn("unknown-section", f"no section is called `{section}`", own.places["section"], hint=hint)
