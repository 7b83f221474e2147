"""Bad days: files that cannot be read, folders that cannot be written, disks that are full. Never a traceback."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import load
from sitegen.files import files
from sitegen.session import Session
from sitegen.session.bodies import read_bodies
from sitegen.site.publication import Allow
from tests.support.builds import clean_tree, half_files, settle
from tests.support.newspaper import newspaper
from tests.support.sites import NOW, Site, story

AT = ("--now", NOW.isoformat())
GOOD = "/2026/03/01/good/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.write("content/good.md", story("Good"))
    return site


def codes(site: Site) -> list[tuple[str, str]]:
    report = site.build()
    assert GOOD in [f"/{path.removesuffix('index.html')}" for path in site.output()]
    return [(problem.code, problem.span.path) for problem in report.problems]


# What cannot be read is told, and the rest is built


def test_special_files_and_links_to_nowhere(site: Site) -> None:
    content = site.folder / "content"
    os.mkfifo(content / "pipe.md")
    os.mkfifo(content / "pipe.png")
    (content / "gone.md").symlink_to("nowhere.md")
    (content / "round.md").symlink_to("round.md")
    (content / "around").symlink_to(".")
    (content / "up").symlink_to("..")
    (content / "folder.md").mkdir()
    site.write("content/folder.md/inner.md", story("Inner"))
    assert codes(site) == [
        ("folder-link", "content/around"),
        ("no-file", "content/gone.md"),
        ("no-file", "content/pipe.md"),
        ("no-file", "content/pipe.png"),
        ("no-file", "content/round.md"),
        ("outside-link", "content/up"),
    ]
    assert "2026/03/01/inner/index.html" in site.output()


def test_names_that_are_no_text(site: Site) -> None:
    for name in (b"bad\xff.md", b"bad\xfe.png"):
        Path(os.fsdecode(os.fsencode(site.folder) + b"/content/" + name)).write_text(story("Bad"), encoding="utf-8")
    assert codes(site) == [("bad-name", "content/bad\\xfe.png"), ("bad-name", "content/bad\\xff.md")]
    status, _, said = site.command("build", *AT)
    assert (status, "content/bad\\xff.md" in said) == (0, True)


def test_templates_and_assets_that_are_no_files(site: Site) -> None:
    (site.folder / "templates" / "story.html").mkdir(parents=True)
    (site.folder / "assets").mkdir()
    os.mkfifo(site.folder / "assets" / "pipe.css")
    (site.folder / "assets" / "gone.css").symlink_to("nowhere.css")
    assert codes(site) == []


@pytest.mark.parametrize("folder", ["content", "themes/plain/templates", "themes"])
def test_a_folder_that_is_a_file(site: Site, folder: str) -> None:
    shutil.rmtree(site.folder / folder)
    site.write(folder, "x")
    status, _, said = site.command("build", *AT)
    assert (status, said.startswith(("error: ", "warning: "))) == (int(folder != "content"), True)


# What changes while it is read


@contextmanager
def session(site: Site) -> Iterator[Session]:
    with Session.open(site.folder, load(site.folder), NOW) as opened:
        yield opened


def test_a_file_that_becomes_a_folder_between_looking_and_reading(site: Site) -> None:
    with session(site) as opened:
        opened.read_content()
        site.delete("content/good.md")
        (site.folder / "content" / "good.md").mkdir()
        opened.open_site(Allow())
        problems = read_bodies(opened)
    assert [(problem.severity, problem.code, problem.span.path) for problem in problems] == [
        ("warning", "unreadable", "content/good.md")
    ]


@pytest.mark.parametrize("change", [lambda file: file.unlink(), lambda file: file.write_text("---\ntitle: B\n---\nx")])
def test_a_file_that_goes_or_changes_between_looking_and_reading(site: Site, change: object) -> None:
    with session(site) as opened:
        opened.read_content()
        assert callable(change)
        change(site.folder / "content" / "good.md")
        opened.open_site(Allow())
        assert [problem.code for problem in read_bodies(opened)] == ["unreadable"]


# What cannot be written


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[bool]:
    """A small file system of its own at `folder`; false where this may not be done."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount") or "false"
    done = subprocess.run([mount, "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be made, by whatever means there are."""
    with mounted(folder, "ro") as done:
        if done:
            yield
        elif os.geteuid():
            folder.chmod(0o555)
            yield
            folder.chmod(0o755)
        else:  # permissions do not bind root, but not even root can make a file in here
            folder.rmdir()
            folder.symlink_to("/proc")
            yield
            folder.unlink()


def test_an_output_folder_that_cannot_be_written(site: Site) -> None:
    with read_only(site.folder / "output"):
        status, printed, said = site.command("build", *AT)
    assert (status, printed) == (1, "")
    assert said.startswith("error: ")
    assert "cannot be written: " in said
    assert site.build().published


def test_a_state_folder_that_cannot_be_written(site: Site) -> None:
    with read_only(site.folder / ".sitegen"):
        status, _, said = site.command("build", *AT)
        assert site.command("list", *AT)[0] == 0
        assert site.command("why", GOOD, *AT)[0] == 0
        assert site.command("build", *AT, "--dry-run")[0] == 0
    assert status == 1
    assert said.startswith("error: the state cannot be kept: ")
    assert site.output() == {}
    assert site.build().published


def limited(size: int) -> dict[str, str]:
    """For where no small disk can be mounted: a limit on the size of a file, which stops the largest one."""
    lines = [
        "import resource, signal",
        "from sitegen.cli import main as run",
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)",
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, -1))",
        "run()",
    ]
    return {"code": "\n".join(lines)}


