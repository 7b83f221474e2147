"""What of the configuration matters to reading one file. Plain data, so that it can be fingerprinted."""

from __future__ import annotations

from msgspec import field

from sitegen.config import FrontMatterConfig, RelatedWeights
from sitegen.plain import Record

__all__ = ["Settings"]


class Settings(Record, frozen=True):
    """`sections` are the configured slugs, `zone` an IANA name; `config_path` is where `front_matter` was read from."""

    content_dir: str = "content"
    zone: str = "UTC"
    language: str = "en"
    languages: tuple[str, ...] = ()
    """The keys of the other editions (`sitegen.config.languages`)."""
    front_matter: FrontMatterConfig = field(default_factory=FrontMatterConfig)
    sections: tuple[str, ...] = ()
    config_path: str = "sitegen.toml"
    permalink: str = "/{year}/{month}/{day}/{slug}/"
    related_fields: tuple[str, ...] = ("title", "deck", "tags", "section", "authors", "body")
    related_weights: RelatedWeights = field(default_factory=RelatedWeights)
