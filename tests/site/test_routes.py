"""Which URLs exist, who wins when two want one, and that nothing is ever written outside the output folder."""

from __future__ import annotations

import json
import ntpath
import posixpath
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.urls import UnsafeURL, normal_url, output_file
from tests.support.pictures import picture
from tests.support.sites import Site, story


def codes(site: Site) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.code, str(problem.span)) for problem in site.build().problems]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/", "/a/"),
        ("/a/", "/A/"),
        ("/caf\u00e9/", "/cafe\u0301/"),
        ("/CAF\u00c9/", "/cafe\u0301/"),
        ("/a/", "/a/index.html"),
        ("/a.html", "/a.html/b/"),
        ("/x/y.html/z/", "/X/y.html"),
    ],
)
def test_two_stories_in_one_place_are_an_error_at_the_line_that_names_both(
    tmp_path: Path, one: str, other: str
) -> None:
    site = Site(tmp_path)
    site.write("content/one.md", story("One", url=one))
    site.write("content/other.md", story("Other", url=other))
    assert codes(site) in ([("error", "same-url", f"content/{name}.md:4")] for name in ("one", "other"))
    [problem] = site.build().problems
    assert "`content/one.md`" in problem.message
    assert "`content/other.md`" in problem.message
    assert site.output() == {}


@pytest.mark.parametrize(("one", "other"), [("/a/", "/b/"), ("/fu\u00dfball/", "/fussball/"), ("/a.html", "/a/b.html")])
def test_stories_in_two_places_are_no_error(tmp_path: Path, one: str, other: str) -> None:
    site = Site(tmp_path)
    site.write("content/one.md", story("One", url=one))
    site.write("content/other.md", story("Other", url=other))
    assert {one, other} <= set(site.build().rendered)


def test_the_same_slug_on_other_days_or_in_other_folders_is_no_error(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number, day in enumerate(("2026-03-01", "2026-03-02")):
        site.write(f"content/{number}/letter.md", story("Letter", day))
    assert site.build().problems == ()


@pytest.mark.parametrize("url", ["/", "/404.html", "/feed.xml", "/tags/", "/2026/03/", "/world/", "/tags/t/"])
def test_a_story_cannot_take_the_url_of_a_list(tmp_path: Path, url: str) -> None:
    site = Site(tmp_path)
    site.write("content/world/a.md", story("A", tags="[t]"))
    site.write("content/world/b.md", story("B", url=url))
    assert codes(site) == [("error", "same-url", "content/world/b.md:4")]


def test_files_that_are_copied_collide_too(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/a/index.html --\nx\n-- content/Photo.png --\nx\n-- content/photo.png --\nx\n")
    site.write("content/b.md", story("B", url="/a/"))
    assert codes(site) == [("error", "same-url", "content/b.md:4"), ("error", "same-url", "content/photo.png")]


# aliases


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/old/", "old/index.html"),
        ("/old", "old/index.html"),
        ("old", "old/index.html"),
        ("old/deep/", "old/deep/index.html"),
        ("/old.html", "old.html"),
        ("old.php", "old.php"),
        ("/2015/07/v1.2", "2015/07/v1.2/index.html"),
        ("/%D7%A9%D7%9C%D7%95%D7%9D/", "שלום/index.html"),
        ("/%d7%a9%d7%9c%d7%95%d7%9d", "שלום/index.html"),
        ("https://elsewhere.example/old/", "old/index.html"),
    ],
)
def test_an_alias_redirects_from_where_the_story_was(tmp_path: Path, alias: str, file: str) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A", aliases=f'["{alias}"]'))
    site.build()
    assert b"url=https://test.example/2026/03/01/a/" in site.output()[file]


@pytest.mark.parametrize("alias", ["/2026/03/01/b/", "/2026/03/01/B", "/tags/", "/photo.png/x/", "/2026/03/01"])
def test_a_page_wins_over_an_alias(tmp_path: Path, alias: str) -> None:
    site = Site(tmp_path, "-- content/photo.png --\nx\n")
    site.write("content/b.md", story("B"))
    site.build()
    before = site.output()
    site.write("content/pages/a.md", story("A", "", aliases=f"[{alias}]"))
    assert codes(site) == [("warning", "alias-taken", "content/pages/a.md:3")]
    assert site.output().items() >= before.items()


