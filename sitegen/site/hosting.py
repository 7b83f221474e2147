"""Which files hosts read, and which people and programs look for at the root of a site: all by the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen.config import Config
from sitegen.site.snapshot import Site

__all__ = ["Wanted", "hosting_files", "never_copied", "text_files"]

_HOSTED: Mapping[str, str] = {
    "netlify": "/_redirects", "cloudflare": "/_redirects", "nginx": "/_nginx.conf", "caddy": "/_Caddyfile",
}  # fmt: skip
_TEXTS: Mapping[str, str] = {
    "humans": "/humans.txt", "ads": "/ads.txt", "app_ads": "/app-ads.txt", "llms": "/llms.txt",
}  # fmt: skip
"""URLs by the settings that ask for them."""


class Wanted(NamedTuple):
    """A file: where it is, what writes it, what it is about, and who asks for it, in words."""

    url: str
    kind: str
    subject: tuple[str, ...]
    origin: str


def hosting_files(site: Site) -> Iterator[Wanted]:
    """What hosts read. A file of redirects is there only if there are some."""
    files = site.config.hosting.files
    if {"netlify", "cloudflare"} & set(files) and (site.config.security.headers or site.config.preview):
        yield Wanted("/_headers", "hosting", (), "the headers of all files")
    some = any(article.aliases for article in site.articles.values())
    for url in dict.fromkeys(map(_HOSTED.__getitem__, files)):
        if url != "/_redirects" or some:
            yield Wanted(url, "hosting", (), "what hosts are told")


def text_files(site: Site) -> Iterator[Wanted]:
    """Small files at the root. One's own file of the same name wins."""
    own = set(site.media.values()) - never_copied(site.config)
    yield from (file for file in _texts(site.config) if file.url not in own)


def never_copied(config: Config) -> frozenset[str]:
    """Files of one's own that would let in crawlers where none should be."""
    return frozenset({"/robots.txt"} if config.preview else ())


def _texts(config: Config) -> Iterator[Wanted]:
    if config.robots.enable or config.preview:
        yield Wanted("/robots.txt", "robots", (), "what crawlers may see")
    for name, url in _TEXTS.items():
        if getattr(config.hosting, name):
            yield Wanted(url, "text", (name,), f"the setting `{name}` of [hosting]")
    if config.hosting.security_txt.contact:
        yield Wanted("/.well-known/security.txt", "text", ("security_txt",), "where weaknesses are reported")
    if config.notify.key and not config.preview:
        yield Wanted(f"/{config.notify.key}.txt", "text", ("indexnow",), "the key of IndexNow")
