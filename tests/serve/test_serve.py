"""What the preview answers, and to whom."""

from __future__ import annotations

import os
import re
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.serve.conftest import NOW, Server, Start
from tests.support.newspaper import write_story
from tests.support.sites import Site, story

CLIENT = re.compile(rb'<script src="[^"]*/__sitegen/client\.js" data-mark="\w+"></script>(?=</body>|\n?$)')


def url_of(file: str) -> str:
    return "/" + file.removesuffix("index.html")


def test_every_url_has_the_bytes_of_a_build(site: Site, start: Start) -> None:
    server = start(site, *NOW, "--no-drafts")
    found = {file: server.get(url_of(file)) for file in (site.build(), site.output())[1]}
    wanted = site.output()
    assert len(wanted) > 50
    for file, data in wanted.items():
        assert CLIENT.sub(b"", found[file].body) == data, file


def test_it_writes_nothing(site: Site, server: Server) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*")}
    assert server.get("/").status == 200
    assert {path: path.stat().st_mtime_ns for path in site.folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/world/photo-1.png", "image/png"),
        ("/404.html", "text/html; charset=utf-8"),
    ],
)
def test_content_types(server: Server, path: str, kind: str) -> None:
    assert (server.get(path).status, server.get(path).headers["Content-Type"]) == (200, kind)


def test_what_is_not_there(server: Server) -> None:
    reply = server.get("/nowhere/")
    page = server.get("/404.html")
    assert (reply.status, page.status, server.get("/nowhere/").status) == (404, 200, 404)
    assert CLIENT.sub(b"", reply.body) == CLIENT.sub(b"", page.body)


def test_a_missing_slash_and_an_index(server: Server) -> None:
    reply = server.get("/world")
    assert (reply.status, reply.headers["Location"]) == (308, "/world/")
    assert server.get("/world/index.html").body == server.get("/world/").body


def test_an_unchanged_page_is_not_sent_again(server: Server) -> None:
    tag = server.get("/").headers["ETag"]
    reply = server.get("/", If_None_Match=tag)
    assert (reply.status, reply.body) == (304, b"")


def test_parts_of_a_recording(site: Site, server: Server) -> None:
    events = server.listen("/2026/01/03/story-2/")
    site.write("content/world/talk.mp3", "0123456789")
    site.write("content/world/story-2.md", story("Now", "2026-01-03 02:00"))
    events.until("change")
    reply = server.get("/world/talk.mp3", Range="bytes=2-4")
    assert (reply.status, reply.body, reply.headers["Content-Type"]) == (206, b"234", "audio/mpeg")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_foreign_hosts_are_refused(server: Server, host: str) -> None:
    assert server.get("/", Host=host).status == 400
    assert server.get("/__sitegen/", Host=host).status == 400


def test_a_host_may_be_allowed(site: Site, start: Start) -> None:
    assert start(site, *NOW, "--allow-host", "paper.test").get("/", Host="paper.test").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../sitegen.toml",
        "/%2e%2e/sitegen.toml",
        "/..%2fsitegen.toml",
        "/world/%2e%2e/%2e%2e/sitegen.toml",
        "/sitegen.toml",
        "/.sitegen/state.sqlite",
        "/content/world/story-2.md",
        "/world/story-2.md",
        "//etc/passwd",
        "/%00",
        "/%ff",
        "/__sitegen/preview.py",
        "/__sitegen/..%2fapp.py",
    ],
)
def test_only_what_is_published_is_there(server: Server, path: str) -> None:
    assert server.get(path).status == 404


def test_a_link_out_of_the_site_is_not_followed(site: Site, start: Start, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    os.symlink(tmp_path / "secret.txt", site.folder / "content/world/link.txt")
    assert start(site, *NOW).get("/world/link.txt").status == 404


def test_a_file_that_becomes_a_link_is_not_followed_either(site: Site, start: Start, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    site.write("content/world/plain.txt", "plain")
    server = start(
        site,
        *NOW,
        code="from sitegen.serve import desk, watching\nwatching._TELLING = frozenset()\ndesk._PATROL = 10**6",
    )
    assert server.get("/world/plain.txt").text == "plain"
    site.delete("content/world/plain.txt")
    os.symlink(tmp_path / "secret.txt", site.folder / "content/world/plain.txt")
    assert server.get("/world/plain.txt").status == 404
    site.delete("content/world/plain.txt")
    assert server.get("/world/plain.txt").status == 404


@pytest.mark.parametrize("name", [".secret.txt", ".git/config", "_notes.txt", "_drafts/a.txt"])
def test_hidden_files_are_not_there(site: Site, start: Start, name: str) -> None:
    site.write(f"content/world/{name}", "secret")
    assert start(site, *NOW).get(f"/world/{name}").status == 404


def test_a_file_is_not_sent_again_either(site: Site, start: Start) -> None:
    site.write("content/world/plain.txt", "plain")
    server = start(site, *NOW)
    reply = server.get("/world/plain.txt")
    assert server.get("/world/plain.txt", If_None_Match=reply.headers["ETag"]).status == 304
    assert server.get("/world/plain.txt", If_Range=reply.headers["ETag"], Range="bytes=1-2").text == "la"
    assert server.get("/world/plain.txt", If_Range='"other"', Range="bytes=1-2").status == 200


def test_an_alias_leads_a_browser_to_the_page_here(site: Site, start: Start) -> None:
    write_story(site, 2, aliases="[/old/]")
    site.write("sitegen.toml", site.read("sitegen.toml") + "[hosting]\nfiles = []\n")
    server = start(site, *NOW)
    assert "https://test.example/2026/01/03/story-2/" in server.get("/old/").text, "the bytes of a build"
    reply = server.get("/old/", Sec_Fetch_Dest="document")
    assert (reply.status, reply.headers["Location"]) == (302, "/2026/01/03/story-2/")


def test_below_a_folder(site: Site, start: Start) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml").replace("test.example/", "test.example/paper/"))
    site.write("templates/front.html", "<body>Front</body>")
    server = start(site, *NOW)
    assert server.url.endswith("/paper/")
    assert '<script src="/paper/__sitegen/client.js"' in server.get("/paper/").text
    assert server.get("/paper/feed.xml").status == 200


def test_what_readers_do_not_see_is_shown_and_marked(site: Site, start: Start) -> None:
    write_story(site, 1, draft="true")
    write_story(site, 2, date="2030-01-01")
    write_story(site, 3, expires="2026-03-01")
    server = start(site, *NOW)
    for path, state in [("2026/02/02", "draft"), ("2030/01/01", "scheduled"), ("2026/02/04", "expired")]:
        number = {"draft": 1, "scheduled": 2, "expired": 3}[state]
        assert server.get(f"/{path}/story-{number}/").status == 200
        assert server.listen(f"/{path}/story-{number}/").until("page")["state"] == state
        assert f'<td>{state}</td><td><a href="/{path}/story-{number}/">' in server.get("/__sitegen/").text
    assert start(site, *NOW, "--no-drafts").get("/2026/02/02/story-1/").status == 404


def test_a_taken_port_names_a_free_one(site: Site) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, said = site.command("serve", "--port", str(port))
    assert status == 1
    assert f"port {port} of 127.0.0.1 is taken" in said
    assert re.search(r"`--port \d+` is free", said)


def test_an_interrupt_ends_it_though_somebody_listens(server: Server) -> None:
    server.listen("/")
    assert server.stop() == 0
