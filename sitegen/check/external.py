"""The rule for links to other hosts: they are asked, a few at a time, and only if somebody wants that.

Each host gets one request at a time, with a rest after it. Answers are kept for some days.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

from sitegen import __version__
from sitegen.check.copy import Copy
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Finding, Rule
from sitegen.errors import Span
from sitegen.regex import regex

__all__ = ["RULES"]

_URL = regex(r"\]\(<?(https?://[^\s)>]+)|<(https?://[^\s>]+)>|\b(?:href|src)=[\"'](https?://[^\"'\s]+)")
_HOSTS = 16
"""Hosts that are asked at a time."""
_REST = 0.5
"""Seconds between two requests to one host."""
_SECONDS_A_DAY = 86_400
_AGENT = f"sitegen/{__version__} (link check)"
_SHY = frozenset([401, 403, 405, 429, 503])
"""Answers that say more of us than of the page: log in, no robots, too many requests."""


def _dead_links(proofs: Proofs) -> Iterator[Finding]:
    places: defaultdict[str, list[tuple[Copy, Span]]] = defaultdict(list)
    for copy in proofs.paper.copies():
        for found in _URL.finditer(copy.markup):
            place = next(number for number in (1, 2, 3) if found[number])
            places[found[place]].append((copy, copy.in_body(*found.span(place))))
    known = _asked(proofs, places)
    for url, where in places.items():
        if known[url]:
            yield from (copy.finding(span, f"`{url}` {known[url]}") for copy, span in where)


def _asked(proofs: Proofs, urls: Iterable[str]) -> dict[str, str]:
    """What is wrong with each of these; empty if nothing is."""
    answers, config = proofs.kept.answers, proofs.paper.config.check
    now, fresh = time.time(), config.fresh_days * _SECONDS_A_DAY
    known = {url: answers[url][1] for url in urls if url in answers and now - answers[url][0] < fresh}
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        if url not in known:
            by_host[urlsplit(url).netloc.lower()].append(url)
    with ThreadPoolExecutor(_HOSTS) as hands:
        for found in hands.map(lambda host: _ask_host(by_host[host], config.timeout), by_host):
            known |= found
            answers.update({url: (now, said) for url, said in found.items()})
    return known


def _ask_host(urls: Iterable[str], timeout: int) -> dict[str, str]:
    """One after the other."""
    found: dict[str, str] = {}
    for number, url in enumerate(urls):
        if number:
            time.sleep(_REST)
        found[url] = _ask(url, timeout)
    return found


def _ask(url: str, timeout: int) -> str:
    """What is wrong with a URL. A server that knows no HEAD is asked for the page, and not read."""
    said = _request("HEAD", url, timeout)
    return _request("GET", url, timeout) if said else ""


def _request(method: str, url: str, timeout: int) -> str:
    # Here, because few checks ask other hosts.
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, build_opener

    address = quote(url.partition("#")[0], safe="/:@!$&'()*+,;=~-._?%[]#")
    request = Request(address, method=method, headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 (the scheme is known)
    try:
        with build_opener().open(request, timeout=timeout):
            return ""
    except HTTPError as error:
        with error:
            return "" if error.code in _SHY else f"answers {error.code} {error.reason}"
    except URLError as error:
        return f"does not answer: {error.reason}"
    except (OSError, ValueError, HTTPException) as error:
        return f"does not answer: {str(error) or type(error).__name__}"


RULES = (Rule(code="dead-link", severity="warning", says="A page on another host is gone.", find=_dead_links),)
