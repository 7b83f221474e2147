"""What other programs show of the site: icons, and cards where pages are shared."""

from __future__ import annotations

from typing import Annotated, Literal

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["CardsConfig", "IconsConfig"]

Colour = Annotated[str, checks.colour]


class IconsConfig(Record, frozen=True):
    """The `[icons]` table: icons and the web manifest are made of one picture."""

    source: str = ""
    """A square picture, relative to the content folder; empty: the publisher's logo. Without either there are none."""
    background: Colour = "#ffffff"
    """Behind the picture where a telephone wants no transparency."""
    colour: Annotated[str, checks.colour_or_none] = ""
    """Of the browser's own bars; empty: that of the theme."""


class CardsConfig(Record, frozen=True):
    """The `[cards]` table: pictures of 1200 × 630 pixels with words in them, for pages that have no picture."""

    make: Literal["none", "site", "stories"] = "site"
    """One for the whole site, or also one with the headline for each story without a picture."""
    font: Literal["serif", "sans"] = "serif"
    """Of the headline."""
    background: Colour = "#fdfcf9"
    """The paper."""
    ink: Colour = "#1b1a17"
    """The letters."""
    accent: Colour = "#a3161e"
    """The line above them."""
