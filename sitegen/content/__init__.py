"""From the bytes of a Markdown file to typed metadata, and from its body to HTML."""

from sitegen.content.article import Article, Parsed
from sitegen.content.parse import parse
from sitegen.content.settings import Settings

__all__ = ["Article", "Parsed", "Settings", "parse"]
