"""What a story page weighs, compressed as web servers do it."""

from __future__ import annotations

import gzip
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.sites import ROOT, Site

KIB = 1024


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The stories of the demo, all of which share a tag, so that each has as many related stories as there are."""
    site = Site(tmp_path_factory.mktemp("demo"), theme="", config="[related]\nminimum = 0.0\n")
    shutil.copytree(ROOT / "content", site.folder / "content")
    for file in (site.folder / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^tags: \[", "tags: [meridale, ", text, flags=re.MULTILINE), encoding="utf-8")
    assert not [
        problem for problem in site.build(now=datetime(2026, 12, 1, tzinfo=UTC)).problems if problem.severity == "error"
    ]
    return site


def _weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def test_a_story_page_with_all_the_others_related_and_one_picture(demo: Site) -> None:
    pages = {path: text for path, text in demo.output().items() if b'<article class="story' in text}
    with_one_picture = [text for text in pages.values() if b"lead-figure" in text and text.count(b"<figure") == 1]
    assert max(text.count(b"<li", text.index(b'class="related"')) for text in with_one_picture) >= 40
    assert max(len(gzip.compress(text, 6)) for text in with_one_picture) <= 14 * KIB


@pytest.mark.parametrize(("kind", "most"), [("css", 12 * KIB), ("js", 8 * KIB)])
def test_one_style_sheet_and_one_script(demo: Site, kind: str, most: int) -> None:
    (file,) = (demo.folder / "output" / "assets").glob(f"*.{kind}")
    assert _weight(file) <= most
