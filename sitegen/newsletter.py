"""Letters to readers: what was published in a period, as HTML for mail programs and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from sitegen.config import Config, config_of, home_of, load
from sitegen.errors import ConfigError, Problem, SiteProblems, Span, TemplateError, did_you_mean
from sitegen.files import write_atomically
from sitegen.plain import Record
from sitegen.render.mail import mail_html, mail_text, title_of
from sitegen.render.renderer import Renderer
from sitegen.render.themes import Theme, load_theme
from sitegen.session import Session
from sitegen.site.letters import LetterChoice
from sitegen.site.publication import Allow
from sitegen.site.queries import in_edition
from sitegen.store import undamaged
from sitegen.text.periods import Period, period_until

__all__ = ["Asked", "Letter", "letter", "write"]

_FOLDER = "newsletter/"


class Asked(Record, frozen=True):
    """Which letter is wanted; docs/guide/newsletter.md says what each option does."""

    since: str
    """A span of time, or a date (`sitegen.text.periods`)."""
    template: str
    language: str = ""
    now: datetime | None = None
    base_url: str | None = None
    """Where the site is, instead of the configured address."""


class Letter(Record, frozen=True):
    """A letter, ready to be sent. Without stories it is empty, and nobody wants it."""

    name: str
    """`weekly-2026-03-12`: the template and the day, in a site of several languages also the language."""
    period: Period
    stories: tuple[str, ...]
    """Paths of the stories of the period, newest first; not every template shows all."""
    subject: str = ""
    html: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = ()
    """What is odd about the site."""


def letter(folder: Path, asked: Asked) -> Letter:
    """The letter of the site in `folder`. Raises `SiteProblems`, `SitegenError`, `NoPeriod`."""
    return undamaged(lambda forget: _letter(folder, asked, forget=forget))


def _letter(folder: Path, asked: Asked, *, forget: bool) -> Letter:
    config = load(folder)
    config = replace(config, base_url=asked.base_url or config.base_url)
    key = _edition(config, asked.language)
    with Session.open(folder, config, asked.now, forget=forget) as session:
        period = period_until(session.now, asked.since)
        session.read_content()
        problems = session.open_site(Allow())
        if any(problem.severity == "error" for problem in problems):
            raise SiteProblems(problems)
        name = f"{asked.template}-{session.now:%Y-%m-%d}{f'.{key}' if key else ''}"
        read = in_edition(session.engine.read, key)
        found: LetterChoice = read("letter_choice", period.after.isoformat(), period.until.isoformat())
        if not found.stories:
            return Letter(name, period, (), problems=tuple(problems))
        theme = load_theme(config, session.files)
        source, other = _templates(theme, asked.template)
        renderer = Renderer(session.engine.read, session.engine.part, theme, edition=key)
        html, text = renderer.letter(source, name, period), renderer.letter(other, name, period)
        site = config.base_url.rstrip("/") + home_of(key)
        mail = mail_html(html, site, _placeholders(config_of(config, key), name))
        return Letter(name, period, found.stories, title_of(html), mail, mail_text(text), tuple(problems))


def _edition(config: Config, language: str) -> str:
    """The key of the edition in this language. Raises `ConfigError` if there is none."""
    if not language or language == config.language:
        return ""
    if language not in config.languages:
        hint = did_you_mean(language, config.languages, "its table [languages] names them")
        message = f"the site is not published in `{language}`"
        raise ConfigError(message, Span(config.path), hint, code="no-language")
    return language


def _templates(theme: Theme, name: str) -> tuple[str, str]:
    """The names of the two templates of a letter. Raises `TemplateError` if one is not there."""
    known = theme.names("templates")
    for wanted in (f"{_FOLDER}{name}.html", f"{_FOLDER}{name}.txt"):
        if wanted not in known:
            hint = did_you_mean(wanted, known, "a template of your own goes into `templates/newsletter/`")
            raise TemplateError(f"there is no template `{wanted}`", Span("templates"), hint, code="no-template")
    return f"{_FOLDER}{name}.html", f"{_FOLDER}{name}.txt"


def _placeholders(config: Config, name: str) -> tuple[str, ...]:
    settings = config.newsletter
    return tuple(url.replace("{name}", name) for url in (settings.web_url, settings.unsubscribe_url) if url)


def write(made: Letter, folder: Path) -> Iterator[Path]:
    """Writes both forms into a folder; their paths. Raises `OSError`."""
    for end, text in (("html", made.html), ("txt", made.text)):
        file = folder / f"{made.name}.{end}"
        write_atomically(file, text.encode("utf-8", "replace"))
        yield file
