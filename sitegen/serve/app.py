"""The preview server: HTTP on one side, the preview on the other."""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sitegen.regex import regex
from sitegen.serve.answers import Answer
from sitegen.serve.desk import Desk
from sitegen.serve.hosting import Redirect, headers_for, redirect_for
from sitegen.serve.listeners import Listener
from sitegen.serve.overview import OVERVIEW
from sitegen.serve.pages import broken_page, with_client
from sitegen.serve.policy import letting_in

__all__ = ["make_app"]

_CLIENT = Path(__file__).with_name("client")
_HEARTBEAT = 15
"""Seconds after which a browser is told that nothing has happened."""
_FRESH = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_TOOL = regex(r"(.*)/__sitegen/(|events|client\.js|client\.css)", re.DOTALL)
"""Whatever stands before it: the site may have been elsewhere when the page was sent that asks."""
_INDEX = regex(r"(?:/[^/]+)?/pagefind/[^/]+/pagefind\.js")
_ABSOLUTE = regex(r"https?://[^/]*", re.IGNORECASE)
_POLICY = "Content-Security-Policy"


def make_app(desk: Desk, hosts: Iterable[str]) -> Starlette:
    """The application. It answers only requests for these hosts, against DNS rebinding."""
    return Starlette(
        routes=[Route("/{path:path}", _Site(desk).answer)],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(_Origin),
        ],
    )


class _Origin:
    """Takes a request for a whole URL, as proxies send it, for one for its path (RFC 9112, section 3.2.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _ABSOLUTE.match(scope["path"]):
            raw = _ABSOLUTE.sub("", scope["raw_path"].decode("ascii", "replace")) or "/"
            scope = {**scope, "path": unquote(raw), "raw_path": raw.encode("ascii", "replace")}
        await self._app(scope, receive, send)


class _Site:
    """What is at the URLs of the site, and of the preview itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tools: Mapping[str, Callable[[Request, str], Awaitable[Response]]] = {
            "": self._overview,
            "events": self._events,
            "client.js": partial(_file, _CLIENT / "client.js"),
            "client.css": partial(_file, _CLIENT / "client.css"),
        }

    @property
    def _own(self) -> str:
        """Below which URL the preview itself lies."""
        return self._desk.preview.prefix + OVERVIEW

    async def answer(self, request: Request) -> Response:
        """The answer to any request."""
        path = request.scope["raw_path"].decode("ascii", "replace")
        tool = _TOOL.fullmatch(path)
        if tool:
            return await self._tools[tool[2]](request, tool[1])
        prefix = self._desk.preview.prefix
        if not path.startswith(f"{prefix}/"):
            return RedirectResponse(f"{prefix}/", headers=_FRESH)
        return await self._at(request, path, prefix)

    async def _at(self, request: Request, path: str, prefix: str) -> Response:
        """As the host of the site would answer that reads `_headers` and `_redirects`."""
        found = await self._desk.answer(path.removeprefix(prefix))
        rule = redirect_for(found.redirects, path)
        if rule and (rule.forced or found.answer.status == 404):
            return await self._redirected(request, rule, prefix)
        if found.answer.status == 404 and _INDEX.fullmatch(path.removeprefix(prefix)):
            return await _file(_CLIENT / "pagefind.js", request, prefix)
        return self._response(request, found.answer, headers_for(found.headers, path))

    async def _redirected(self, request: Request, rule: Redirect, prefix: str) -> Response:
        if rule.sends_away:
            return RedirectResponse(rule.location, rule.status, _FRESH)
        found = await self._desk.answer(quote(rule.location).removeprefix(prefix))
        status = rule.status if found.answer.status == 200 else found.answer.status
        return self._response(request, found.answer, headers_for(found.headers, rule.location), status)

    def _response(
        self, request: Request, answer: Answer, headers: Mapping[str, str], status: int | None = None
    ) -> Response:
        if answer.location:
            return RedirectResponse(answer.location, answer.status, _FRESH)
        if answer.leads_to and request.headers.get("sec-fetch-dest") == "document":
            return RedirectResponse(answer.leads_to, 302, _FRESH)
        headers = {**_FRESH, **headers, **({"ETag": f'"{answer.mark}"'} if answer.mark else {})}
        if "ETag" in headers and request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        if answer.file is not None:
            return self._of_file(answer, answer.file, headers)
        body = answer.body
        if answer.type == "text/html":
            body = broken_page(answer.problem, self._own) if answer.problem and not body else body
            body = with_client(body, self._own, answer.mark)
            headers = self._letting_in(request, headers)
        return Response(body, status or answer.status, headers, answer.type)

    def _letting_in(self, request: Request, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The headers, with a policy that lets pages load what the preview adds to them."""
        if _POLICY not in headers:
            return headers
        here = f"http://{request.headers.get('host', '')}"
        page = here + request.scope["raw_path"].decode("ascii", "replace")
        return {**headers, _POLICY: letting_in(headers[_POLICY], here + self._own, page)}

    def _of_file(self, answer: Answer, file: Path, headers: Mapping[str, str]) -> Response:
        """A file, unless it has gone, or become a link out of the site, since it was looked at."""
        real, site = os.path.realpath(file), os.path.realpath(self._desk.preview.folder)
        if not real.startswith(site + os.sep) or not os.path.isfile(real):
            return Response("Not found", 404, _FRESH, "text/plain")
        return FileResponse(real, headers=headers, media_type=answer.type)

    # The preview itself

    async def _overview(self, request: Request, prefix: str) -> Response:
        """What is the matter with the site."""
        return self._response(request, await self._desk.ask(self._desk.overview), {})

    async def _events(self, request: Request, prefix: str) -> Response:
        """News for one listener, as long as he listens (Server-Sent Events, WHATWG HTML)."""
        asked = request.query_params
        saved = asked.get("saved", "")[:9]
        there_were = self._desk.saved[0]
        told = min(int(saved), there_were) if saved.isdecimal() else there_were  # fewer, if the server was restarted
        listener = Listener(_below(prefix, asked.get("path", "/")), prefix, asked.get("mark", ""), told)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_FRESH)
        return StreamingResponse(self._news(listener), media_type="text/event-stream", headers=_FRESH)

    async def _news(self, listener: Listener) -> AsyncIterator[str]:
        self._desk.listeners.add(listener)
        try:
            yield _event("hello", listener.saved)
            await self._desk.update(listener)  # something may have changed since the page was sent
            while (news := await listener.hear(_HEARTBEAT)) is not None:
                yield "".join(_event(kind, said) for kind, said in news.items()) or ": still here\n\n"
        finally:
            self._desk.listeners.discard(listener)


def _event(kind: str, said: object) -> str:
    return f"event: {kind}\ndata: {json.dumps(said)}\n\n"


async def _file(file: Path, request: Request, prefix: str) -> Response:
    """The script or the style sheet that pages get here."""
    return FileResponse(file, headers=_FRESH)


def _below(prefix: str, path: str) -> str:
    """A path that a browser tells of, as the preview has it."""
    return quote(path, safe="/%:@!$&'()*+,;=~-._").removeprefix(prefix)
