"""Telling search engines and hubs what a build has changed, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.deploy.changes import Changes, changed_feeds, changed_pages
from sitegen.deploy.indexnow import indexnow_posts
from sitegen.deploy.posting import Pause, Post, Undelivered, deliver, host_of
from sitegen.deploy.websub import websub_posts
from sitegen.errors import Problem, SitegenError, Span
from sitegen.plain import Record
from sitegen.urls import Links

__all__ = ["Service", "Told", "services", "tell"]

_HERE = ("localhost", "127.0.0.1", "::1")


class Service(Record, frozen=True):
    """Somebody to be told: what of (`what`, in one word), and with which requests."""

    name: str
    what: str
    urls: tuple[str, ...]
    posts: tuple[tuple[Post, int], ...]


class Told(Record, frozen=True):
    """Of how many URLs a service was told, and of which it could not be."""

    service: Service
    done: int
    problems: tuple[Problem, ...] = ()


def services(config: Config, changes: Changes) -> Iterator[Service]:
    """Everybody whom the settings want to be told, with all there is to tell. Raises `SitegenError`."""
    links, notify, hub = Links(config.base_url), config.notify, config.feeds.hub
    if (notify.key or hub) and _is_here(config.base_url):
        message = f"nobody else can see a site at {config.base_url}"
        hint = "set `base_url`, or name the address with `--base-url`"
        raise SitegenError(message, Span(""), hint, code="local-site")
    if notify.key:
        pages = changed_pages(changes, config)
        name = f"IndexNow at {host_of(notify.endpoint)}"
        yield Service(name, "page", pages, tuple(indexnow_posts(notify, links, pages)))
    if hub:
        feeds = changed_feeds(changes, config)
        yield Service(f"the hub {host_of(hub)}", "feed", feeds, tuple(websub_posts(hub, links, feeds)))


def _is_here(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host in _HERE or host.endswith(".localhost")


def tell(config: Config, told: Iterable[Service], pause: Pause = time.sleep) -> Iterator[Told]:
    """Tell each service, one request after the other."""
    yield from (_tell(config, service, pause) for service in told)


def _tell(config: Config, service: Service, pause: Pause) -> Told:
    done, left = 0, len(service.urls)
    problems: list[Problem] = []
    for post, number in service.posts:
        try:
            deliver(post, config.notify, pause)
        except Undelivered as failure:
            problems.append(_lost(service, left if failure.busy else number, str(failure)))
            if failure.busy:
                break
        else:
            done += number
        left -= number
    return Told(service, done, tuple(problems))


def _lost(service: Service, number: int, reason: str) -> Problem:
    what = service.what if number == 1 else f"{service.what}s"
    message = f"{service.name} could not be told of {number} {what}: {reason}"
    return Problem("error", "not-notified", message, Span(""), hint="run the same command again later")
