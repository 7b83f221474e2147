"""`why`, `list` and `clean`: what they tell, and that they touch nothing that is not theirs."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build.cleaning import clean
from sitegen.errors import RouteError
from sitegen.explain.listing import articles_by_state
from sitegen.explain.why import why
from tests.support.sites import NOW, Site, story

A = "/2026/03/01/a/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.write("content/a.md", story("A", tags="[t]", aliases="[/old/]"))
    site.write("content/b.md", story("B", "2026-03-02"))
    site.build()
    return site


def reason(site: Site, url: str) -> str:
    return why(site.folder, url, NOW).summary


# why


def test_why_before_the_first_build(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A"))
    assert reason(site, A) == "it would be rendered: it has not been built before"
    assert not (tmp_path / ".sitegen").exists()


def test_why_an_output_would_be_kept(site: Site) -> None:
    explanation = why(site.folder, A, NOW)
    assert explanation.summary == (
        f"it would be kept: all {len(explanation.reads)} answers that it was made from are what they were;"
        " it was last rendered for the first time"
    )
    assert all(stands for _, stands in explanation.reads)
    assert [words for words, _ in explanation.reads][:3] == [
        "the setting `base_url`", "the template story.html", "the template base.html",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "url", "because"),
    [
        ("content/a.md", story("A", body="New.", tags="[t]"), A, "the body of content/a.md changed"),
        ("content/a.md", story("New", tags="[t]"), A, '`title` of content/a.md was "A" and is "New"'),
        (
            "content/c.md",
            story("C", tags="[t]"),
            "/tags/t/",
            'the stories on the first page of tag t changed: "content/c.md" came',
        ),
        ("content/c.md", story("C"), "/", 'the 5 newest stories changed: "content/c.md" came'),
        ("templates/story.html", "x", A, "the template story.html changed"),
        ("templates/base.html", "x", A, "the template base.html changed"),
        ("content/b.md", story("B", "2026-03-02", tags="[u]"), "/tags/", 'the list of all tags changed: "u" came'),
    ],
)
def test_why_an_output_would_be_rendered(site: Site, path: str, text: str, url: str, because: str) -> None:
    site.write(path, text)
    explanation = why(site.folder, url, NOW)
    assert explanation.summary == f"it would be rendered: {because}"
    assert any(because.startswith(words) for words, stands in explanation.reads if not stands)
    report = site.build()
    assert url in report.rendered
    assert reason(site, url).endswith(f"it was last rendered because {because}")


@pytest.mark.parametrize("damage", ["deleted", "edited"])
def test_why_an_output_whose_file_is_not_ours_any_more_would_be_rendered(site: Site, damage: str) -> None:
    site.write("output/404.html", "by hand")
    if damage == "deleted":
        site.delete("output/404.html")
    assert reason(site, "/404.html") == "it would be rendered: its file in output was changed or removed"
    assert site.build().rendered == ["/404.html"]


@pytest.mark.parametrize("url", [A, "2026/03/01/a", "/2026/03/01/a", "/old/", "/404.html", "/", "/feed.xml"])
def test_why_takes_a_url_as_people_write_it(site: Site, url: str) -> None:
    assert reason(site, url).startswith("it would be kept")


@pytest.mark.parametrize(
    ("url", "hint"),
    [("/2026/03/02/bb/", "did you mean `/2026/03/02/b/`?"), ("/zzz/", "`sitegen list` shows what is not published")],
)
def test_why_knows_no_such_url(site: Site, url: str, hint: str) -> None:
    with pytest.raises(RouteError, match=f"the site has no `{url}`") as caught:
        why(site.folder, url, NOW)
    assert caught.value.problem.hint == hint


def test_why_changes_nothing(site: Site) -> None:
    site.write("content/a.md", story("New"))
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    why(site.folder, A, NOW)
    articles_by_state(site.folder, NOW)
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


# list


def test_list_shows_every_article_once_and_what_changes_first(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/authors/jo.md --\n---\nname: Jo\n---\n-- content/x.png --\nx\n")
    site.write("content/open.md", story("Open"))
    site.write("content/ends.md", story("Ends", expires="2026-04-01"))
    site.write("content/soon.md", story("Soon", "2026-03-13 06:00"))
    site.write("content/later.md", story("Later", "2026-05-01", expires="2026-06-01"))
    site.write("content/over.md", story("Over", expires="2026-03-02"))
    site.write("content/draft.md", story("Draft", "2027-01-01", draft="true"))
    site.write("content/pages/about.md", story("About", ""))
    site.write("content/broken.md", "---\ntitle: [\n---\n")
    listing = articles_by_state(tmp_path, NOW)
    assert [(row.state, row.changes and f"{row.changes:%m-%d %H:%M}", row.title, row.url) for row in listing.rows] == [
        ("scheduled", "03-13 06:00", "Soon", "/2026/03/13/soon/"),
        ("published", "04-01 00:00", "Ends", "/2026/03/01/ends/"),
        ("scheduled", "05-01 00:00", "Later", "/2026/05/01/later/"),
        ("draft", None, "Draft", "/2027/01/01/draft/"),
        ("published", None, "Open", "/2026/03/01/open/"),
        ("expired", None, "Over", "/2026/03/01/over/"),
        ("published", None, "About", "/about/"),
    ]
    assert [problem.code for problem in listing.problems] == ["bad-front-matter"]


def test_list_agrees_with_the_build(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number, (date, field) in enumerate(
        [("2026-03-12 09:00", "kicker"), ("2026-03-12 09:00:01", "kicker"), ("2026-03-01", "expires")]
    ):
        site.write(f"content/{number}.md", story("S", date, **{field: '"2026-03-12 09:00:01"'}))
    for now in (NOW, datetime(2026, 3, 12, 9, 0, 1, tzinfo=UTC)):
        rows = articles_by_state(tmp_path, now).rows
        report = site.build(now=now)
        assert sum(row.state == "published" for row in rows) == report.articles["published"] == 2
        assert min((row.changes for row in rows if row.changes), default=None) == report.next_due
        assert {row.url for row in rows if row.state == "published"} <= {
            f"/{path.removesuffix('index.html')}" for path in site.output()
        }


# clean


def test_clean_removes_what_builds_wrote_and_nothing_else(tmp_path: Path, site: Site) -> None:
    away = tmp_path / "away"
    site.build(output=away)
    site.write("output/.gitkeep", "")
    site.write("output/tags/mine.txt", "mine")
    sources = {path for path in site.folder.rglob("*") if path.is_file() and ".sitegen" not in path.parts}
    ours = {path for path in (site.folder / "output").rglob("*") if path.is_file()} - {
        site.folder / "output" / ".gitkeep",
        site.folder / "output" / "tags" / "mine.txt",
    }
    assert clean(site.folder).files == {str(away): len(ours), "output": len(ours)}
    assert {path for path in site.folder.rglob("*") if path.is_file()} == sources - ours
    assert list(away.rglob("*")) == []
    assert not (site.folder / ".sitegen").exists()
    assert clean(site.folder).files == {}


def test_clean_removes_pages_although_the_state_is_of_another_version(site: Site) -> None:
    with sqlite3.connect(site.folder / ".sitegen" / "state.sqlite") as database:
        database.execute("UPDATE about SET version = 'older'")
    database.close()
    clean(site.folder)
    assert site.output() == {}


def test_clean_removes_a_state_that_is_kept_elsewhere(tmp_path: Path, site: Site) -> None:
    (site.folder / ".sitegen").rename(tmp_path / "cache")
    (site.folder / ".sitegen").symlink_to(tmp_path / "cache")
    assert site.build().rendered == []
    clean(site.folder)
    assert not (site.folder / ".sitegen").is_symlink()
    assert not (tmp_path / "cache").exists()


def test_clean_does_not_mind_what_is_gone_already(site: Site) -> None:
    shutil.rmtree(site.folder / "output")
    assert clean(site.folder).files == {"output": 15}
    assert not (site.folder / ".sitegen").exists()


def test_clean_then_build_is_a_build(site: Site) -> None:
    before = site.output()
    clean(site.folder)
    site.build()
    assert site.output() == before
