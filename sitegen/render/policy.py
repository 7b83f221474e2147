"""What a page may load, as browsers are told (W3C, Content Security Policy Level 3).

A page says it in a `<meta>`: the host of a picture, recording, frame or form that it shows is allowed on this page, and
no other. Scripts and styles come from the site itself; those that stand in the templates are known by their digests.
`_headers` says for all pages what holds for each, so it does not change when a story is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from sitegen.config import SecurityConfig
from sitegen.regex import regex
from sitegen.render.inline import digest_source

__all__ = ["Sources", "allowed", "page_policy", "site_policy", "unlisted", "with_policy"]

Sources = dict[str, list[str]]
"""Directive to what it allows."""

_OWN: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-src": (),
    "img-src": ("'self'", "data:"),
    "manifest-src": ("'self'",),
    "media-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
}
_ANYWHERE = ("frame-src", "img-src", "media-src")
"""What stories may hold of other hosts; each page names them."""
_WEBASSEMBLY = "'wasm-unsafe-eval'"
_DIRECTIVES = {"form": "form-action"}
"""Directive for a setting whose name with `-src` is none."""
_LOADS: Mapping[str, Mapping[str, str]] = {
    "audio": {"src": "media-src"},
    "form": {"action": "form-action"},
    "iframe": {"src": "frame-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "track": {"src": "media-src"},
    "video": {"src": "media-src", "poster": "img-src"},
}
_TAG = regex(rf"""<({"|".join(_LOADS)})(?=[\s/>])([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>""", re.IGNORECASE | re.ASCII)
_EMBED = regex(r'data-embed="([^"]*)"')
_ATTRIBUTE = regex(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATA_BEGINS = '<script type="application/ld+json">'
_DATA = regex(rf"{re.escape(_DATA_BEGINS)}(.*?)</script>", re.DOTALL)
_HEAD = regex(r"<meta\s+charset[^>]*>|<head\b[^>]*>(?!\s*<meta\s+charset)", re.IGNORECASE)


def page_policy(html: str, read: Callable[..., Any], *, search: bool = False) -> str:
    """The policy of one page; that of the search page lets Pagefind run."""
    wanted = [(directive, _origin(url)) for directive, url in _loaded(html)]
    if search:
        wanted.append(("script-src", _WEBASSEMBLY))
    if _DATA_BEGINS in html:  # a text is found in a tenth of the time that a pattern takes
        # Browsers let it pass, since it does not run; validators do not.
        wanted += [("script-src", digest_source(data)) for data in _DATA.findall(html)]
    return _text(_with(read("allowed"), wanted) if wanted else read("allowed"))


def site_policy(read: Callable[..., Any]) -> str:
    """The policy that holds for every page of the site."""
    wanted = [(directive, "https:") for directive in _ANYWHERE]
    if read("config", "search").enable:
        wanted.append(("script-src", _WEBASSEMBLY))
    sources = _with(read("allowed"), wanted)
    sources["frame-ancestors"] = ["'self'"]  # a page cannot say this itself
    return _text(sources)


def with_policy(html: str, policy: str) -> str:
    """The page with its policy, which must stand before all that it speaks of; a text without a head stays as it is."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'.replace("&#x27;", "'")
    return _with_meta(html, meta)


def unlisted(html: str) -> str:
    """The page, which search engines are told to leave out unless it says so itself."""
    said = re.search(r"<meta name=.?robots.? content=.?noindex", html)
    return html if said else _with_meta(html, '<meta name="robots" content="noindex">')


def _with_meta(html: str, meta: str) -> str:
    head = _HEAD.search(html)
    return html if head is None else f"{html[: head.end()]}\n{meta}{html[head.end() :]}"


def allowed(read: Callable[..., Any]) -> Sources:
    """What the settings and the templates allow on every page."""
    security: SecurityConfig = read("config", "security")
    sources = {directive: list(own) for directive, own in _OWN.items()}
    _allow(sources, "form-action", _origin(read("config", "newsletter").action))
    for directive, code in read("inline_code"):
        _allow(sources, directive, code)
    for name in security.sources.__struct_fields__:
        for source in getattr(security.sources, name):
            _allow(sources, _DIRECTIVES.get(name, f"{name}-src"), source)
    return sources


def _with(sources: Sources, wanted: Iterable[tuple[str, str]]) -> Sources:
    """All of that, and what else is wanted."""
    more = {directive: list(own) for directive, own in sources.items()}
    for directive, source in wanted:
        _allow(more, directive, source)
    return more


def _allow(sources: Sources, directive: str, source: str) -> None:
    if source and source not in sources[directive]:
        sources[directive].append(source)


def _text(sources: Sources) -> str:
    return "; ".join(f"{directive} {' '.join(own)}" for directive, own in sources.items() if own)


def _loaded(html: str) -> Iterator[tuple[str, str]]:
    """Each URL that a page loads, or will if the reader asks for it, with its directive."""
    if "data-embed" in html:
        yield from (("frame-src", unescape(url)) for url in _EMBED.findall(html))
    for tag in _TAG.finditer(html):
        loads = _LOADS[tag[1].lower()]
        for written, *values in _ATTRIBUTE.findall(tag[2]):
            name = written.lower()
            if name in loads:
                yield from ((loads[name], url) for url in _urls(name, unescape("".join(values))))


def _urls(attribute: str, value: str) -> Iterable[str]:
    if attribute != "srcset":
        return (value,)
    return (candidate.split()[0] for candidate in value.split(", ") if candidate.strip())


def _origin(url: str) -> str:
    """Scheme and host of an absolute URL; empty for any other, and for what could not be told in a policy."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "") or re.search(r"[^\w.:\[\]-]", parts.netloc, re.ASCII):
        return ""
    return f"{parts.scheme}://{parts.netloc}".removeprefix("://") if parts.netloc else ""
