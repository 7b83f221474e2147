"""The `[related]` table."""

from __future__ import annotations

from typing import Annotated, Literal

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["RelatedConfig", "RelatedWeights"]

RelatedField = Literal["title", "deck", "tags", "section", "authors", "body"]


class RelatedWeights(Record, frozen=True):
    """The `[related.weights]` table: how often a word counts that stands once in a field; 0 leaves the field out."""

    title: Annotated[int, checks.at_least(0)] = 2
    """In the headline."""
    deck: Annotated[int, checks.at_least(0)] = 1
    """In the standfirst."""
    tags: Annotated[int, checks.at_least(0)] = 3
    """In a tag; also of the tag itself."""
    section: Annotated[int, checks.at_least(0)] = 1
    """Of the section."""
    authors: Annotated[int, checks.at_least(0)] = 1
    """Of each author."""
    body: Annotated[int, checks.at_least(0)] = 1
    """In the text; twice as much in its first thousand characters."""


class RelatedConfig(Record, frozen=True):
    """The `[related]` table: how the list under a story is chosen."""

    count: Annotated[int, checks.at_least(0)] = 50
    """How many stories at most."""
    half_life_days: Annotated[float, checks.positive] = 3650.0
    """A story this much older than the one it stands under needs twice the similarity."""
    minimum: Annotated[float, checks.share] = 0.05
    """The least similarity, from 0 (anything) to 1 (the same words): fewer stories rather than strange ones."""
    newer: bool = True
    """Whether stories may be listed that are newer than the one they stand under."""
    fields: tuple[RelatedField, ...] = ("title", "deck", "tags", "section", "authors", "body")
    """What of a story is looked at."""
    weights: RelatedWeights = RelatedWeights()
    """How much each field counts."""
