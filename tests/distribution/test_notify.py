"""Telling others what has changed, against services that are slow, busy or broken (docs/guide/distribution.md)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import sitegen
from sitegen.config import NotifyConfig
from sitegen.deploy.posting import Post, Undelivered, deliver
from tests.distribution.test_feeds import newspaper
from tests.support.services import DRIBBLE, GARBAGE, HANG, RESET, Service, service, status
from tests.support.sites import Site, story

KEY = "0123-key-of-test"
HOST = "https://test.example"


def patient(**settings: float) -> NotifyConfig:
    return NotifyConfig(**{"timeout": 5.0, "attempts": 3, "wait": 1.0, **settings})  # type: ignore[arg-type]


def sent(told: Service, settings: NotifyConfig | None = None) -> list[float]:
    """Send a request; how long it would have waited between attempts."""
    pauses: list[float] = []
    deliver(Post(told.url, b"x", "text/plain"), settings or patient(), pauses.append)
    return pauses


def refused(told: Service, settings: NotifyConfig | None = None) -> tuple[str, bool]:
    """Why a request did not succeed, and whether the next one would not either."""
    with pytest.raises(Undelivered) as caught:
        sent(told, settings)
    return str(caught.value), caught.value.busy


@pytest.mark.parametrize("code", [200, 202, 204])
def test_f18_what_is_accepted_is_sent_once(code: int) -> None:
    with service(status(code)) as told:
        assert sent(told) == []
        assert len(told.requests) == 1


@pytest.mark.parametrize("bad", [status(500), status(503), status(429), status(408), RESET, GARBAGE, b""])
def test_f18_what_may_succeed_later_is_tried_again_after_a_while(bad: str | bytes) -> None:
    with service(bad, bad, status(200)) as told:
        assert sent(told) == [1.0, 2.0]
        assert len(told.requests) == 3


@pytest.mark.parametrize("code", [301, 307, 400, 403, 404, 410, 422])
def test_f18_what_is_refused_is_not_sent_again(code: int) -> None:
    with service(status(code, "Location: https://elsewhere.example/")) as told:
        reason, busy = refused(told)
        assert reason == f"{'it leads elsewhere' if code < 400 else 'it does not take the request'} ({code})"
        assert not busy
        assert len(told.requests) == 1


def test_f18_an_attempt_has_an_end_whatever_the_service_does() -> None:
    for behaviour in (HANG, DRIBBLE):
        with service(behaviour) as told:
            reason, busy = refused(told, patient(timeout=0.2))
            assert "no answer in 0.2 seconds, 3 times" in reason
            assert busy
            assert len(told.requests) <= 3  # one may have come too late to be read


def test_f18_nobody_there() -> None:
    with service(status(200)) as told:
        url = told.url
    assert refused(Service([], url))[1]


@pytest.mark.parametrize(
    ("header", "pauses"),
    [("Retry-After: 7", [7.0]), ("Retry-After: 0", [1.0]), ("Retry-After: soon", [1.0]), ("Retry-After: -1", [1.0])],
)
def test_f18_a_service_may_say_when_to_come_back(header: str, pauses: list[float]) -> None:
    with service(status(429, header), status(200)) as told:
        assert sent(told) == pauses


def test_f18_a_service_may_name_the_instant() -> None:
    instant = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
    with service(status(503, f"Retry-After: {instant}"), status(200)) as told:
        (pause,) = sent(told, patient(patience=100_000))
        assert 1 < pause <= 86_400


def test_f18_nobody_waits_longer_than_the_settings_allow() -> None:
    with service(status(429, "Retry-After: 3600")) as told:
        assert refused(told) == ("it asks to come back in 3600 seconds (429)", True)
    with service(status(500)) as told:
        pauses: list[float] = []
        with pytest.raises(Undelivered):
            deliver(Post(told.url, b"", "text/plain"), patient(attempts=6, patience=3.0), pauses.append)
        assert pauses == [1.0, 2.0, 3.0, 3.0, 3.0]


# The command


def site_that_tells(folder: Path, search: Service, hub: Service) -> Site:
    notify = f'key = "{KEY}"\nendpoint = "{search.url}"\nwait = 0\nattempts = 2\ntimeout = 5'
    site = newspaper(folder, config=f'[notify]\n{notify}\n[feeds]\nhub = "{hub.url}"\n')
    site.write("content/a.md", story("One", tags="[eels]"))
    site.write("content/b.md", story("Two"))
    return site


def report(site: Site) -> Path:
    file = site.folder / "report.json"
    file.write_text(site.build().to_json(), encoding="utf-8")
    return file


def notify(site: Site, *arguments: str) -> Result:
    options = ["--site", str(site.folder), "--report", str(site.folder / "report.json"), *arguments]
    result = CliRunner().invoke(sitegen, ["notify", *options])
    assert "has a bug" not in result.stderr
    assert "secret-word" not in result.output
    assert KEY not in result.output
    return result


def urls(told: Service) -> list[str]:
    return [url.removeprefix(HOST) for request in told.requests for url in json.loads(request.body)["urlList"]]


def feeds(told: Service) -> list[str]:
    return [parse_qs(request.body.decode())["hub.url"][0].removeprefix(HOST) for request in told.requests]


def test_f17_f18_exactly_what_changed_is_told(tmp_path: Path) -> None:
    with service(status(202)) as search, service(status(204)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        site.build()
        site.write("content/b.md", story("Two", draft="true"))
        report(site)
        result = notify(site)
        assert (result.exit_code, result.stderr) == (0, "")
        assert set(feeds(hub)) == {"/feed.xml", "/atom.xml", "/feed.json"}
        assert {"/2026/03/01/b/", "/"} <= set(urls(search))
        assert not {"/feed.xml", "/2026/03/01/a/", "/tags/eels/", "/sitemap.xml"} & set(urls(search))
        (request,) = search.requests
        body = json.loads(request.body)
        assert (body["host"], body["key"], body["keyLocation"]) == ("test.example", KEY, f"{HOST}/{KEY}.txt")
        assert request.headers["content-type"] == "application/json; charset=utf-8"
        assert site.page(f"/{KEY}.txt") == KEY
        assert parse_qs(hub.requests[0].body.decode())["hub.mode"] == ["publish"]


def test_f17_feeds_of_groups_and_partners_are_feeds(tmp_path: Path) -> None:
    with service(status(202)) as search, service(status(204)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        config = site.read("sitegen.toml") + 'podcast.enable = true\n[[feeds.partner]]\nname = "radio"\n'
        site.write("sitegen.toml", config)
        report(site)
        assert notify(site).exit_code == 0
        assert {"/tags/eels/feed.xml", "/partners/radio.xml", "/podcast.xml"} <= set(feeds(hub))


def test_f18_nothing_changed_and_nobody_is_told(tmp_path: Path) -> None:
    with service(status(500)) as search, service(status(500)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        site.build()
        report(site)
        assert notify(site).exit_code == 0
        assert search.requests == hub.requests == []


def test_f18_a_dry_run_tells_nobody(tmp_path: Path) -> None:
    with service(status(500)) as search, service(status(500)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        report(site)
        result = notify(site, "--dry-run", "-v")
        assert search.requests == hub.requests == []
        assert "would tell IndexNow at 127.0.0.1:" in result.stdout
        assert f"  {HOST}/2026/03/01/a/\n" in result.stdout


def test_f18_ten_thousand_urls_at_a_time(tmp_path: Path) -> None:
    with service(status(200)) as search, service(status(200)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        told = {"written": [f"/{number}/" for number in range(20_001)], "removed": ["/ü/"]}
        site.write("report.json", json.dumps(told))
        assert "of 20002 pages" in notify(site).stdout
        assert [len(json.loads(request.body)["urlList"]) for request in search.requests] == [10_000, 10_000, 2]
        assert urls(search)[-1] == "/%C3%BC/"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (400, "cannot read the request"),
        (403, "does not find the key"),
        (422, "not below `base_url`"),
        (429, "too often"),
    ],
)
def test_f18_a_refusal_is_told_in_words(tmp_path: Path, code: int, said: str) -> None:
    with service(status(code)) as search, service(status(204)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        report(site)
        result = notify(site)
        assert result.exit_code == 1
        assert said in result.stderr
        assert "error: IndexNow at 127.0.0.1:" in result.stderr
        assert set(feeds(hub)) == {"/feed.xml", "/atom.xml", "/feed.json", "/tags/eels/feed.xml"}, "the others are told"


def test_f17_a_hub_that_is_down_is_not_asked_for_every_feed(tmp_path: Path) -> None:
    with service(status(202)) as search, service(status(503)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        report(site)
        result = notify(site)
        assert result.exit_code == 1
        assert "could not be told of 4 feeds" in result.stderr
        assert len(hub.requests) == 2


def test_what_caches_must_forget(tmp_path: Path) -> None:
    with service(status(200)) as search, service(status(200)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        site.write("report.json", json.dumps({"written": ["/a b/", "/feed.xml"], "removed": ["/old/"]}))
        wanted = [f"{HOST}/a%20b/", f"{HOST}/feed.xml", f"{HOST}/old/"]
        file = tmp_path / "purge.txt"
        assert notify(site, "--purge", str(file), "--dry-run").exit_code == 0
        assert file.read_text(encoding="utf-8").splitlines() == wanted
        assert json.loads(notify(site, "--purge", "-", "--format", "json").stdout) == wanted
        other = notify(site, "--purge", "-", "--dry-run", "--base-url", "https://new.example/p")
        assert other.stdout.splitlines()[0] == "https://new.example/p/a%20b/"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"written": "/a/", "removed": []}', '{"written": [1], "removed": []}']
)
def test_a_file_that_is_no_report(tmp_path: Path, text: str) -> None:
    site = newspaper(tmp_path)
    site.write("report.json", text)
    result = notify(site)
    assert result.exit_code == 1
    assert "report.json is not the report of a build" in result.stderr


def test_there_is_no_report(tmp_path: Path) -> None:
    result = notify(newspaper(tmp_path))
    assert (result.exit_code, "it cannot be read" in result.stderr) == (1, True)


def test_a_site_on_this_machine_is_nobodys_business(tmp_path: Path) -> None:
    with service(status(200)) as search, service(status(200)) as hub:
        site = site_that_tells(tmp_path, search, hub)
        report(site)
        result = notify(site, "--base-url", "http://localhost:8000/")
        assert "nobody else can see a site at http://localhost:8000/" in result.stderr
        assert search.requests == []


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example/", "https://", "https://me:secret@hub.example/"])
def test_f17_addresses_that_nobody_can_be_told_at(tmp_path: Path, address: str) -> None:
    code, _, said = newspaper(tmp_path, config=f'[feeds]\nhub = "{address}"\n').command("build")
    assert (code, "is not an absolute web address" in said) == (1, True)


def test_nobody_is_to_be_told(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    report(site)
    result = notify(site)
    assert (result.exit_code, result.stdout.startswith("nobody is to be told")) == (0, True)


@pytest.mark.parametrize(("key", "good"), [("a" * 8, True), ("a" * 128, True), ("a" * 7, False), ("a_b_c_d_e", False)])
def test_f18_keys(tmp_path: Path, key: str, good: bool) -> None:
    site = newspaper(tmp_path, config=f'[notify]\nkey = "{key}"\n')
    code, _, _ = site.command("build")
    assert (code == 0) is good
