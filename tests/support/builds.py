"""Real builds, each by a process group of its own that can be killed, interrupted, and cut off from its disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.store.lock import locked
from tests.support.sites import NOW, ROOT, Site

__all__ = ["FEW", "STUCK", "clean_tree", "finished", "free", "half_files", "running", "same_site", "settle"]

FEW = """
import os, signal, sys, threading, time
from sitegen.build import press
from sitegen.files import outputs
from sitegen.session import bodies, pictures, reading
from sitegen.site.related import pools
from sitegen.cli import main
# So few items are worth a second process.
outputs._WORTH = pictures._WORTH = pools._WORTH = press._WORTH = reading._WORTH = bodies._WORTH = 2
"""
STUCK = """
from sitegen.content.markdown import Markdown
from sitegen.render.renderer import Renderer
def stuck(owner, name, wanted):
    honest = getattr(owner, name)
    def function(*arguments, **options):
        if wanted(arguments, options):
            os.write(1, b"here\\n")
            threading.Event().wait()
        return honest(*arguments, **options)
    setattr(owner, name, function)
stage = sys.argv.pop(1)
if stage == "read":
    stuck(reading, "parse", lambda given, _: given[0].endswith("story-3.md"))
if stage == "bodies":
    stuck(Markdown, "body", lambda _, options: options["title"] == "Story 3")
if stage == "render":
    stuck(Renderer, "render", lambda given, _: given[1].url == "/2026/02/04/story-3/")
"""
"""A build that comes to a stand at story 3, in the stage that the first argument names, and says so."""


@contextmanager
def running(site: Site, code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`sitegen build`, begun with `code`, in a process group of its own; in the end nothing of it is left."""
    command = [sys.executable, "-c", f"{code}\nmain()", *arguments[:-1], "build", "--now", NOW.isoformat()]
    process = subprocess.Popen(
        [*command, "--site", str(site.folder), "--jobs", arguments[-1]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PATH": ""},
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def finished(process: subprocess.Popen[str], seconds: float = 60) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a process that ends within so many seconds."""
    said, complained = process.communicate(timeout=seconds)
    assert "Traceback" not in complained, complained
    return process.returncode, said, complained


def free(site: Site, seconds: float = 1) -> bool:
    """Whether nobody builds this site any more after so many seconds. Raises `StateError` otherwise."""
    with locked(site.folder / ".sitegen", lambda: None, seconds):
        return True


def same_site(site: Site, folder: Path) -> Site:
    """The sources of a site, without anything that was built, in another folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns(".sitegen", "output"))
    other = Site.__new__(Site)
    other.folder = folder
    return other


def clean_tree(site: Site, folder: Path) -> Mapping[str, bytes]:
    """What one process that knows no past makes of the sources."""
    clean = same_site(site, folder)
    assert clean.build().published
    return clean.output()


def half_files(site: Site, *trees: Mapping[str, bytes]) -> list[str]:
    """Files of the output folder that are as in none of these trees; what was written aside does not count."""
    found = {path: data for path, data in site.output().items() if not path.endswith(".tmp")}
    return [path for path, data in found.items() if all(tree.get(path) != data for tree in trees)]


def settle(site: Site) -> None:
    """As if all sources had been written long ago."""
    for path in site.folder.rglob("*"):
        if not {"output", ".sitegen"}.intersection(path.parts):
            os.utime(path, (1_700_000_000, 1_700_000_000))
