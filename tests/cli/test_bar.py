"""The bar on a real terminal: what it draws, when it draws nothing, and that processes are forked without it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builds import FEW
from tests.support.newspaper import newspaper
from tests.support.sites import ROOT

STAGES = """
from sitegen.cli import bar
bar._PATIENCE = bar._REST = 0
with bar.progress_bar(True) as show:
    for stage in ("bodies", "render"):
        for done in range(0, 3001, 1000):
            show(stage, done, 3000)
"""
BUILD = f"""
{FEW}
from sitegen.cli import bar
bar._PATIENCE = bar._REST = 0
fork, elsewhere = os.fork, sys.argv.pop(1)
def counted():
    os.write(1, b"forked with %d thread\\n" % threading.active_count())
    return fork()
os.fork = counted
def divert():
    os.dup2(os.open(elsewhere, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
os.register_at_fork(after_in_child=divert)
main()
"""


def on_terminal(code: str, *arguments: str, **environment: str) -> tuple[str, str]:
    """Standard output, and what a terminal that is standard error shows."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    environment = {"PATH": "", "TERM": "xterm", "COLUMNS": "100", **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, cwd=ROOT, env=environment) as process:
        os.close(terminal)
        shown = b""
        while data := _read(main):
            shown += data
        assert process.stdout is not None
        said = process.stdout.read().decode()
    os.close(main)
    assert process.returncode == 0, shown
    return said, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 100_000)
    except OSError:  # how Linux tells that nobody has the other end any more
        return b""


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def test_it_shows_phases_counts_rate_and_remaining_time() -> None:
    said, shown = on_terminal(STAGES)
    assert said == ""
    assert re.search(r"Markdown +━+ +3000/3000 +[\d,]+/s +0:00:00", plain(shown))
    assert re.search(r"Rendering +[━╸╺]+ +2000/3000 +[\d,]+/s +\d:\d\d:\d\d", plain(shown))
    assert "\x1b[32m" in shown
    assert shown.endswith("\x1b[2K"), "in the end it is wiped away"


def test_no_colour_if_the_user_wants_none() -> None:
    _, shown = on_terminal(STAGES, NO_COLOR="1")
    assert "3000/3000" in shown
    assert not re.search(r"\x1b\[[0-9;]*m", shown)


def test_a_dumb_terminal_shows_nothing() -> None:
    assert on_terminal(STAGES, TERM="dumb") == ("", "")


def test_no_terminal_shows_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", STAGES], capture_output=True, check=True, cwd=ROOT, env={"PATH": ""})
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize("quiet", [False, True])
def test_a_build_draws_in_its_own_process_only_and_forks_without_threads(quiet: bool, tmp_path: Path) -> None:
    site, elsewhere = newspaper(tmp_path / "site", 24), tmp_path / "elsewhere"
    options = ["--site", str(site.folder), "--now", "2026-03-12", "--jobs", "2", *(["-q"] if quiet else [])]
    said, shown = on_terminal(BUILD, str(elsewhere), "build", *options)
    forks = [line for line in said.splitlines() if line.startswith("forked")]
    assert forks == ["forked with 1 thread"] * 9
    assert elsewhere.read_bytes() == b""
    names = ("Reading", "Markdown", "Pictures", "Rendering")
    stages = [re.search(rf"{stage} +━+ +(\d+)/\1 ", plain(shown)) for stage in names]
    assert [bool(stage) for stage in stages] == [not quiet] * 4
