"""Between the preview and all who ask it: one question at a time, and news for those who listen."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from html import unescape
from typing import Any, TypeVar

from msgspec.structs import asdict

from sitegen.plain import Record, digest
from sitegen.regex import regex
from sitegen.serve.about import Shown, shown
from sitegen.serve.answers import Answer
from sitegen.serve.listeners import Listener
from sitegen.serve.overview import OVERVIEW, overview
from sitegen.serve.preview import Preview

__all__ = ["Desk", "Hosted"]

T = TypeVar("T")
_FRAGMENT = regex(rb'data-fragment="([^"]+)"')
"""Where a page leaves a place for a fragment (docs/guide/theming.md)."""
_QUIET = 0.003
"""Seconds without a further event after which a burst is over."""
_BURST = 1
"""Seconds after which a burst is looked at though it goes on: something may write without end."""
_MANY = 100
"""Changes from which on it is quicker to look at everything; then it was no editor that saved."""
_IDLE = 1
"""Seconds without a question after which nobody seems to want anything."""
_PATROL = 2
"""Seconds between two looks that nobody has asked for."""
_SHARE = 50
"""How many times as long as such a look takes there is none."""


class Hosted(Record, frozen=True):
    """An answer, and the files of the site that tell its host what to do with it; empty if there are none."""

    answer: Answer
    headers: bytes
    redirects: bytes


class Desk:
    """Asks the preview in one thread, since it bears no more, and tells listeners when their pages have changed."""

    def __init__(self, preview: Preview, *, follow: bool = False) -> None:
        self.preview = preview
        self.listeners: set[Listener] = set()
        self.saved = (0, "")
        """How many times a page was saved that browsers are to go to, and the URL of the last."""
        self.watch: Callable[[], bool] = lambda: False
        """Has those folders watched that are the site's now, and says whether one was not yet."""
        self.asked = 0
        """How many questions and bursts of changes there were."""
        self.looks = 0
        """How many looks saw something new."""
        self._follow = follow
        self._thread = ThreadPoolExecutor(1, "preview")
        self._pictures = ThreadPoolExecutor(1, "pictures")
        self._noticed = asyncio.Event()
        self._saw = asyncio.Condition()
        self._last = 0.0
        """When something was noticed last, by the clock of the event loop."""
        self._paths: dict[str, None] = {}
        self._failed = ""

    async def ask(self, question: Callable[..., T], *arguments: Any) -> T:
        """The answer of the preview, which no other question disturbs."""
        self.asked += 1
        return await self.quietly(question, *arguments)

    async def quietly(self, question: Callable[..., T], *arguments: Any) -> T:
        """The same, without counting as a question."""
        loop, do = asyncio.get_running_loop(), partial(question, *arguments)
        return await loop.run_in_executor(self._thread, self.preview.sound, do)

    async def answer(self, path: str) -> Hosted:
        """What is at a path, as files and clock are now."""
        if self.preview.is_due:
            await self._look(())
        await self._make_ahead(path)
        return await self.ask(self._hosted, path)

    async def _make_ahead(self, path: str) -> None:
        """Have a picture made beside the questions, which would have to wait for it otherwise."""
        with suppress(OSError):  # the answer tells of it
            make = await self.quietly(self.preview.ahead, path)
            if make is not None:
                await asyncio.get_running_loop().run_in_executor(self._pictures, make)

    def _hosted(self, path: str) -> Hosted:
        preview = self.preview
        return Hosted(preview.answer(path), preview.output("/_headers"), preview.output("/_redirects"))

    def notice(self, path: str) -> None:
        """Something has changed; an empty path: it is not known what. To be called in the thread of the event loop."""
        self._paths[path] = None
        self._last = asyncio.get_running_loop().time()
        self._noticed.set()

    async def work(self) -> None:
        """Look at the files after each burst of changes, and tell the listeners; never ends."""
        while True:
            await self._burst()
            paths, self._paths = self._paths, {}
            self.asked += 1
            some = None if "" in paths or len(paths) > _MANY else paths
            await self.survive(self._look(some))

    async def patrol(self) -> None:
        """Look now and then though nothing was noticed: an event may be lost, a story's time come. Never ends."""
        pause: float = _PATROL
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.idle(), pause)
            began = clock()
            await self.survive(self._look(None))
            pause = max(_PATROL, _SHARE * (clock() - began))

    async def idle(self) -> None:
        """Wait until nobody has asked for a while."""
        asked = -1
        while self.asked != asked:
            asked = self.asked
            await asyncio.sleep(_IDLE)

    async def survive(self, work: Awaitable[None]) -> None:
        """What goes wrong with it is told, once, and is not the end."""
        try:
            await work
            self._failed = ""
        except Exception:
            failed = traceback.format_exc()
            if failed != self._failed:
                print(failed, file=sys.stderr)  # noqa: T201 (a bug, and nobody who could take it)
            self._failed = failed

    async def _burst(self) -> None:
        """Waits until something has changed and, in all likelihood, all that changes with it."""
        await self._noticed.wait()
        clock = asyncio.get_running_loop().time
        end = clock() + _BURST
        while (now := clock()) < min(self._last + _QUIET, end):
            await asyncio.sleep(self._last + _QUIET - now)
        self._noticed.clear()

    async def _look(self, paths: Collection[str] | None) -> None:
        """Look at these paths only, or at everything."""
        if await self.quietly(self._see, paths):
            self.looks += 1
            if self._follow and paths:
                await self._go_to(paths)
            await self.tell()
            async with self._saw:
                self._saw.notify_all()

    def _see(self, paths: Collection[str] | None) -> bool:
        self.watch()  # first: what changes from now on is noticed
        new = self.preview.look(paths)
        if new and self.watch():  # before that, nobody would have noticed
            self.preview.look()
        return new

    async def changed(self, looks: int) -> None:
        """Wait until there were more looks than so many that saw something new."""
        async with self._saw:
            await self._saw.wait_for(lambda: self.looks > looks)

    async def tell(self) -> None:
        """Tell all listeners what is new."""
        for listener in tuple(self.listeners):
            await self.update(listener)

    async def _go_to(self, paths: Iterable[str]) -> None:
        urls = [url for path in paths if (url := await self.ask(self.preview.url_of, path))]
        if urls:
            self.saved = self.saved[0] + 1, urls[-1]

    async def update(self, listener: Listener) -> None:
        """Tell a listener what is new on his page."""
        prefix = self.preview.prefix
        if prefix != listener.prefix:  # his page is elsewhere now
            listener.prefix = prefix
            listener.tell("move", f"{prefix}{listener.path}")
        answer, problem, said, fragments = await self.ask(self._state, listener.path)
        if answer.mark != listener.mark:
            listener.mark = answer.mark
            listener.tell("change", answer.mark)
        if problem != listener.problem:
            listener.problem = problem
            listener.tell("problem", problem)
        if fragments != listener.fragments:
            listener.fragments = fragments
            listener.tell("fragments", fragments)
        if said and said != listener.said:
            listener.said = said
            listener.tell("page", asdict(said))
        if self.saved[0] > listener.saved:
            listener.saved = self.saved[0]
            listener.tell("follow", self.saved)

    def _state(self, path: str) -> tuple[Answer, str, Shown | None, Mapping[str, str]]:
        """What is at a path, which errors hide something better, what there is to say, and the marks of fragments."""
        preview = self.preview
        if path == OVERVIEW:
            return self.overview(), "", None, {}
        answer = preview.answer(path)
        problem = answer.problem or preview.words([p for p in preview.problems if p.severity == "error"])
        urls = [unescape(url.decode()) for url in dict.fromkeys(_FRAGMENT.findall(answer.body))]
        marks = {url: preview.answer(url.removeprefix(preview.prefix)).mark for url in urls}
        return answer, problem, shown(preview, path), marks

    def overview(self) -> Answer:
        """The page about the site. To be asked as any other question."""
        body = overview(self.preview, self.preview.prefix + OVERVIEW)
        return Answer(200, "text/html", body, digest(body))

    def stop(self) -> None:
        """Let all listeners go."""
        for listener in self.listeners:
            listener.stop()
