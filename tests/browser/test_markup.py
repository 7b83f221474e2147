"""The Nu HTML checker finds nothing on any kind of page, neither an error nor a warning."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Papers
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.java

JAR = Path(sys.prefix) / "share" / "vnu.jar"
REDIRECT = "/storm/"


@pytest.fixture
def checker() -> list[str]:
    """The command. Where Java or the checker is missing: a failure where CI is set, else nothing is tested."""
    java = shutil.which("java")
    if java and JAR.exists():
        return [java, "-jar", str(JAR), "--format", "json", "--no-langdetect"]
    if os.environ.get("CI"):
        pytest.fail("neither Java nor the Nu HTML checker may be missing here")
    pytest.skip("no Java or no Nu HTML checker: .ci/test installs them")


def test_every_kind_of_page_is_valid(checker: list[str], papers: Papers) -> None:
    files = [
        str(papers.folder / f"{path.strip('/')}{'/index.html' if path.endswith('/') else ''}".lstrip("/"))
        for path in [*PAGES.values(), REDIRECT]
    ]
    done = subprocess.run([*checker, *files], capture_output=True, text=True, check=False)
    found = [
        f"{message['url'].removeprefix(papers.folder.as_uri())}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        # To the checker a file has no origin, so nothing is its own. Browsers test the policy (`test_policy.py`).
        if not message["message"].startswith("Resource violates Content Security Policy")
    ]
    assert found == []
