"""The configuration of a site: `sitegen.toml`, or `[tool.sitegen]` in `pyproject.toml`.

`load` reads it whole and reports every problem at once. docs/guide/configuring.md describes each key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from sitegen.config.contacts import EMAIL, WEB
from sitegen.config.desk import CheckConfig, RuleSeverity, StyleConfig
from sitegen.config.hosting import HostingConfig, SecurityTextConfig
from sitegen.config.languages import config_of, home_of, language_flaws
from sitegen.config.listening import AudioConfig
from sitegen.config.looks import CardsConfig, IconsConfig
from sitegen.config.model import (
    MARKDOWN_EXTENSIONS,
    Config,
    FrontMatterConfig,
    ImagesConfig,
    MarkdownConfig,
    Publisher,
    QualityConfig,
    SearchConfig,
)
from sitegen.config.notify import NotifyConfig
from sitegen.config.paper import BYLINES, LanguageConfig, MenuItem, NewsletterConfig, Profile, SectionConfig
from sitegen.config.places import CONFIG_FILES, builtin_themes
from sitegen.config.positions import KeyPath, positions
from sitegen.config.programs import FeedsConfig, PartnerFeed, PodcastConfig, RobotsConfig, SitemapsConfig
from sitegen.config.reading import Flaw, Reader
from sitegen.config.related import RelatedConfig, RelatedWeights
from sitegen.config.security import SecurityConfig, SourcesConfig
from sitegen.errors import ConfigError, Problem, SiteProblems, Span
from sitegen.plain import Record
from sitegen.regex import regex

__all__ = [
    "BYLINES",
    "EMAIL",
    "MARKDOWN_EXTENSIONS",
    "WEB",
    "AudioConfig",
    "CardsConfig",
    "CheckConfig",
    "Config",
    "FeedsConfig",
    "FrontMatterConfig",
    "HostingConfig",
    "IconsConfig",
    "ImagesConfig",
    "LanguageConfig",
    "MarkdownConfig",
    "MenuItem",
    "NewsletterConfig",
    "NotifyConfig",
    "PartnerFeed",
    "PodcastConfig",
    "Profile",
    "Publisher",
    "QualityConfig",
    "RelatedConfig",
    "RelatedWeights",
    "RobotsConfig",
    "RuleSeverity",
    "SearchConfig",
    "SectionConfig",
    "SecurityConfig",
    "SecurityTextConfig",
    "SitemapsConfig",
    "SourcesConfig",
    "StyleConfig",
    "builtin_themes",
    "config_of",
    "home_of",
    "load",
    "locate",
]

_PLACE = regex(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_NOT_KEYS = frozenset({"path", "preview"})
_TOP = frozenset(Config.__struct_fields__) - _NOT_KEYS


class _File(Record, frozen=True):
    """A configuration file: its table of ours, the keys that lead there, and its text."""

    name: str
    text: str
    prefix: KeyPath
    table: Mapping[str, Any]


def load(folder: Path, overrides: Mapping[str, Any] = MappingProxyType({})) -> Config:
    """The configuration of the site in `folder`, with `overrides` (key to value) in place of what the file says.

    Raises `SiteProblems` with every problem found, each at its line and column.
    """
    try:
        file = _find(folder)
    except ConfigError as error:
        raise SiteProblems([error.problem]) from None
    reader = Reader(_TOP)
    config: Config = reader.table(Config, {**file.table, **overrides}, skip=_NOT_KEYS)
    flaws = reader.flaws or _between(config, folder)
    if flaws:
        raise SiteProblems(_problems(file, flaws))
    return replace(config, path=file.name)


def locate(folder: Path, *keys: str | int) -> Span:
    """Where the value of a key stands, for problems that show only later; the whole file if it is not there."""
    file = _find(folder)
    places = positions(file.name, file.text)
    found = places.get((*file.prefix, *keys))
    return found.value if found else Span(file.name)


def _find(folder: Path) -> _File:
    """The first file that configures a site. Raises `ConfigError`."""
    for name, prefix in CONFIG_FILES.items():
        file = folder / name
        if not file.is_file():
            continue
        text = _text(file)
        table: Any = _toml(name, text)
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        if isinstance(table, dict):
            return _File(name, text, prefix, table)
    raise ConfigError(
        f"there is no site in {folder}",
        Span("sitegen.toml"),
        "`sitegen init DIR` makes a new site; `--site DIR` names the folder of another one",
        code="no-config",
    )


def _text(file: Path) -> str:
    """The text of a file, line ends as `\\n`. Raises `ConfigError`."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file.name} is not UTF-8", Span(file.name, line), code="bad-encoding") from None
    except OSError as error:
        raise ConfigError(f"{file.name} cannot be read: {error.strerror}", Span(file.name)) from None


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _PLACE.fullmatch(str(error))
        message = match[1] if match else str(error)
        line = int(match[2]) if match and match[2] else text.rstrip().count("\n") + 1
        column = int(match[3]) if match and match[3] else 0
        label = message[:1].lower() + message[1:]
        raise ConfigError(f"{name} is not TOML", Span(name, line, column, 1), label=label, code="bad-toml") from None


