"""The examples of the CommonMark specification, as the sources of markdown-it-py carry them.

They are fetched once, into the git-ignored `.cache/`, for the version that is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["Example", "examples"]

_CACHE = Path(__file__).parents[2] / ".cache"
_MEMBER = "tests/test_cmark_spec/commonmark.json"


@dataclass(frozen=True, slots=True)
class Example:
    """An example of the specification: its number, what is written and the HTML that comes of it."""

    number: int
    markdown: str
    html: str


def examples() -> list[Example]:
    """All examples, in order."""
    number = version("markdown-it-py")
    path = _CACHE / f"commonmark-{number}.json"
    if not path.exists():
        _fetch(number, path)
    entries = json.loads(path.read_text("utf-8"))
    return [Example(entry["example"], entry["markdown"], entry["html"]) for entry in entries]


def _fetch(number: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=path.parent) as folder:
        source = f"markdown-it-py=={number}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", source]
        subprocess.run(pip, cwd=folder, check=True, capture_output=True)
        archive = next(Path(folder).glob("*.tar.gz"))
        with tarfile.open(archive) as tar:
            member = tar.extractfile(f"{archive.name.removesuffix('.tar.gz')}/{_MEMBER}")
            assert member is not None
            new = Path(folder) / path.name
            new.write_bytes(member.read())
        os.replace(new, path)
