"""What a site can configure: one frozen class a table, with a docstring under each field.

Every value is plain data (`sitegen.plain`), so a page that reads one field can be traced to that field alone.
The annotations are also the grammar: `reading` turns a TOML table into one of these classes by looking at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import field

from sitegen.config import checks
from sitegen.config.desk import CheckConfig
from sitegen.config.hosting import HostingConfig
from sitegen.config.listening import AudioConfig
from sitegen.config.looks import CardsConfig, IconsConfig
from sitegen.config.notify import NotifyConfig
from sitegen.config.paper import LanguageConfig, MenuItem, NewsletterConfig, Profile, SectionConfig
from sitegen.config.programs import FeedsConfig, RobotsConfig, SitemapsConfig
from sitegen.config.related import RelatedConfig
from sitegen.config.security import SecurityConfig
from sitegen.plain import Record

__all__ = [
    "MARKDOWN_EXTENSIONS",
    "Config",
    "FrontMatterConfig",
    "ImagesConfig",
    "MarkdownConfig",
    "Publisher",
    "QualityConfig",
    "SearchConfig",
]

Extension = Literal[
    "tables",
    "strikethrough",
    "footnotes",
    "definition-lists",
    "task-lists",
    "attributes",
    "callouts",
    "figures",
    "anchors",
    "shortcodes",
]
MARKDOWN_EXTENSIONS: tuple[Extension, ...] = Extension.__args__  # type: ignore[attr-defined]


class Publisher(Record, frozen=True):
    """The `[publisher]` table: who stands behind the site, for structured data and the foot of each page."""

    name: str = ""
    """Empty: the title of the site."""
    logo: str = ""
    """A picture, relative to the content folder."""
    url: str = ""
    """The publisher's own site, if that is another one."""
    email: str = ""
    """Where readers can write to."""
    since: int = 0
    """The year of the first edition; 0 shows none."""
    principles: str = ""
    """URL of the publishing principles."""
    corrections: str = ""
    """URL of the corrections policy."""
    ethics: str = ""
    """URL of the ethics policy."""
    ownership: str = ""
    """URL of the page on ownership and funding."""
    masthead: str = ""
    """URL of the page that lists the staff."""


class QualityConfig(Record, frozen=True):
    """The `[images.quality]` table: from 1 (small files) to 100 (all there is). The scales are not the same."""

    avif: Annotated[int, checks.between(1, 100, "a quality")] = 60
    """Of AVIF files."""
    webp: Annotated[int, checks.between(1, 100, "a quality")] = 75
    """Of WebP files."""
    jpeg: Annotated[int, checks.between(1, 100, "a quality")] = 80
    """Of JPEG files, for browsers that know nothing newer, and for other sites."""


class ImagesConfig(Record, frozen=True):
    """The `[images]` table."""

    widths: tuple[Annotated[int, checks.at_least(1)], ...] = (480, 800, 1200, 1600)
    """Widths in pixels that a picture is offered in; the widest is also the limit for the published picture itself."""
    formats: tuple[Literal["avif", "webp"], ...] = ("avif", "webp")
    """Formats that a picture is offered in beside its own, the preferred one first."""
    card: Annotated[str, checks.ratio] = "4:3"
    """The ratio of the small pictures in lists, which are cropped around the focus."""
    quality: QualityConfig = QualityConfig()
    """How much may be lost for smaller files."""
    avif_speed: Annotated[int, checks.between(0, 10, "a speed")] = 8
    """From 0 (slow, small files) to 10 (quick)."""
    max_pixels: Annotated[int, checks.at_least(1)] = 100_000_000
    """A picture with more pixels is left out. Making its variants takes four bytes of memory for each."""


class SearchConfig(Record, frozen=True):
    """The `[search]` table."""

    enable: bool = False
    """Whether there is a search page, with an index that Pagefind makes."""


class MarkdownConfig(Record, frozen=True):
    """The `[markdown]` table. No extensions, `html = "allow"` and no typographer give exactly CommonMark."""

    html: Literal["sanitize", "allow", "escape"] = "sanitize"
    """Raw HTML in a body: cleaned, passed through, or shown as text."""
    typographer: bool = True
    """Straight quotes become curly ones, `--` and `---` dashes, `...` an ellipsis."""
    extensions: tuple[Extension, ...] = MARKDOWN_EXTENSIONS
    """What is understood beyond CommonMark."""
    highlight: bool = True
    """Whether code blocks are coloured by language."""


