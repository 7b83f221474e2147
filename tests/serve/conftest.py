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
        request = urllib.request.Request(self.url.rstrip("/") + path, headers=named)
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=PATIENCE) as answer:
                return Reply(answer.status, _named(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Reply(error.code, _named(error.headers), error.read())

    def listen(self, path: str) -> Events:
        """The news of a page, from what it is now."""
        mark = self.get(path).headers["ETag"].strip('"')
        return Events(f"{self.url}__sitegen/events?path={path}&mark={mark}")

    def stop(self) -> int:
        """Interrupt it, and wait for its end."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


class Events:
    """What a browser is told. `next` waits until there is something."""

    def __init__(self, url: str) -> None:
        self._answer = urllib.request.urlopen(url, timeout=PATIENCE)
        self._queue: Queue[tuple[str, str]] = Queue()
        assert self._answer.readline().startswith(b"retry")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        kind = ""
        for line in self._answer:
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                self._queue.put((kind, json.loads(value)))

    def next(self) -> tuple[str, str]:
        """The kind of the next event, and what it says."""
        return self._queue.get(timeout=PATIENCE)

    def until(self, kind: str) -> str:
        """What the next event of this kind says."""
        while True:
            found, said = self.next()
            if found == kind:
                return said


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers that end with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(site: Site, *arguments: str) -> Server:
        command = [sys.executable, "-m", "sitegen", "serve", "--port", "0", "--site", str(site.folder), *arguments]
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
        process.kill()
        process.communicate()


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
