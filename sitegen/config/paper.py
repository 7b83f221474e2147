"""What a site shows its readers in one language: sections, people and subjects, menus, the newsletter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import field

from sitegen.config import checks, contacts
from sitegen.plain import Record

__all__ = ["BYLINES", "Byline", "LanguageConfig", "MenuItem", "NewsletterConfig", "Profile", "SectionConfig"]


Byline = Literal["staff", "guest", "wire"]
BYLINES: tuple[Byline, ...] = Byline.__args__  # type: ignore[attr-defined]


class SectionConfig(Record, frozen=True):
    """A `[[sections]]` table; their order is the order of the navigation."""

    slug: Annotated[str, checks.slug]
    """Its part of the URL, and the folder of its stories: `world` is `/world/` and `content/world/`."""
    title: str = ""
    """Its name for readers; empty: the slug."""
    description: str = ""
    """A sentence for search engines and the head of the section front."""


class Profile(Record, frozen=True):
    """An `[authors.ID]` or `[tags.ID]` table."""

    name: str = ""
    """Empty: the id."""
    bio: str = ""
    """What readers should know about the person or the subject. Markdown."""
    url: Annotated[str, contacts.web_or_none] = ""
    """A page elsewhere."""
    byline: Byline = "staff"
    """Of an author: a `guest` (a person) and a `wire` (an agency) are named under their stories and have no page."""
    beat: str = ""
    """Of an author: what the author writes about, in a few words."""
    email: Annotated[str, contacts.email_or_none] = ""
    """Of an author: where readers can write to."""
    links: Mapping[str, Annotated[str, contacts.web]] = field(default_factory=dict)
    """Of an author: their own pages elsewhere, by what these are called."""
    image: str = ""
    """A portrait, relative to the content folder."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Free for the theme."""


class MenuItem(Record, frozen=True):
    """One entry of a menu."""

    title: str
    """The words of the link."""
    url: str
    """A URL, or a path of this site that begins with `/`."""


class NewsletterConfig(Record, frozen=True):
    """The `[newsletter]` table: the sign-up form, shown only if `action` is set, and the foot of letters."""

    action: str = ""
    """The address that the form is posted to."""
    label: str = ""
    """The invitation; empty: the theme's words."""
    consent: str = ""
    """What the reader agrees to; empty: no tick box."""
    web_url: str = ""
    """Where a letter can be read in a browser; `{name}` stands for its name. Empty: the front page."""
    unsubscribe_url: str = ""
    """Where readers leave; empty: letters have no such link."""
    imprint: str = ""
    """Who sends letters, with a postal address."""


class LanguageConfig(Record, frozen=True):
    """A `[languages.TAG]` table: what the site is called and says in another language.

    Words are not borrowed from the site's own language: what is left out here is not shown.
    """

    name: str = ""
    """What the language is called in itself; empty: as Unicode calls it."""
    title: str = ""
    """The name of the paper; empty: that of the site."""
    tagline: str = ""
    """The motto under it."""
    sections: tuple[SectionConfig, ...] = ()
    """The sections in the order of the navigation; others of the site follow if they have stories."""
    authors: Mapping[str, Profile] = field(default_factory=dict)
    """Who writes; name, picture, addresses and links are those of the site if they are left out."""
    tags: Mapping[str, Profile] = field(default_factory=dict)
    """What the paper writes about."""
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """Links by the place where the theme shows them."""
    newsletter: NewsletterConfig = NewsletterConfig()
    """The sign-up form."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Lie over `[params]` of the site."""
