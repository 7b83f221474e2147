"""IndexNow: telling search engines which pages are new, other or gone (indexnow.org, "Documentation")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from sitegen.config import NotifyConfig
from sitegen.deploy.posting import Post
from sitegen.urls import Links

__all__ = ["indexnow_posts"]

_MOST = 10_000
"""URLs in a request."""
_REASONS: Mapping[int, str] = {
    400: "it cannot read the request",
    403: "it does not find the key: was the build with the key published?",
    422: "the URLs are not below `base_url` as it sees it, or the key does not belong to them",
    429: "it was told too often",
}


def indexnow_posts(settings: NotifyConfig, links: Links, urls: Sequence[str]) -> Iterator[tuple[Post, int]]:
    """The requests that tell of these URLs, each with the number of those in it."""
    known = {
        "host": urlsplit(links.base_url).netloc,
        "key": settings.key,
        "keyLocation": links.absolute(f"/{settings.key}.txt"),
    }
    for start in range(0, len(urls), _MOST):
        some = [links.absolute(url) for url in urls[start : start + _MOST]]
        body = json.dumps({**known, "urlList": some}).encode()
        yield Post(settings.endpoint, body, "application/json; charset=utf-8", _REASONS), len(some)
