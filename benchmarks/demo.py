"""The demo newspaper as readers get it: built for one fixed instant, and served compressed."""

from __future__ import annotations

import gzip
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sitegen.build import BuildOptions, build

__all__ = ["NOW", "PAGES", "ROOT", "served"]

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PAGES = {"front": "/", "story": "/2026/11/13/river-year-5-the-gate/"}
"""The pages that are looked at and measured: the front page, and a story with pictures, a series and notes."""

_PLAIN = (".html", ".css", ".js", ".svg", ".xml")


class _Compressed(SimpleHTTPRequestHandler):
    """Serves files as hosts do: text compressed, and what has a digest in its name for ever."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = file.read_bytes()
        self.send_response(HTTPStatus.OK)
        if file.suffix in _PLAIN:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the demo, without a final slash, while the context lasts."""
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT, BuildOptions(output=Path(folder), now=NOW, clean=True))
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=folder)) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()
