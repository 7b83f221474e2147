"""The commands of the README run in an empty folder, those of each page of the guide in a new site."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, examples

SETUP = re.compile(r"^(?:pip|make) |^sitegen serve$")


def commands(page: Path) -> list[str]:
    """The lines of all shell examples of a page. `make` and `pip` are what runs this test; a server never ends."""
    text = "".join(example.text for example in examples(page) if example.language in ("sh", "console"))
    lines = [line.removeprefix("$ ") for line in text.splitlines()]
    return [line for line in lines if not SETUP.match(line)]


SCRIPTS = {str(page.relative_to(ROOT)): lines for page in PAGES if (lines := commands(page))}


@pytest.mark.parametrize("name", SCRIPTS)
def test_shell_examples_run(name: str, tmp_path: Path) -> None:
    sitegen = f'sitegen() {{ {shlex.quote(sys.executable)} -m sitegen "$@"; }}'
    new_site = [] if name == "README.md" else ["sitegen init . >/dev/null"]
    script = "\n".join(["set -euo pipefail", sitegen, *new_site, *SCRIPTS[name]])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_the_readme_says_how_to_begin() -> None:
    assert [line.split()[:2] for line in SCRIPTS["README.md"]] == [
        ["sitegen", "init"],
        ["cd", "gazette"],
        ["sitegen", "new"],
    ]