def test_an_alias_beside_assets_is_in_nobodys_way(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A", aliases="[/assets/old/]"))
    assert codes(site) == []
    assert "assets/old/index.html" in site.output()


def test_of_two_aliases_the_first_file_wins_and_neither_hides_the_other(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A", aliases="[/old.html]"))
    site.write("content/b.md", story("B", aliases="[/old.html, /old.html/deep/, /fine/]"))
    assert codes(site) == [("warning", "alias-taken", "content/b.md:4")] * 2
    assert "/2026/03/01/a/" in site.page("/old.html")
    assert "/2026/03/01/b/" in site.page("/fine/")
    assert site.build().rendered == []


def test_an_alias_of_itself_is_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A", aliases="[/2026/03/01/a/, /2026/03/01/a]"))
    assert codes(site) == []


# The output folder is the end of the world

EVIL = (
    "../../evil",
    "/../evil/",
    "/a/../../evil/",
    "/%2e%2e/%2e%2e/evil.html",
    "/%252e%252e/evil/",
    "/.../evil/",
    "/. ./evil/",
    "//host/evil/",
    "/a//evil/",
    "..\\..\\evil",
    "\\\\host\\share",
    "C:/evil",
    "/C:/evil/",
    "/a\\b/",
    "/evil\0/",
    "/evil\a/",
    "/%00/",
    "/%2fetc/evil/",
    "/" + "x" * 300 + "/",
    "/" + "\N{CJK UNIFIED IDEOGRAPH-6F6E}" * 86 + "/",
)


def outside(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "site/output" not in path.as_posix())
    return {path.as_posix(): path.read_bytes() for path in files if ".sitegen" not in path.parts}


@pytest.mark.parametrize("field", ["url", "aliases", "slug"])
@pytest.mark.parametrize("evil", EVIL)
def test_no_front_matter_can_write_outside_the_output_folder(tmp_path: Path, field: str, evil: str) -> None:
    site = Site(tmp_path / "site")
    site.write("content/a.md", story("A", **{field: json.dumps(evil)}))
    before = outside(tmp_path)
    site.build()
    assert outside(tmp_path) == before
    for name in {name for path in site.output() for name in path.split("/")}:
        assert len(name.encode()) <= 255
        assert not {"\\", "\0", "\a", ":"} & set(name)
        assert name.strip(". ")


def safe_file(text: str) -> str | None:
    try:
        return output_file(normal_url(text))
    except UnsafeURL:
        return None


@given(st.text(st.sampled_from("ab./\\%25eE2f:C \0\n~\u00e9\ud800")) | st.text())
@example("2:")
def test_every_url_is_a_file_inside_or_refused(text: str) -> None:
    file = safe_file(text)
    for system, root in ((posixpath, "/srv/out"), (ntpath, "C:\\out")):
        written = system.normpath(system.join(root, file or "index.html"))
        assert written.startswith(root + system.sep)
        assert written != root + system.sep


def test_a_file_whose_name_cannot_be_a_url_is_left_out(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/a.md", story("A"))
    for name in ("we\\ird.png", "C:x.png", "new\nline.png"):
        site.write(f"content/{name}", picture(1, 1))
    site.write("content/a.md", story("A", image="C:x.png", body="![x](/C%3Ax.png)"))
    assert [code[:2] for code in codes(site)] == [("warning", "bad-name")] * 3
    assert not [path for path in site.output() if path.endswith(".png")]


def test_names_of_every_script_and_as_long_as_a_file_system_allows(tmp_path: Path) -> None:
    site = Site(tmp_path)
    names = ["\u6f6e" * 83 + ".png", "a b.png", "a%20b.png", "\u05e9\u05dc\u05d5\u05dd.png", "x?y#z.png", "[1].png"]
    for name in names:
        site.write(f"content/{name}", picture(1, 1))
    shown = "\n".join(f"![x](<{name}>)" for name in map(quote, names))
    site.write("content/a.md", story("A", body=shown))
    assert site.build().problems == ()
    assert {path for path in site.output() if path.endswith(".png")} == set(names)
    assert len([path for path in site.output() if path.endswith("-1.avif")]) == len(names)


def test_a_link_in_the_output_folder_is_not_followed_out_of_it(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "03").mkdir(parents=True)
    (elsewhere / "index.html").write_bytes(b"not ours")
    site.write("content/a.md", story("A"))
    (tmp_path / "site" / "output").mkdir()
    (tmp_path / "site" / "output" / "2026").symlink_to(elsewhere)
    report = site.build()
    assert {problem.code for problem in report.problems} == {"outside-output"}
    assert outside(elsewhere) == {f"{elsewhere}/index.html": b"not ours"}
    site.delete("content/a.md")
    site.build()
    assert outside(elsewhere) == {f"{elsewhere}/index.html": b"not ours"}


def test_a_file_that_became_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.build()
    other = tmp_path / "other.html"
    other.write_bytes(b"not ours")
    site.delete("output/index.html")
    (tmp_path / "site" / "output" / "index.html").symlink_to(other)
    assert site.build().written == ["/"]
    assert other.read_bytes() == b"not ours"


def test_links_in_the_content_folder_stay_inside_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", "-- content/real.txt --\nours\n-- shared/wire.txt --\nours too\n")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key.md").write_text(story("Secret"), encoding="utf-8")
    for name, target in {
        "out.txt": "../../secret.txt",
        "out.md": "../../private/key.md",
        "folder": "../../private",
        "absolute.txt": str(tmp_path / "secret.txt"),
        "inside.txt": "../shared/wire.txt",
    }.items():
        (tmp_path / "site" / "content" / name).symlink_to(target)
    assert codes(site) == [
        ("warning", "outside-link", f"content/{name}") for name in ("absolute.txt", "folder", "out.md", "out.txt")
    ]
    assert {path for path in site.output() if path.endswith(".txt")} == {"real.txt", "inside.txt"}
    assert not [path for path, data in site.output().items() if b"ecret" in data]


@pytest.mark.parametrize(
    ("finest", "archives"),
    [
        ("day", ["/2026/", "/2026/02/", "/2026/02/28/", "/2026/03/", "/2026/03/01/"]),
        ("month", ["/2026/", "/2026/02/", "/2026/03/"]),
        ("year", ["/2026/"]),
        ("none", []),
    ],
)
def test_archives_go_as_deep_as_the_site_wants(tmp_path: Path, finest: str, archives: list[str]) -> None:
    site = Site(tmp_path, config=f'archives = "{finest}"\npermalink = "/{{slug}}/"\n')
    site.write(
        "themes/plain/templates/archive.html",
        "{% for date in page.dates %}{{ date.url }} {% endfor %}"
        "{% for item in page.items %}{{ item.title }} {% endfor %}",
    )
    site.write("content/a.md", story("A", "2026-03-01"))
    site.write("content/b.md", story("B", "2026-02-28"))
    assert sorted(url for url in site.build().rendered if url.startswith("/2026/")) == archives
    shown = {"day": "/2026/03/ /2026/02/ ", "month": "/2026/03/ /2026/02/ ", "year": "A B "}
    assert finest == "none" or site.page("/2026/") == shown[finest]
    assert finest != "month" or site.page("/2026/03/") == "A "
