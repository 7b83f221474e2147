"""One browser and one built newspaper for all tests; every page is watched for errors and for requests to strangers."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.newsroom import build_newspapers


@cache
def _rules(file: Path) -> dict[str, list[tuple[str, str]]]:
    """The headers for each path in a file `_headers`."""
    blocks = (block.splitlines() for block in file.read_text(encoding="utf-8").strip().split("\n\n"))
    return {path: [tuple(line.strip().split(": ", 1)) for line in lines] for path, *lines in blocks}  # type: ignore[misc]


class Answers(SimpleHTTPRequestHandler):
    """Serves files as a web host does that reads `_headers`, parts of them too (players ask for those), and takes the
    newsletter form.
    """

    def end_headers(self) -> None:
        for path, headers in _rules(Path(self.directory) / "_headers").items():
            for name, value in headers if fnmatch(self.path, path) else ():
                self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        file, wanted = Path(self.translate_path(self.path)), re.match(r"bytes=(\d+)-(\d*)", self.headers["Range"] or "")
        if wanted is None or not file.is_file():
            super().do_GET()
            return
        data = file.read_bytes()
        first, last = int(wanted[1]), int(wanted[2] or len(data) - 1)
        headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}", "Accept-Ranges": "bytes"}
        self._answer(HTTPStatus.PARTIAL_CONTENT, data[first : last + 1], self.guess_type(str(file)), headers)

    def do_POST(self) -> None:
        """An address of `nobody` is refused."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        refused = form["email"][0].startswith("nobody@")
        status = HTTPStatus.SERVICE_UNAVAILABLE if refused else HTTPStatus.OK
        self._answer(status, f"<!doctype html><title>Answer</title><p>{form}".encode(), "text/html", {})

    def _answer(self, status: HTTPStatus, data: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


class Papers(NamedTuple):
    """Where the newspapers of `newsroom.py` are: their address, and the folder of their files."""

    base: str
    folder: Path


@dataclass
class Reader:
    """Opens pages in fresh windows. `strangers` are requests to other hosts, which get an empty answer."""

    browser: Browser
    base: str
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1280, height: int = 900, **settings: Any) -> Page:
        """A new window of this size (CSS pixels) with this page in it; `settings` are those of a browser context."""
        window = self.browser.new_context(
            base_url=self.base, viewport={"width": width, "height": height}, locale="en-GB", **settings
        )
        window.route(lambda url: not url.startswith(self.base), self._strange)
        window.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        window.on("weberror", lambda error: self.errors.append(str(error.error)))
        page = window.new_page()
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    def _strange(self, route: Route) -> None:
        self.strangers.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Elsewhere</title>")


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Answers, directory=str(output))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    """The newspapers, built and served."""
    folder = tmp_path_factory.mktemp("papers")
    with served(folder / "output") as base:
        yield Papers(base, build_newspapers(folder, base))


@pytest.fixture
def reader(browser: Browser, papers: Papers) -> Iterator[Reader]:
    """Fails the test if a page had an error or asked another host for something."""
    reader = Reader(browser, papers.base)
    yield reader
    for window in browser.contexts:
        window.close()
    assert reader.errors == []
    assert reader.strangers == []
