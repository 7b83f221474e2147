"""Clients that mean no good, or do not know better; files that change behind the server's back."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.serve.conftest import NOW, PATIENCE, Server, Start
from tests.support.newspaper import write_story
from tests.support.sites import Site, story

STORY = "/2026/01/03/story-2/"
HOST = b"Host: 127.0.0.1\r\n"
EVIL = b"Host: evil.example\r\nConnection: close\r\n\r\n"
END = HOST + b"Connection: close\r\n\r\n"


def connected(server: Server) -> socket.socket:
    """A connection of its own."""
    address = urlsplit(server.url)
    assert address.port is not None
    return socket.create_connection((address.hostname, address.port), PATIENCE)


def said(connection: socket.socket) -> bytes:
    """All that the server says, until it closes the connection."""
    parts = []
    with suppress(ConnectionResetError):  # it closed before it had read everything
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def status(server: Server, request: bytes) -> int:
    """The status of the first answer on a connection; 0 if there is none."""
    with closing(connected(server)) as connection:
        with suppress(ConnectionError):  # it has had enough
            connection.sendall(request)
            if b"\r\n\r\n" not in request:  # it would wait for more
                connection.shutdown(socket.SHUT_WR)
        answer = said(connection)
    return int(answer.split(b" ", 2)[1]) if answer else 0


REQUESTS = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 600, 400),
    "nothing": (b"", 0),
    "half a request": (b"GET / HT", 0),
    "an unknown method": (b"BREW / HTTP/1.1\r\n" + END, 405),
    "a method with a blank": (b"GE T / HTTP/1.1\r\n" + END, 400),
    "to post": (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n" + END + b"hi", 405),
    "to delete": (b"DELETE /feed.xml HTTP/1.1\r\n" + END, 405),
    "a version to come": (b"GET / HTTP/9.9\r\n" + END, 200),
    "a huge header": (b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000 + b"\r\n" + END, 400),
    "many headers": (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000 + END, 400),
    "a huge URL": (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + END, 400),
    "a long URL": (b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\n" + END, 404),
    "no host": (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + END, 400),
    "a bad host": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\0\r\nConnection: close\r\n\r\n", 400),
    "another host": (b"GET / HTTP/1.1\r\n" + EVIL, 400),
    "the old version": (b"GET / HTTP/1.0\r\n" + HOST + b"\r\n", 200),
    "to be told the whole URL": (b"GET http://127.0.0.1/feed.xml HTTP/1.1\r\n" + END, 200),
    "a whole URL of another host": (
        b"GET http://evil.example/feed.xml HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        400,
    ),
    "no path": (b"GET feed.xml HTTP/1.1\r\n" + END, 404),
    "an asterisk": (b"OPTIONS * HTTP/1.1\r\n" + END, 404),
    "to be connected": (b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + END, 404),
    "dots": (b"GET /../../../../etc/passwd HTTP/1.1\r\n" + END, 404),
    "encoded dots": (b"GET /%2e%2e/%2e%2e/sitegen.toml HTTP/1.1\r\n" + END, 404),
    "dots encoded twice": (b"GET /%252e%252e/sitegen.toml HTTP/1.1\r\n" + END, 404),
    "a backslash": (b"GET /..\\sitegen.toml HTTP/1.1\r\n" + END, 404),
    "a zero byte": (b"GET /world/%00 HTTP/1.1\r\n" + END, 404),
    "bytes that are not UTF-8": (b"GET /%ff%fe HTTP/1.1\r\n" + END, 404),
    "bytes that are not ASCII": (b"GET /\xc3\xa9 HTTP/1.1\r\n" + END, 400),
    "a bad range": (b"GET /world/talk.mp3 HTTP/1.1\r\nRange: bytes=9-1,x\r\n" + END, 400),
    "a range beyond the end": (b"GET /world/talk.mp3 HTTP/1.1\r\nRange: bytes=99999999-\r\n" + END, 416),
    "an odd query": (b"GET /?%ff=%00&&==;'\"<x> HTTP/1.1\r\n" + END, 200),
    "an odd page to listen to": (b"HEAD /__sitegen/events?path=%00../..&saved=x HTTP/1.1\r\n" + END, 200),
    "a body in chunks": (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + END + b"2\r\nhi\r\n0\r\n\r\n", 200),
    "a broken chunk": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + END + b"zz\r\nhi\r\n", 400),
    "length and chunks": (
        b"POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
        405,
    ),
    "a length that is none": (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n" + END, 400),
}


def test_odd_requests(site: Site, start: Start) -> None:
    site.write("content/world/talk.mp3", "0123456789")
    server = start(site, *NOW)
    found = {name: status(server, request) for name, (request, _) in REQUESTS.items()}
    assert {name: got for name, got in found.items() if got != REQUESTS[name][1]} == {}
    assert server.get("/").status == 200
    assert server.stop() == 0
    assert server.complaints() == ""


def test_a_body_without_end_is_not_kept(server: Server) -> None:
    before = server.memory()
    with closing(connected(server)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n")
        with suppress(ConnectionError):  # it has had enough
            for _ in range(400):
                connection.sendall(b"40000\r\n" + b"x" * 0x40000 + b"\r\n")
    assert server.get("/").status == 200
    assert server.memory() - before < 50 << 20


def test_requests_one_after_the_other_on_one_connection(server: Server) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(
            b"GET /feed.xml HTTP/1.1\r\n" + HOST + b"\r\n" + b"GET " + STORY.encode() + b" HTTP/1.1\r\n" + END
        )
        answer = said(connection)
    assert [answer.count(b"HTTP/1.1 200 OK"), answer.count(b"<rss"), answer.count(b"client.js")] == [2, 1, 1]


@pytest.fixture
def crowd(server: Server) -> Iterator[list[socket.socket]]:
    """Two hundred connections on which nothing is said."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(connected(server))) for _ in range(200)]


