"""A service on this machine that behaves as badly as it is told to, over a real socket."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event

__all__ = ["DRIBBLE", "GARBAGE", "HANG", "RESET", "Request", "Service", "service", "status"]

HANG, RESET, DRIBBLE = "hang", "reset", "dribble"
GARBAGE = b"\x00\xff\xfe not HTTP at all\r\n\r\n"
Behaviour = str | bytes


def status(code: int, *headers: str) -> bytes:
    """An answer with no body."""
    return "\r\n".join([f"HTTP/1.1 {code} Words", *headers, "Content-Length: 0", "Connection: close", "", ""]).encode()


@dataclass(frozen=True, slots=True)
class Request:
    """What came in."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """Does one thing after the other, a request each; what comes last is what it goes on with."""

    behaviours: list[Behaviour]
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def next(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


@contextmanager
def service(*behaviours: Behaviour) -> Iterator[Service]:
    """A service that behaves so, until the block ends."""
    told = Service(list(behaviours))

    class Answering(StreamRequestHandler):
        def handle(self) -> None:
            told.requests.append(_read(self))
            _behave(self.connection, told.next(), told.over)

    class Server(ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that has hung up is what some tests are about."""

    with Server(("127.0.0.1", 0), Answering) as server:
        from threading import Thread

        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_address[1]}/tell?token=secret-word"
        try:
            yield told
        finally:
            told.over.set()
            server.shutdown()


def _read(handler: StreamRequestHandler) -> Request:
    line = handler.rfile.readline().decode().strip()
    headers = {}
    while header := handler.rfile.readline().decode().strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Request(line, headers, handler.rfile.read(int(headers.get("content-length", "0"))))


def _behave(connection: socket.socket, behaviour: Behaviour, over: Event) -> None:
    if isinstance(behaviour, bytes):
        connection.sendall(behaviour)
    elif behaviour == RESET:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif behaviour == HANG:
        over.wait()
    else:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        with suppress(OSError):
            while not over.wait(0.01):  # so slowly that no single read is ever late
                connection.sendall(b"x")
