"""What other programs show of the site: icons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sitegen.config import checks

__all__ = ["IconsConfig"]

Colour = Annotated[str, checks.colour]


@dataclass(frozen=True, slots=True)
class IconsConfig:
    """The `[icons]` table: icons and the web manifest are made of one picture."""

    source: str = ""
    """A square picture, relative to the content folder; empty: the publisher's logo. Without either there are none."""
    background: Colour = "#ffffff"
    """Behind the picture where a telephone wants no transparency."""
    colour: Annotated[str, checks.colour_or_none] = ""
    """Of the browser's own bars; empty: that of the theme."""
