"""What is written for hosts, and for those who want to know of a site: the table `[hosting]`."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import field

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["HostingConfig", "SecurityTextConfig"]

Line = Annotated[str, checks.line]
Uri = Annotated[str, checks.uri]


class SecurityTextConfig(Record, frozen=True):
    """The `[hosting.security_txt]` table: `/.well-known/security.txt` (RFC 9116), written if there is a `contact`."""

    contact: tuple[Uri, ...] = ()
    """Where weaknesses are reported, the preferred way first: `mailto:`, `https:` or `tel:`."""
    expires: Annotated[str, checks.instant] = ""
    """When somebody must have looked at all this again. It must be there."""
    encryption: tuple[Uri, ...] = ()
    """Where the key for reports is."""
    acknowledgments: tuple[Uri, ...] = ()
    """The page that thanks those who reported something."""
    languages: tuple[Annotated[str, checks.language], ...] = ()
    """In which languages reports are read."""
    policy: tuple[Uri, ...] = ()
    """How reports are dealt with."""
    hiring: tuple[Uri, ...] = ()
    """Positions in security."""


class HostingConfig(Record, frozen=True):
    """The `[hosting]` table: files for hosts and for people who look for them."""

    files: tuple[Literal["netlify", "cloudflare", "nginx", "caddy"], ...] = ("netlify",)
    """For which hosts headers and redirects are written: `_headers` and `_redirects`, `_nginx.conf`, `_Caddyfile`."""
    humans: str = ""
    """The text of `/humans.txt`; empty: there is none."""
    ads: tuple[Line, ...] = ()
    """The lines of `/ads.txt`: who may sell advertisements on this site."""
    app_ads: tuple[Line, ...] = ()
    """The lines of `/app-ads.txt`: who may in its apps."""
    llms: bool = False
    """Whether `/llms.txt` tells language models where things are."""
    security_txt: SecurityTextConfig = field(default_factory=SecurityTextConfig)
    """Where weaknesses are reported."""
