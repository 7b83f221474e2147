"""Links to other hosts, asked of two small ones on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from sitegen.check.desk import CheckOptions, check
from tests.support.sites import NOW, Site, story

STATUSES = {"/there": 200, "/gone": 410, "/shy": 403, "/nohead": 200, "/moved": 301}


@contextmanager
def host() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it is asked for, as it comes."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(404 if self.path == "/nohead" else STATUSES.get(self.path, 404))

        def do_GET(self) -> None:
            self.answer(STATUSES.get(self.path, 404))

        def answer(self, status: int) -> None:
            asked.append(f"{self.command} {self.path} {self.headers['User-Agent'].partition('/')[0]}")
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/there")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def lines(site: Site, **options: Any) -> list[tuple[str, int]]:
    found = check(site.folder, CheckOptions(NOW, **options)).problems
    return [(problem.code, problem.span.line) for problem in found]


def test_hosts_are_asked_only_if_somebody_wants_that(tmp_path: Path) -> None:
    with host() as (one, asked), host() as (other, also_asked):
        body = f"""
[There]({one}/there#part)

[Gone]({other}/gone "Gone"), `{other}/code`

<{one}/shy>
"""
        site = Site(tmp_path)
        site.write("content/a.md", story(deck="D", body=body))
        assert lines(site) == []
        assert (asked, also_asked) == ([], [])
        assert lines(site, external=True) == [("dead-link", 9)]
        assert asked == ["HEAD /there sitegen", "HEAD /shy sitegen"]
        assert also_asked == ["HEAD /gone sitegen", "GET /gone sitegen"]


def test_answers_are_kept_for_some_days(tmp_path: Path) -> None:
    with host() as (one, asked):
        site = Site(tmp_path)
        site.write("content/a.md", story(deck="D", body=f"[Gone]({one}/gone)"))
        site.build()
        assert lines(site, external=True) == lines(site, external=True) == [("dead-link", 6)]
        assert len(asked) == 2
        site.write("sitegen.toml", site.read("sitegen.toml") + "[check]\nfresh_days = 0\n")
        assert lines(site, external=True) == [("dead-link", 6)]
        assert len(asked) == 4


def test_a_server_that_knows_no_head_and_one_that_sends_on(tmp_path: Path) -> None:
    with host() as (one, _), host() as (other, asked):
        site = Site(tmp_path)
        site.write("content/a.md", story(deck="D", body=f"[A]({one}/nohead) [B]({other}/moved)"))
        assert lines(site, external=True) == []
        assert [line.split()[1:] for line in asked] == [["/moved", "sitegen"], ["/there", "sitegen"]]


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    with host() as (one, _):
        pass
    site = Site(tmp_path)
    site.write("content/a.md", story(deck="D", body=f"[A]({one}/there)"))
    (found,) = check(site.folder, CheckOptions(NOW, external=True)).problems
    assert found.code == "dead-link"
    assert "does not answer" in found.message
