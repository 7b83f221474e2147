"""One request to a service that may be slow, busy or broken, tried until it has succeeded or cannot succeed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from threading import Thread
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from msgspec import field

from sitegen import __version__
from sitegen.config import NotifyConfig
from sitegen.plain import Record

__all__ = ["Pause", "Post", "Undelivered", "deliver", "host_of"]

Pause = Callable[[float], object]
"""Lets so many seconds pass."""
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses after which the same request may succeed (RFC 9110, section 15; RFC 6585)."""


class Post(Record, frozen=True):
    """A request. `reasons` says in words what statuses mean to the service."""

    url: str
    body: bytes
    type: str
    reasons: Mapping[int, str] = field(default_factory=dict)


class _Answer(Record, frozen=True):
    """What came back: a status, or 0 and the reason why there is none; seconds to wait if the service asks for it."""

    status: int
    reason: str = ""
    after: float = 0.0

    @property
    def may_change(self) -> bool:
        return not self.status or self.status in _LATER


class Undelivered(Exception):
    """A request that has not succeeded; the text says why. `busy`: the service would not take another one either."""

    def __init__(self, reason: str, *, busy: bool) -> None:
        super().__init__(reason)
        self.busy = busy


def host_of(url: str) -> str:
    """Host and port, which is all of an address that may be shown: the rest may hold a secret."""
    return urlsplit(url).netloc.rpartition("@")[2]


def deliver(post: Post, settings: NotifyConfig, pause: Pause = time.sleep) -> None:
    """Send a request, with as many attempts as the settings allow. Raises `Undelivered`."""
    wait = settings.wait
    for attempt in range(1, settings.attempts + 1):
        answer = _in_time(post, settings.timeout)
        if 200 <= answer.status < 300:
            return
        if not answer.may_change or attempt == settings.attempts:
            raise _undelivered(post, answer, attempt)
        if answer.after > settings.patience:
            reason = f"it asks to come back in {answer.after:.0f} seconds ({answer.status})"
            raise Undelivered(reason, busy=True)
        pause(max(answer.after, min(wait, settings.patience)))
        wait *= 2


def _undelivered(post: Post, answer: _Answer, attempts: int) -> Undelivered:
    status = answer.status
    usual = "it leads elsewhere" if 300 <= status < 400 else "it does not take the request"
    reason = f"{post.reasons.get(status, usual)} ({status})" if status else answer.reason
    tried = f", {attempts} times" if attempts > 1 else ""
    return Undelivered(reason + tried, busy=answer.may_change)


def _in_time(post: Post, seconds: float) -> _Answer:
    """The answer, or that none came. A service that sends a byte now and then never times out by itself."""
    found: Future[_Answer] = Future()

    def ask() -> None:
        try:
            found.set_result(_ask(post, seconds))
        except BaseException as error:
            found.set_exception(error)

    Thread(target=ask, daemon=True).start()  # nobody waits for it when the program ends
    try:
        return found.result(seconds)
    except TimeoutError:
        return _Answer(0, f"there was no answer in {seconds:g} seconds")


def _ask(post: Post, seconds: float) -> _Answer:
    headers = {"Content-Type": post.type, "User-Agent": f"sitegen/{__version__}"}
    try:
        request = Request(post.url, post.body, headers, method="POST")  # noqa: S310 (settings allow http and https)
        with _OPENER.open(request, timeout=seconds) as reply:
            return _Answer(reply.status)
    except HTTPError as error:
        with error:
            return _Answer(error.code, after=_seconds(error.headers.get("Retry-After")))
    except TimeoutError:
        return _Answer(0, f"there was no answer in {seconds:g} seconds")
    except (OSError, HTTPException, ValueError) as error:
        return _Answer(0, _in_words(error))


def _in_words(error: Exception) -> str:
    """What was wrong, without what the service sent: that may be anything."""
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return "there was no connection in time"
    if isinstance(cause, OSError):
        return cause.strerror or "the connection broke"
    return "the answer was not HTTP"


def _seconds(retry_after: str | None) -> float:
    """How long a service wants to be left alone (RFC 9110, section 10.2.3); 0 if it does not say, or says nonsense."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


class _Stay(HTTPRedirectHandler):
    """Follows nobody: what is posted is meant for the service that was named."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


_OPENER = build_opener(_Stay)
