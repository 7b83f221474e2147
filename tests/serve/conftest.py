"""A real server in a process of its own, over a site in a folder."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from tests.support.newspaper import newspaper
from tests.support.sites import ROOT, Site

__all__ = ["NOW", "Events", "Reply", "Server", "Start"]

PATIENCE = 60
"""Seconds after which a server that says nothing has failed. No test waits for it otherwise."""
NOW = ("--now", "2026-03-12T09:00:00+00:00")


@dataclass(frozen=True)
class Reply:
    """One answer of a server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def _named(headers: Message) -> dict[str, str]:
    return {name.title().replace("Etag", "ETag"): value for name, value in headers.items()}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Server:
    """`sitegen serve` on a site, until `stop`."""

    site: Site
    process: subprocess.Popen[str]
    url: str
    said: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Reply:
        """The answer to a request for a path; redirects are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = urlsplit(self.url)
        request = urllib.request.Request(f"{address.scheme}://{address.netloc}{path}", headers=named)
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=PATIENCE) as answer:
                return Reply(answer.status, _named(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Reply(error.code, _named(error.headers), error.read())

    def listen(self, path: str, tools: str = "/") -> Events:
        """The news of a page, from what it is now. Its address begins with what `tools` begin with."""
        mark = self.get(path).headers.get("ETag", "").strip('"')
        return self.events(path, mark, tools)

    def events(self, path: str, mark: str, tools: str = "/") -> Events:
        """The news of a page, from what this mark stands for."""
        address = urlsplit(self.url)
        return Events(f"{address.scheme}://{address.netloc}{tools}__sitegen/events?path={path}&mark={mark}")

    def memory(self) -> int:
        """Bytes of memory that it uses."""
        return psutil.Process(self.process.pid).memory_info().rss

    def complaints(self) -> str:
        """What it has said since it began to serve. To be called once, after its end."""
        assert self.process.stdout is not None
        return self.process.stdout.read()

    def stop(self) -> int:
        """Interrupt it, and wait for its end."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


class Events:
    """What a browser is told. Whoever asks waits until there is something."""

    def __init__(self, url: str) -> None:
        self._answer = urllib.request.urlopen(url, timeout=PATIENCE)
        self._queue: Queue[tuple[str, Any]] = Queue()
        assert self._answer.readline() == b"event: hello\n"
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        kind = "hello"
        for line in self._answer:
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                self._queue.put((kind, json.loads(value)))

    def until(self, kind: str) -> Any:
        """What the next event of this kind says."""
        while True:
            found, said = self._queue.get(timeout=PATIENCE)
            if found == kind:
                return said

    def ended(self) -> bool:
        """Whether the server lets it go."""
        self._reading.join(PATIENCE)
        return not self._reading.is_alive()

    def heard(self) -> list[str]:
        """The kinds of all events that have come and were not asked for yet."""
        return [self._queue.get()[0] for _ in range(self._queue.qsize())]


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers that end with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(site: Site, *arguments: str, code: str = "") -> Server:
        """A server on a site; `code` runs before it."""
        program = ["-c", f"from sitegen.cli import main\n{code}\nmain()"] if code else ["-m", "sitegen"]
        command = [sys.executable, *program, "serve", "--port", "0", "--site", str(site.folder), *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            found = re.search(r"http://\S+/", line)
            if found:
                return Server(site, process, found[0], said)
        pytest.fail("".join(said))

    yield run
    for process in started:
        with process:
            process.kill()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A newspaper of a dozen stories, of which none is related to another for what its text says."""
    site = newspaper(tmp_path / "site", 12)
    site.write("sitegen.toml", site.read("sitegen.toml") + '\n[related]\nfields = ["tags"]\n')
    return site


@pytest.fixture
def server(site: Site, start: Start) -> Server:
    """A server on that newspaper."""
    return start(site, *NOW)