def _between(config: Config, folder: Path) -> list[Flaw]:
    """What is wrong between values that are each all right."""
    flaws = []
    slugs = [section.slug for section in config.sections]
    for index, slug in enumerate(slugs):
        if slug in slugs[:index]:
            flaws.append(Flaw(("sections", index, "slug"), "bad-value", f"two sections have the slug `{slug}`"))
    names = [feed.name for feed in config.feeds.partner]
    for index, name in enumerate(names):
        if name in names[:index]:
            flaws.append(Flaw(("feeds", "partner", index, "name"), "bad-value", f"two feeds are called `{name}`"))
    flaws += [*_hosting(config.hosting), *_crawlers(config.robots.agents)]
    flaws += language_flaws(config)
    output = (folder / config.output_dir).resolve()
    sources = [(folder / name).resolve() for name in (config.content_dir, config.themes_dir)]
    if any(output.is_relative_to(source) or source.is_relative_to(output) for source in sources):
        message, label = "the output would mix with the content or the themes", "expected a folder of its own"
        flaws.append(Flaw(("output_dir",), "bad-value", message, label))
    for key, _ in config.front_matter.defaults:
        if not PurePosixPath(key).is_relative_to(config.content_dir):
            message, label = f"`{key}` is not a folder of the content", f"expected `{config.content_dir}/…`"
            flaws.append(Flaw(("front_matter", "defaults", key), "bad-value", message, label, at_key=True))
    return flaws


def _hosting(hosting: HostingConfig) -> Iterator[Flaw]:
    if {"netlify", "cloudflare"} <= set(hosting.files):
        message, label = "netlify and cloudflare want the same file with other words", "expected one of them"
        yield Flaw(("hosting", "files"), "bad-value", message, label)
    told = hosting.security_txt
    if bool(told.contact) is not bool(told.expires):
        lacks = "expires" if told.contact else "contact"
        message = f"`hosting.security_txt` has no `{lacks}`"
        yield Flaw(("hosting", "security_txt"), "missing-key", message, at_key=True)


def _crawlers(agents: Iterable[str]) -> Iterator[Flaw]:
    for name in agents:
        if not re.fullmatch(r"\*|[A-Za-z0-9._-]+", name):
            message, label = f"`{name}` is not the name of a crawler", "expected what it calls itself, such as `GPTBot`"
            yield Flaw(("robots", "agents", name), "bad-value", message, label, at_key=True)


def _problems(file: _File, flaws: list[Flaw]) -> list[Problem]:
    places = positions(file.name, file.text)

    def place(flaw: Flaw) -> Span:
        path = (*file.prefix, *flaw.path)
        while path and path not in places:
            path = path[:-1]
        found = places.get(path)
        return Span(file.name) if found is None else found.key if flaw.at_key else found.value

    return [Problem("error", flaw.code, flaw.message, place(flaw), flaw.label, flaw.hint) for flaw in flaws]