def test_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with mounted(folder, "size=600k") as small:
        site = Site(folder / "site")
        site.write("content/good.md", story("Good"))
        site.write("content/large.md", story("Large", "2026-03-02", "word " * 50_000))
        status, _, said = site.command("build", *AT, **({} if small else limited(200_000)))
        assert status == 1
        assert "cannot be written: " in said or "the state cannot be kept: " in said
        assert not [path for path in site.output() if path.endswith(".tmp")]
        site.write("content/large.md", story("Large", "2026-03-02"))
        status, _, said = site.command("build", *AT)
        assert (status, said) == (0, "")
        kept = site.output()
    clean = Site(tmp_path / "clean")
    clean.write("content/good.md", story("Good"))
    clean.write("content/large.md", story("Large", "2026-03-02"))
    clean.build()
    assert kept == clean.output()


def test_a_full_disk_under_the_state_alone(site: Site) -> None:
    with mounted(site.folder / ".sitegen", "size=16k") as small:
        status, _, said = site.command("build", *AT, **({} if small else limited(6_000)))
    assert status == 1
    assert "error: the state cannot be kept: " in said
    assert site.output() == {}
    shutil.rmtree(site.folder / ".sitegen")
    assert site.build().published


@pytest.mark.parametrize("taken", ["output", ".sitegen", ".sitegen/state.sqlite/x", "output/index.html/x"])
def test_something_else_stands_where_we_write(site: Site, taken: str) -> None:
    site.write(taken, "not ours")
    status, _, said = site.command("build", *AT)
    assert status == 1
    assert said.startswith("error: ")
    assert (site.folder / taken).read_bytes() == b"not ours"


def test_the_site_folder_does_not_exist(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    shutil.rmtree(site.folder)
    status, _, said = site.command("build")
    assert (status, said.startswith("error: ")) == (1, True)
    assert not site.folder.exists()


# A disk that fills up halfway


@pytest.mark.parametrize("call", ["replace", "sync", "fsync"])
@pytest.mark.parametrize("after", [0, 5])
def test_a_disk_that_is_full_while_publishing(tmp_path: Path, call: str, after: int) -> None:
    site = newspaper(tmp_path / "site", 12)
    site.build()
    old = site.output()
    site.write("themes/plain/locale/en.toml", 'more = "Elsewhere"\n')
    settle(site)
    new = clean_tree(site, tmp_path / "clean")
    honest, left = getattr(os, call), [after]

    def full(*arguments: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        honest(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_MANY", 0 if call == "sync" else sys.maxsize)
        patch.setattr(os, call, full)
        report = site.build()
        failed = left[0] < 0
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["cannot-write"] * failed
    assert report.published is not failed
    assert half_files(site, old, new) == []
    assert not [path for path in site.output() if path.endswith(".tmp")]
    assert site.build().published
    assert site.output() == new
    assert site.build().rendered == []
