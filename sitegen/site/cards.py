"""Which cards a site has: one for each edition, and one for each story without a picture, if the site wants them.

A card is told by what it says, so its address changes with that. Of a text for which there is no font there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.config import CardsConfig
from sitegen.content.cards import Card
from sitegen.site.snapshot import Site

__all__ = ["card_url", "cards", "site_card", "story_card"]


def site_card(site: Site) -> Card | None:
    """That of an edition: its name and motto."""
    if site.config.cards.make == "none":
        return None
    return _card(site.config.cards, site.config.title, site.config.language, name=site.config.tagline)


def story_card(site: Site, path: str) -> Card | None:
    """That of a story; None if it has a picture, or stories have no cards."""
    article = site.articles[path]
    if site.config.cards.make != "stories" or article.kind != "story" or article.image is not None:
        return None
    edition = site.editions[article.edition]
    section = edition.groups["section"].get(article.sections[0]) if article.sections else None
    name, label = edition.config.title, section.title if section else ""
    return _card(site.config.cards, article.title, article.language, name=name, label=label)


def _card(settings: CardsConfig, headline: str, language: str, *, name: str = "", label: str = "") -> Card | None:
    if not headline or not _can_be_set(headline, settings.font, language):
        return None
    return Card(
        headline=headline,
        language=language,
        name=name if _can_be_set(name, settings.font, language) else "",
        label=label if _can_be_set(label, settings.font, language) else "",
        font=settings.font,
        background=settings.background,
        ink=settings.ink,
        accent=settings.accent,
    )


def _can_be_set(text: str, font: str, language: str) -> bool:
    if text.isascii():
        return True
    from sitegen.content.cards.faces import is_covered  # loads fonts

    return is_covered(text, font, language)


def card_url(card: Card) -> str:
    """Where it is."""
    return f"/cards/{card.mark}.png"


def cards(site: Site) -> Iterator[Card]:
    """All of them; two pages that say the same have the same."""
    found = [*map(site_card, site.editions.values()), *(story_card(site, path) for path in site.stories)]
    yield from {card.mark: card for card in found if card}.values()
