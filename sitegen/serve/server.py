"""Running the preview server: its socket, its threads, its end."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import uvicorn

from sitegen.config import load
from sitegen.errors import SitegenError, SiteProblems, Span
from sitegen.plain import Record
from sitegen.serve.app import make_app
from sitegen.serve.desk import Desk
from sitegen.serve.preview import Preview
from sitegen.serve.quiet import Quiet
from sitegen.serve.sweeping import sweep
from sitegen.serve.watching import Watch
from sitegen.site.publication import Allow

__all__ = ["ServeOptions", "serve"]

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (what somebody may ask for)
_PATIENCE = 0.4
"""Seconds that open connections have when the server ends, and then the question that the preview is at."""


Ready = Callable[[list[str], Preview, bool], None]
"""Is told the URLs, the preview, and whether files are looked at again and again since the system watches no more."""


class ServeOptions(Record, frozen=True):
    """What `sitegen serve` may be told; docs/guide/previewing.md says what each option does."""

    host: str = "127.0.0.1"
    port: int = 8000
    now: datetime | None = None
    drafts: bool = True
    follow: bool = False
    poll: bool = False
    allowed_hosts: tuple[str, ...] = ()
    jobs: int = 1
    """Processes that read the stories at the start."""

    @property
    def allow(self) -> Allow:
        """What is shown although readers may not see it."""
        return Allow(self.drafts, self.drafts, self.drafts)


def serve(folder: Path, options: ServeOptions, ready: Ready) -> None:
    """Answer requests until somebody interrupts. `ready` is told how the site can be seen.

    Raises `SitegenError` if the port is taken, `SiteProblems` if there is no site.
    """
    _check_site(folder)
    preview = Preview(folder, options.allow, options.now)
    with closing(_socket(options.host, options.port)) as listening:
        port = listening.getsockname()[1]
        preview.look(jobs=options.jobs)  # while there is one thread: only then may processes be forked
        gc.freeze()  # nearly all of that stays; to search it for circles again and again would make readers wait
        asyncio.run(_run(preview, options, listening, port, ready))


def _check_site(folder: Path) -> None:
    """Raises `SiteProblems` where there is no site at all; one that is broken can be mended while it is served."""
    try:
        load(folder)
    except SiteProblems as broken:
        if any(problem.code == "no-config" for problem in broken.problems):
            raise


async def _run(preview: Preview, options: ServeOptions, listening: socket.socket, port: int, ready: Ready) -> None:
    desk = Desk(preview, follow=options.follow)
    names = _names(options.host)
    app = make_app(desk, (*_LOOPBACK, *names, *options.allowed_hosts))
    config = uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_level="error", server_header=False)
    logging.getLogger("uvicorn.error").addFilter(Quiet())
    loop = asyncio.get_running_loop()
    watch = Watch(preview.folder, _places(preview), lambda path: _tell(loop, desk, path), poll=options.poll)
    watch.start()
    polls = watch.poll and not options.poll
    urls = [f"http://{name}:{port}{preview.prefix}/" for name in names]
    server = _Server(config, desk, lambda: ready(urls, preview, polls))
    desk.watch = lambda: watch.follow(_places(preview))
    working = [asyncio.create_task(work) for work in (desk.work(), desk.patrol(), sweep(desk))]
    try:
        await server.serve([listening])
    finally:
        watch.stop()
        for task in working:
            task.cancel()
        await asyncio.wait(working)
        with suppress(TimeoutError):  # nothing that it does is worth waiting for, since it writes nothing
            await asyncio.wait_for(desk.ask(preview.close), _PATIENCE)


class _Server(uvicorn.Server):
    """Says when it is ready, and lets readers go when it ends: they would listen for ever."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk = desk
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._desk.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(super().shutdown(sockets), _PATIENCE)


def _tell(loop: asyncio.AbstractEventLoop, desk: Desk, path: str) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(desk.notice, path)


def _places(preview: Preview) -> tuple[str, ...]:
    own = ("sitegen.toml", "pyproject.toml", "templates", "assets", "locale")
    config = preview.session.config if preview.is_open else None
    return (*own, config.content_dir, config.themes_dir) if config else (*own, "content", "themes")


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno != errno.EADDRINUSE:
            raise
        with closing(_socket(host, 0)) as free:
            hint = f"another program answers there; `--port {_next_free(host, port) or free.getsockname()[1]}` is free"
        raise SitegenError(f"port {port} of {host} is taken", Span(""), hint, code="port-taken") from error
    return listening


def _next_free(host: str, port: int) -> int:
    """The next port after this one that is free; 0 if none of the next hundred is."""
    for other in range(port + 1, min(port + 100, 65_536)):
        with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as trial, suppress(OSError):
            trial.bind((host, other))
            return other
    return 0


def _names(host: str) -> list[str]:
    """Under which names this machine can be reached, if it listens at `host`."""
    if host not in _EVERYWHERE:
        return [f"[{host}]" if ":" in host else host]
    found = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as way, suppress(OSError):
        way.connect(("192.0.2.1", 9))  # sends nothing; a reserved address (RFC 5737) tells the way to the outside
        found.add(way.getsockname()[0])
    return ["127.0.0.1", *sorted(str(name) for name in found - {"127.0.0.1"})]
