"""The preview server: HTTP on one side, the preview on the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sitegen.serve.pages import broken_page, overview, with_client
from sitegen.serve.preview import Answer, Preview

__all__ = ["Desk", "make_app"]

T = TypeVar("T")
_CLIENT = Path(__file__).with_name("client")
_QUIET = 0.01
"""Seconds without a further event after which a burst is over."""
_HEARTBEAT = 15
"""Seconds after which a browser is told that nothing has happened."""


@dataclass(eq=False, slots=True)
class Listener:
    """A browser that shows one page, and what it is to be told."""

    path: str
    mark: str
    problem: str = ""
    news: asyncio.Queue[tuple[str, str] | None] = field(default_factory=asyncio.Queue)


class Desk:
    """Asks the preview in one thread, since it bears no more, and tells listeners when their pages have changed."""

    def __init__(self, preview: Preview, *, follow: bool = False) -> None:
        self.preview = preview
        self.listeners: set[Listener] = set()
        self._follow = follow
        self._thread = ThreadPoolExecutor(1, "preview")
        self._noticed = asyncio.Event()
        self._paths: list[str] = []

    async def ask(self, question: Callable[..., T], *arguments: Any) -> T:
        """The answer of the preview, which no other question disturbs."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, *arguments)

    def notice(self, path: str) -> None:
        """Something has changed. To be called in the thread of the event loop."""
        self._paths.append(path)
        self._noticed.set()

    async def work(self) -> None:
        """Look at the files after each burst of changes, and tell the listeners; never ends."""
        while True:
            while not self._noticed.is_set() and await self.ask(self.preview.work):
                pass
            await self._tell(())
            await self._noticed.wait()
            while self._noticed.is_set():
                self._noticed.clear()
                await asyncio.sleep(_QUIET)
            paths, self._paths = self._paths, []
            if await self.ask(self.preview.look, paths):
                await self._tell(paths)

    async def _tell(self, paths: Iterable[str]) -> None:
        urls = [url for path in paths if (url := await self.ask(self.preview.url_of, path))] if self._follow else []
        for listener in tuple(self.listeners):
            await self.update(listener)
            if urls:
                listener.news.put_nowait(("follow", urls[-1]))

    async def update(self, listener: Listener) -> None:
        """Tell a listener what is new on his page."""
        answer = await self.answer(listener.path)
        problem = answer.problem or self.preview.words([p for p in self.preview.problems if p.severity == "error"])
        if answer.mark != listener.mark:
            listener.mark = answer.mark
            listener.news.put_nowait(("change", ""))
        if problem != listener.problem:
            listener.problem = problem
            listener.news.put_nowait(("problem", problem))

    async def answer(self, path: str) -> Answer:
        """What is at a path, as files and clock are now."""
        if self.preview.is_due:
            await self.ask(self.preview.look)
        return await self.ask(self.preview.answer, path)

    def stop(self) -> None:
        """Let all listeners go."""
        for listener in self.listeners:
            listener.news.put_nowait(None)


def make_app(desk: Desk, hosts: Iterable[str]) -> Starlette:
    """The application. It answers only requests for these hosts, against DNS rebinding."""
    site = _Site(desk)
    tools = f"{desk.preview.prefix}/__sitegen/"
    return Starlette(
        routes=[
            Route(tools, site.overview),
            Route(f"{tools}events", site.events),
            Route(f"{tools}page.json", site.page),
            Route(f"{tools}client.js", site.client),
            Route(f"{tools}client.css", site.client),
            Route("/{path:path}", site.answer),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)],
    )


class _Site:
    """The endpoints."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tools = f"{desk.preview.prefix}/__sitegen/"

    async def overview(self, request: Request) -> Response:
        """What is the matter with the site."""
        return Response(await self._desk.ask(overview, self._desk.preview, self._tools), media_type="text/html")

    async def client(self, request: Request) -> Response:
        """The script and the style sheet that pages get here."""
        return FileResponse(_CLIENT / request.url.path.rpartition("/")[2], headers=_FRESH)

    async def page(self, request: Request) -> Response:
        """What an author wants to know of his page."""
        preview = self._desk.preview
        said = await self._desk.ask(preview.shown, self._below(request.query_params.get("path", "")))
        return JSONResponse({**asdict(said), "problems": len(preview.problems)}, headers=_FRESH)

    async def answer(self, request: Request) -> Response:
        """What is at a URL of the site."""
        prefix = self._desk.preview.prefix
        path = request.scope["raw_path"].decode("ascii", "replace")
        if not path.startswith(f"{prefix}/"):
            return RedirectResponse(f"{prefix}/")
        answer = await self._desk.answer(path.removeprefix(prefix))
        if answer.location:
            return RedirectResponse(answer.location, answer.status)
        if answer.file is not None:
            return FileResponse(answer.file, media_type=answer.type, headers=_FRESH)
        return self._of_bytes(request, answer)

    def _of_bytes(self, request: Request, answer: Answer) -> Response:
        tag = f'"{answer.mark}"'
        if answer.mark and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag, **_FRESH})
        body = answer.body
        if answer.type == "text/html":
            body = with_client(body or broken_page(answer.problem, self._tools), self._tools, answer.mark)
        return Response(body, answer.status, {"ETag": tag, **_FRESH}, answer.type)

    async def events(self, request: Request) -> Response:
        """News for one listener, as long as he listens (Server-Sent Events, WHATWG HTML)."""
        path = self._below(request.query_params.get("path", "/"))
        listener = Listener(path, request.query_params.get("mark", ""))
        return StreamingResponse(self._news(listener), media_type="text/event-stream", headers=_FRESH)

    async def _news(self, listener: Listener) -> AsyncIterator[str]:
        self._desk.listeners.add(listener)
        try:
            yield "retry: 500\n\n"
            await self._desk.update(listener)  # something may have changed since the page was sent
            while True:
                try:
                    told = await asyncio.wait_for(listener.news.get(), _HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if told is None:
                    return
                yield f"event: {told[0]}\ndata: {json.dumps(told[1])}\n\n"
        finally:
            self._desk.listeners.discard(listener)

    def _below(self, path: str) -> str:
        """A path that a browser tells of, as the preview has it."""
        return quote(path, safe="/%:@!$&'()*+,;=~-._").removeprefix(self._desk.preview.prefix)


_FRESH = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
