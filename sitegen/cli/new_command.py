"""`sitegen new`: a story file from an archetype."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

import click

from sitegen.cli.shell import Shell, with_shell
from sitegen.clock import the_instant
from sitegen.config import Config, load
from sitegen.errors import ContentError, Span, did_you_mean
from sitegen.text.dates import parse_date, zone
from sitegen.text.slugs import MAX_BYTES, slugify

__all__ = ["command"]

BUILTIN = Path(__file__).with_name("archetype.md")
OWN = Path("archetypes", "default.md")


def _when(text: str | None, config: Config) -> tuple[str, str]:
    """The day of the story, and the moment as its front matter has it: what was asked for, else now."""
    if text is None:
        now = the_instant(config.timezone, None)
        return f"{now:%Y-%m-%d}", f"{now:%Y-%m-%d %H:%M}"
    moment = parse_date(text, zone(config.timezone))
    if moment.value is None or not moment.exact:
        raise click.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD or YYYY-MM-DD HH:MM", param_hint="--date")
    return f"{moment.value:%Y-%m-%d}", text.strip()


def _name(headline: str, day: str) -> str:
    """The file of a story, short enough for every file system."""
    slug = slugify(headline)
    if not slug:
        raise click.BadParameter("it is empty", param_hint="HEADLINE")
    room = MAX_BYTES - len(f"{day}-.md")
    return f"{day}-{slug.encode()[:room].decode(errors='ignore').rstrip('-')}.md"


def _folder(section: str, site: Path, config: Config) -> Path:
    """Where stories of a section lie, relative to the site."""
    folder = Path(config.content_dir, section)
    known = [configured.slug for configured in config.sections]
    if section and section not in known and not (section == slugify(section) and (site / folder).is_dir()):
        hint = did_you_mean(section, known, "known are " + ", ".join(known) if known else "none is configured")
        raise click.BadParameter(f"there is no section {section!r}; {hint}", param_hint="--section")
    return folder


def _write(file: Path, text: str, site: Path) -> None:
    """Writes a new file. Raises `ContentError` if it is there already."""
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    try:
        with (site / file).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        hint = "nothing was changed; choose another headline, or edit that file"
        raise ContentError(f"there is a story in {file} already", Span(file.as_posix()), hint, code="exists") from None


@click.command("new")
@click.argument("headline")
@click.option("-s", "--section", default="", metavar="S", help="The section, which is the folder.")
@click.option("-t", "--tag", "tags", multiple=True, metavar="T", help="A tag; may be repeated.")
@click.option("-a", "--author", "authors", multiple=True, metavar="A", help="An author's id; may be repeated.")
@click.option("--date", metavar="ISO", help="When it is published, in the site's timezone. [default: now]")
@click.option("--draft", is_flag=True, help="Keep it unpublished for now.")
@with_shell
def command(
    shell: Shell,
    headline: str,
    section: str,
    tags: tuple[str, ...],
    authors: tuple[str, ...],
    date: str | None,
    draft: bool,
) -> None:
    """Make a new story file and print its path.

    The site's archetypes/default.md is filled in if there is one: $title, $date, $section, $tags, $authors and $draft
    stand in it for the values.
    """
    config = load(shell.site)
    day, moment = _when(date, config)
    file = _folder(section, shell.site, config) / _name(headline.strip(), day)
    own = shell.site / OWN
    archetype = (own if own.is_file() else BUILTIN).read_text(encoding="utf-8")
    values = {"title": headline.strip(), "section": section, "tags": tags, "authors": authors, "draft": draft}
    written = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}  # JSON is YAML
    _write(file, Template(archetype).safe_substitute(written, date=moment), shell.site)
    click.echo(shell.site / file)
