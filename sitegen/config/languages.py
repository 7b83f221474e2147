"""The editions of a site: one for each language that it is published in.

An edition is told by its `key`: empty for that in the site's own language, which lies at the root; else the key of its
table in `[languages]`, which is also its folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from sitegen.config.checks import LANGUAGE
from sitegen.config.model import Config
from sitegen.config.paper import Profile, SectionConfig
from sitegen.config.reading import Flaw
from sitegen.text.language import normal_tag

__all__ = ["config_of", "home_of", "language_flaws"]


def home_of(key: str) -> str:
    """The URL of the front page of an edition."""
    return f"/{key}/" if key else "/"


def config_of(config: Config, key: str) -> Config:
    """The configuration of a site as one of its editions sees it."""
    if not key:
        return config
    own = config.languages[key]
    return replace(
        config,
        language=normal_tag(key),
        title=own.title or config.title,
        tagline=own.tagline,
        sections=_sections(config.sections, own.sections),
        authors=_authors(config.authors, own.authors),
        tags=own.tags,
        menus=own.menus,
        newsletter=own.newsletter,
        params=own.params,
    )


def _sections(all: tuple[SectionConfig, ...], own: tuple[SectionConfig, ...]) -> tuple[SectionConfig, ...]:
    """Those of the edition, then the other ones of the site, by name only."""
    known = {section.slug for section in own}
    return (*own, *(SectionConfig(other.slug, other.title) for other in all if other.slug not in known))


def _authors(all: Mapping[str, Profile], own: Mapping[str, Profile]) -> dict[str, Profile]:
    """Who a person is does not depend on the language; what is said of him does."""
    return {id: _same_person(all.get(id, Profile()), own.get(id, Profile())) for id in (*all, *own)}


def _same_person(known: Profile, own: Profile) -> Profile:
    return Profile(
        name=own.name or known.name,
        bio=own.bio,
        url=own.url or known.url,
        image=own.image or known.image,
        byline=known.byline if own.byline == "staff" else own.byline,
        beat=own.beat,
        email=own.email or known.email,
        links=own.links or known.links,
        params={**known.params, **own.params},
    )


def language_flaws(config: Config) -> Iterator[Flaw]:
    """What is wrong with the keys of `[languages]`."""
    used = {normal_tag(config.language): f"the site itself is in `{config.language}`"}
    for key in config.languages:
        tag = normal_tag(key)
        if not tag or not LANGUAGE.fullmatch(key):
            hint = f"did you mean `{tag}`?" if tag else ""
            yield _flaw(key, f"`{key}` is not a language tag", "expected a BCP 47 tag such as `fr` or `pt-BR`", hint)
        elif tag in used:
            yield _flaw(key, used[tag], "this table is for another language", "its words stand above the tables")
        used.setdefault(tag, f"`{key}` is the language of two tables")


def _flaw(key: str, message: str, label: str, hint: str) -> Flaw:
    return Flaw(("languages", key), "bad-value", message, label, hint, at_key=True)