class FrontMatterConfig(Record, frozen=True):
    """The `[front_matter]` table: how the archive of another system is read as it stands."""

    extra: tuple[str, ...] = ()
    """Keys that pass through to the theme untouched; `"*"`: any key."""
    rename: Mapping[str, str] = field(default_factory=dict)
    """Foreign key to ours: `published = "date"`."""
    defaults: tuple[tuple[Annotated[str, checks.folder], Mapping[str, Any]], ...] = ()
    """Values by folder, deeper folders later: `"content/wire" = { authors = ["wire"] }`."""


class Config(Record, frozen=True):
    """A whole configuration file."""

    title: str = "Untitled site"
    """The name of the paper."""
    tagline: str = ""
    """The motto under it."""
    base_url: Annotated[str, checks.base_url] = "http://localhost:8000/"
    """Where the site will be, with its folder if it has one. Always ends in `/`."""
    language: Annotated[str, checks.language] = "en"
    """The language of stories that do not say otherwise: a BCP 47 tag such as `en`, `pt-BR`, `zh-Hant`."""
    languages: Mapping[str, LanguageConfig] = field(default_factory=dict)
    """The other languages of the site by tag: each has a front, lists, feeds and stories of its own."""
    timezone: Annotated[str, checks.timezone] = "UTC"
    """Where the paper's day begins and ends; dates without an offset are read here. An IANA name."""
    theme: Annotated[str, checks.slug] = "broadsheet"
    """The name of a folder in `themes_dir`, or of a theme that comes with sitegen."""
    content_dir: Annotated[str, checks.folder] = "content"
    """The folder of the stories."""
    themes_dir: Annotated[str, checks.folder] = "themes"
    """The folder of the site's own themes."""
    output_dir: str = "output"
    """The folder that the site is written to."""
    permalink: Annotated[str, checks.permalink] = "/{year}/{month}/{day}/{slug}/"
    """The URL of a story; `{section}` and `{id}` may stand in it too."""
    archives: Literal["day", "month", "year", "none"] = "day"
    """The finest archive by date: with `month`, a year lists its months, and a month its stories."""
    page_size: Annotated[int, checks.at_least(1)] = 30
    """Stories on a numbered archive page."""
    sections: tuple[SectionConfig, ...] = ()
    """The sections in the order of the navigation."""
    authors: Mapping[str, Profile] = field(default_factory=dict)
    """Who writes, by id; `content/authors/ID.md` serves too."""
    tags: Mapping[str, Profile] = field(default_factory=dict)
    """What the paper writes about, by slug; `content/tags/ID.md` serves too."""
    publisher: Publisher = Publisher()
    """Who stands behind the site."""
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """Links by the place where the theme shows them."""
    related: RelatedConfig = field(default_factory=RelatedConfig)
    """How related stories are chosen."""
    feeds: FeedsConfig = field(default_factory=FeedsConfig)
    """RSS, Atom and JSON feeds."""
    sitemaps: SitemapsConfig = field(default_factory=SitemapsConfig)
    """What search engines are told."""
    robots: RobotsConfig = field(default_factory=RobotsConfig)
    """What crawlers may see."""
    notify: NotifyConfig = field(default_factory=NotifyConfig)
    """Who is told what has changed."""
    newsletter: NewsletterConfig = field(default_factory=NewsletterConfig)
    """The sign-up form."""
    audio: AudioConfig = field(default_factory=AudioConfig)
    """Listening to stories."""
    images: ImagesConfig = ImagesConfig()
    """Pictures."""
    icons: IconsConfig = field(default_factory=IconsConfig)
    """Icons and the web manifest."""
    cards: CardsConfig = field(default_factory=CardsConfig)
    """Pictures for pages that have none, where they are shared."""
    search: SearchConfig = SearchConfig()
    """The search page."""
    security: SecurityConfig = field(default_factory=SecurityConfig)
    """What browsers are told to allow."""
    hosting: HostingConfig = field(default_factory=HostingConfig)
    """Files for hosts."""
    markdown: MarkdownConfig = MarkdownConfig()
    """How bodies are read."""
    check: CheckConfig = field(default_factory=CheckConfig)
    """The copy desk."""
    plugins: Mapping[str, Any] = field(default_factory=dict)
    """Settings of plugins, by name."""
    front_matter: FrontMatterConfig = FrontMatterConfig()
    """How front matter is read."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Free for the theme."""
    preview: bool = False
    """Whether this is a build for a few eyes, which nobody should find; not a key (`sitegen build --preview`)."""
    path: str = "sitegen.toml"
    """The name of the file that this was read from; not a key."""
