"""Preview servers that compete, each a process on its own copy of the stories, and what is asked of them over HTTP."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import hugo_binary, hugo_site
from benchmarks.sites import AS_PEERS, SITEGEN, Site, sitegen_site

__all__ = ["Preview", "Running", "forget", "hugo_preview", "running", "sitegen_preview"]

_HUGO_STYLE = (
    '{{ with resources.Get "style.css" | fingerprint }}<link rel="stylesheet" href="{{ .RelPermalink }}">{{ end }}'
)
_OUR_STYLE = '<link rel="stylesheet" href="{{ asset("style.css") }}">'
_SHEET = re.compile(rb'<link rel="stylesheet" href="(?:https?://[^/]*)?(/[^"]+)"')
_PATIENCE = 600
"""Seconds after which a server that does not answer has failed."""
_PAUSE = 0.001
"""Seconds between two requests for what is not there yet."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One generator: its site with a style sheet, and the command that serves it at a port."""

    site: Site
    command: Callable[[int], tuple[str, ...]]
    sheet: Path
    page: str
    """The URL of the newest story."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    preview: Preview
    port: int
    process: int

    def get(self, path: str) -> bytes:
        """The body of what is at a path; empty if nobody answers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)) as connection:
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                return b""
        return body if answer.status == 200 else b""

    def page_has(self, text: str) -> bool:
        """Whether the newest story has a text."""
        return text.encode() in self.get(self.preview.page)

    def sheet_has(self, text: str) -> bool:
        """Whether the style sheet has, that the newest story leads to."""
        found = _SHEET.search(self.get(self.preview.page))
        return found is not None and text.encode() in self.get(found[1].decode())

    def wait(self, ready: Callable[[], bool]) -> float:
        """Seconds until something is so. Raises `TimeoutError`."""
        began = time.perf_counter()
        while not ready():
            if time.perf_counter() - began > _PATIENCE:
                raise TimeoutError(f"{self.preview.site.name} does not show what was saved")
            time.sleep(_PAUSE)
        return time.perf_counter() - began

    def memory(self) -> int:
        """The most bytes that it has held so far (Linux); 0 elsewhere."""
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.process}/status").read_text())
            return int(found[1]) * 1024 if found else 0
        return 0


@contextmanager
def running(preview: Preview) -> Iterator[tuple[Running, float]]:
    """A server that has answered its first request, and the seconds from its start until then."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = preview.site.folder / ".serve.log"
    with log.open("wb") as said:
        began = time.perf_counter()
        process = subprocess.Popen(preview.command(port), cwd=preview.site.folder, stdout=said, stderr=said)
        server = Running(preview, port, process.pid)
        try:
            server.wait(lambda: server.page_has("</html>"))
            yield server, time.perf_counter() - began
        finally:
            process.kill()
            process.wait()


def sitegen_preview(stories: Path, size: int, folder: Path) -> Preview:
    """sitegen's, in a site that was built once, with the theme that has the latest headlines in every story."""
    site = sitegen_site(stories, size, folder, "baked", AS_PEERS)
    sheet = folder / "themes" / "theme-baked" / "assets" / "style.css"
    _link(folder / "themes" / "theme-baked" / "templates" / "base.html", sheet, _OUR_STYLE)
    subprocess.run(site.command, cwd=folder, check=True, capture_output=True)
    [page] = site.output.glob(f"*/*/*-{size - 1}")
    url = f"/{page.relative_to(site.output).as_posix()}/"
    return Preview(site, lambda port: (*SITEGEN, "serve", "--port", str(port)), sheet, url)


def hugo_preview(stories: Path, size: int, folder: Path, page: str) -> Preview:
    """Hugo's. Raises `PeerError`."""
    site = hugo_site(stories, size, folder)
    sheet = folder / "assets" / "style.css"
    _link(folder / "layouts" / "baseof.html", sheet, _HUGO_STYLE)
    return Preview(site, lambda port: (hugo_binary(), "server", "--port", str(port)), sheet, page)


def _link(template: Path, sheet: Path, link: str) -> None:
    template.write_text(template.read_text().replace("</head>", f"{link}\n</head>"))
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text("body { margin: 0 }\n")


def forget(preview: Preview) -> None:
    """Remove what builds have left."""
    for path in (preview.site.output, *preview.site.remembered):
        shutil.rmtree(path, ignore_errors=True)