def test_connections_that_say_nothing_keep_nobody_waiting(server: Server, crowd: list[socket.socket]) -> None:
    assert server.get("/").status == 200
    for connection in crowd[::2]:
        connection.sendall(b"GET / HTTP/1.1\r\nX-Never-Ends: ")
    assert server.get(STORY).status == 200
    crowd[1].sendall(b"GET / HTTP/1.1\r\n" + END)
    assert said(crowd[1]).startswith(b"HTTP/1.1 200 ")


def test_a_picture_that_takes_long_keeps_nobody_waiting(tmp_path: Path, start: Start) -> None:
    picture = BytesIO()
    Image.effect_mandelbrot((6000, 4000), (-2, -1.5, 1, 1.5), 60).save(picture, "JPEG")
    site = Site(tmp_path / "paper", theme="")
    site.write("content/large.jpg", picture.getvalue())
    site.write("content/large.md", story("Large", image="large.jpg"))
    site.write("content/small.md", story("Small"))
    server = start(site, *NOW)
    widest = re.findall(r'(/[^" ]+\.avif) \d+w', server.get("/2026/03/01/large/").text)[-1]
    answered: list[str] = []

    def ask(url: str) -> None:
        assert server.get(url).status == 200
        answered.append(url)

    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(ask, widest)
        for url in ("/2026/03/01/small/", "/", "/feed.xml", "/sitemap.xml"):
            ask(url)
        waiting.result()
    assert answered[-1] == widest


def test_clients_that_never_read(site: Site, start: Start) -> None:
    site.write("content/world/large.bin", b"x" * (32 << 20))
    server = start(site, *NOW)
    events = server.listen(STORY)
    write_story(site, 2, more="What an edit needs is loaded now.")
    events.until("change")
    before = server.memory()
    with ExitStack() as stack:
        for path in [b"/world/large.bin"] * 5 + [b"/__sitegen/events?path=/"] * 5:
            connection = stack.enter_context(closing(connected(server)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        for number in range(30):
            write_story(site, 2, more=f"Edit {number}. " + "More. " * 1000)
            events.until("change")
        assert server.memory() - before < 50 << 20
        assert server.stop() == 0
    assert server.complaints() == ""


def test_an_interrupt_is_obeyed_whoever_holds_on(site: Site, start: Start) -> None:
    site.write("content/world/large.bin", b"x" * (32 << 20))
    server = start(site, *NOW)
    with ExitStack() as stack:
        listening = [server.listen("/") for _ in range(5)]
        for path in (b"/world/large.bin", b"/__sitegen/events?path=/"):
            connection = stack.enter_context(closing(connected(server)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        assert server.stop() == 0
        assert [events.ended() for events in listening] == [True] * 5
    assert server.complaints() == ""


def test_an_interrupt_is_obeyed_while_a_template_never_ends(site: Site, start: Start) -> None:
    site.write("themes/plain/templates/tags.html", "{% for number in range(10 ** 15) %}{% endfor %}")
    server = start(site, *NOW)
    with closing(connected(server)) as connection, closing(connected(server)) as waiting:
        connection.sendall(b"GET /tags/ HTTP/1.1\r\n" + HOST + b"\r\n")
        waiting.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        server.get("/__sitegen/client.js")  # what needs no template is still answered
        assert server.stop() == 0
    assert server.complaints() == ""
